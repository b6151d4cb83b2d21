//! Whether a live expression is a declared one in the server's spelling, found without asking.
//!
//! The server keeps what an expression means and writes it in its own way: `kind IN ('a', 'b')`
//! comes back as `((kind)::text = ANY ((ARRAY['a'::character varying, ...])::text[]))`. Both
//! texts are read as trees here and compared, with what the server adds by itself left out. A
//! `false` only says that the server must be asked.

mod tree;

use std::collections::HashMap;

use super::lexer::{Token, tokens};
use super::types::raise;
use crate::schema::{Table, Type};
use tree::{Tree, parse};

/// The types of a table's columns, by their names.
pub(super) struct Columns<'a>(HashMap<&'a str, &'a Type>);

impl<'a> Columns<'a> {
    /// Those of `table`.
    pub(super) fn of(table: &'a Table) -> Columns<'a> {
        Columns(table.columns.iter().map(|it| (it.name.as_str(), &it.ty)).collect())
    }
}

/// Whether every column of which `text` speaks has the type that it has in `before`. Otherwise the
/// server may write the same in another way.
pub(super) fn is_steady(text: &str, columns: &Columns, before: &Table) -> bool {
    tokens(text).all(|token: Token| {
        let name = token.name();
        let column = name.as_ref().and_then(|it| columns.0.get_key_value(it.as_str()));
        column.is_none_or(|(name, ty)| before.column(name).is_none_or(|it| it.ty == **ty))
    })
}

/// Whether the server writes `declared` as `live`, which it has written for the table `before`.
pub(super) fn stays(declared: &str, live: &str, columns: &Columns, before: &Table) -> bool {
    is_steady(live, columns, before) && same(declared, live, columns)
}

/// Whether the server would write `declared` as `live`, where these columns are known.
pub(super) fn same(declared: &str, live: &str, columns: &Columns) -> bool {
    if declared == live {
        return true;
    }
    match (parse(declared), parse(live)) {
        (Some(declared), Some(live)) => alike(&declared, &live, columns),
        _ => false,
    }
}

fn alike(declared: &Tree, live: &Tree, columns: &Columns) -> bool {
    match (declared, live) {
        (Tree::Cast(a, to), Tree::Cast(b, of)) => {
            alike(a, b, columns) && raise(to) == raise(of)
                // A literal is cast at once; what is cast once more is cast by the server.
                || adds(b, of, columns) && alike(declared, b, columns)
        }
        (_, Tree::Cast(inner, ty)) => {
            negative(declared, inner, ty)
                || adds(inner, ty, columns) && alike(declared, inner, columns)
        }
        (Tree::Leaf(a), Tree::Leaf(b)) => a == b,
        (Tree::Node(a, of), Tree::Node(b, with)) => {
            a == b
                && of.len() == with.len()
                && (of.iter().zip(with).all(|(a, b)| alike(a, b, columns))
                    || widened(b, of, with, columns))
        }
        _ => false,
    }
}

/// Whether the server has made a whole number wider beside one that is not: `price * count` is
/// `price * (count)::numeric`.
fn widened(operator: &str, declared: &[Tree], live: &[Tree], columns: &Columns) -> bool {
    const OPERATORS: [&str; 10] = ["+", "-", "*", "/", "=", "<>", "<", ">", "<=", ">="];
    let ([a, b], [c, d]) = (declared, live) else { return false };
    let whole = |tree: &Tree| match tree {
        Tree::Cast(inner, ty) if ty == "numeric" => match &**inner {
            Tree::Leaf(name) if columns.0.get(name.as_str()).is_some_and(|it| it.is_integer()) => {
                Some((**inner).clone())
            }
            _ => None,
        },
        _ => None,
    };
    let is_numeric = |tree: &Tree| {
        let Tree::Leaf(name) = tree else { return false };
        columns.0.get(name.as_str()).is_some_and(|it| matches!(it, Type::Numeric { .. }))
    };
    let sides = |wide: &Tree, other: &Tree| whole(wide).filter(|_| is_numeric(other));
    OPERATORS.contains(&operator)
        && match (sides(c, d), sides(d, c)) {
            (Some(c), None) => alike(a, &c, columns) && alike(b, d, columns),
            (None, Some(d)) => alike(a, c, columns) && alike(b, &d, columns),
            _ => false,
        }
}

/// Whether `-5` was written where the server has `'-5'::integer`.
fn negative(declared: &Tree, inner: &Tree, ty: &str) -> bool {
    let (Tree::Node(minus, of), Tree::Leaf(text)) = (declared, inner) else { return false };
    let ("-", [Tree::Leaf(number)]) = (minus.as_str(), &of[..]) else { return false };
    let is_number = raise(ty).is_integer() || matches!(raise(ty), Type::Numeric { .. });
    is_number && *text == format!("'-{number}'")
}

/// Whether the server puts such a cast around `inner` by itself, and nothing changes by it.
fn adds(inner: &Tree, ty: &str, columns: &Columns) -> bool {
    match inner {
        // What a literal is depends on where it stands.
        Tree::Leaf(text) if is_literal(text) => true,
        Tree::Leaf(name) => {
            let column = columns.0.get(name.as_str());
            let is_text = |it: &&&Type| matches!(it, Type::String(_) | Type::Enum(_));
            ty == "text" && column.as_ref().is_some_and(is_text)
        }
        Tree::Node(name, _) => name == "array" && ty == "text []",
        // A literal of a list is first of the column's type, and then of the operator's.
        Tree::Cast(literal, of) => {
            ty == "text" && of == "character varying" && adds(literal, of, columns)
        }
    }
}

fn is_literal(text: &str) -> bool {
    text.starts_with(|c: char| c == '\'' || c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Column;

    fn judged(declared: &str, live: &str) -> bool {
        let column = |(name, ty): (&str, &str)| Column::new(name, ty.parse().unwrap());
        let columns = [
            ("kind", "string(9)"),
            ("title", "text"),
            ("price", "numeric(10, 2)"),
            ("count", "integer"),
            ("order", "integer"),
        ];
        let table = Table { columns: columns.map(column).to_vec(), ..Table::default() };
        same(declared, live, &Columns::of(&table))
    }

    #[test]
    fn what_the_server_writes_is_known() {
        for (declared, live) in [
            ("length(title) > 0", "(length(title) > 0)"),
            ("LENGTH(kind) > 0", "(length((kind)::text) > 0)"),
            (
                "kind IN ('a', 'b')",
                "((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            ),
            (
                "kind NOT IN ('a', 'b')",
                "((kind)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            ),
            (
                "kind IN ('a', 'b')",
                "((kind)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
            ),
            ("title IN ('a', 'b')", "(title = ANY (ARRAY['a'::text, 'b'::text]))"),
            ("title IN ('a')", "(title = 'a'::text)"),
            ("price > 0", "(price > (0)::numeric)"),
            ("price >= 0.5 AND count != 3", "((price >= 0.5) AND (count <> 3))"),
            ("count BETWEEN 1 AND 5", "((count >= 1) AND (count <= 5))"),
            (
                "count > 1 AND price > 2 AND title <> ''",
                "((count > 1) AND (price > (2)::numeric) AND (title <> ''::text))",
            ),
            ("NOT (count > 1 OR count < -5)", "(NOT ((count > 1) OR (count < '-5'::integer)))"),
            ("count > -5", "(count > '-5'::integer)"),
            ("kind LIKE 'a%'", "((kind)::text ~~ 'a%'::text)"),
            ("title not ilike '%a'", "(title !~~* '%a'::text)"),
            ("kind IS NOT NULL", "(kind IS NOT NULL)"),
            ("count + 1 * 2 > 3", "((count + (1 * 2)) > 3)"),
            ("\"order\" > 0", "(\"order\" > 0)"),
            ("now()", "now()"),
            ("current_timestamp", "CURRENT_TIMESTAMP"),
            ("coalesce(title, 'x') || 'y'", "(COALESCE(title, 'x'::text) || 'y'::text)"),
            ("count::text", "(count)::text"),
            ("CAST(count AS text)", "(count)::text"),
            ("deleted", "deleted"),
            ("NOT deleted", "(NOT deleted)"),
            ("price * count", "(price * (count)::numeric)"),
            ("count <= price", "((count)::numeric <= price)"),
            (
                "kind IN ('a', 'b')",
                "((kind)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))",
            ),
        ] {
            assert!(judged(declared, live), "{declared}   {live}");
        }
    }

    #[test]
    fn anything_else_is_a_doubt() {
        for (declared, live) in [
            ("length(title) > 0", "(length(title) > 1)"),
            ("price > 0", "((price)::integer > 0)"),
            ("price > 0", "(count > 0)"),
            (
                "kind IN ('a', 'b')",
                "((kind)::text = ANY ((ARRAY['a'::character varying])::text[]))",
            ),
            ("count - (1 - 2) > 0", "(((count - 1) - 2) > 0)"),
            ("a OR b AND c", "((a OR b) AND c)"),
            ("NOT a AND b", "(NOT (a AND b))"),
            ("\"Kind\" > 0", "(kind > 0)"),
            ("title = 'A'", "(title = 'a'::text)"),
            ("count::text", "(count)::integer"),
            ("title = kind", "(kind = title)"),
            ("count * count", "(count * (count)::numeric)"),
            ("price * title", "(price * (title)::numeric)"),
            ("price * count", "(price * (price)::numeric)"),
            ("x -> 'a'", "(x ->> 'a'::text)"),
            ("(a", "a"),
            ("\"'a'\" > 0", "('a' > 0)"),
        ] {
            assert!(!judged(declared, live), "{declared}   {live}");
        }
    }
}
