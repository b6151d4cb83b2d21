//! Views.

use super::super::lexer::{Token, TokenKind, tokens};
use super::super::options::{ALGORITHM, CHECK_OPTION, SECURITY};
use super::super::text::quote;
use super::expression::{plain, unqualified};
use super::{Fields, set_text};
use crate::schema::{Name, Options, Sql, View};

/// A view, without its own database in front of the names in its query. Its columns are called `names`,
/// where those are known.
pub(super) fn view(
    schema: &str,
    name: Name,
    mut fields: Fields,
    names: Option<&Vec<String>>,
) -> View {
    let query = fields.text();
    let query = names.and_then(|it| renamed(&query, it)).unwrap_or(query);
    // What lies in another database must say so.
    let query = match name.schema {
        None => unqualified(query.trim(), schema),
        Some(_) => query,
    };
    let mut options = Options::new();
    let mut said = |option, usual: &str| {
        let text = fields.optional().filter(|it| !it.eq_ignore_ascii_case(usual));
        set_text(&mut options, option, text.map(|it| it.to_lowercase()));
    };
    said(SECURITY, "DEFINER");
    said(CHECK_OPTION, "NONE");
    // MySQL does not tell it here.
    said(ALGORITHM, "UNDEFINED");
    View { name, materialized: false, definition: Sql::new(plain(&query)), options }
}

/// The query with these names for its columns. MySQL tells the query of `CREATE VIEW v (a, b) AS ...` as it
/// was before it heard of the list.
fn renamed(query: &str, names: &[String]) -> Option<String> {
    const ENDS: [&str; 11] = [
        "from",
        "union",
        "intersect",
        "except",
        "where",
        "group",
        "having",
        "order",
        "limit",
        "for",
        "into",
    ];
    let all: Vec<Token> = tokens(query).collect();
    let ends = |it: &Token| ENDS.iter().any(|word| it.is(word));
    let mut aliases: Vec<&Token> = Vec::new();
    let (mut depth, mut begun) = (0, false);
    for (at, token) in all.iter().enumerate() {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth > 0 {
            continue;
        }
        if begun && ends(token) {
            break;
        }
        let is_last = all.get(at + 1).is_none_or(|next| next.is(",") || ends(next));
        let is_named = at.checked_sub(1).is_some_and(|before| all[before].is("as"));
        if begun && is_last && is_named && token.kind == TokenKind::Quoted {
            aliases.push(token);
        }
        begun |= token.is("select");
    }
    // The server takes blanks off some names and leaves them on others.
    let same = |(alias, name): (&&Token, &String)| {
        alias.name().is_some_and(|alias| alias.trim() == name.trim())
    };
    if aliases.len() != names.len() || aliases.iter().zip(names).all(same) {
        return None;
    }
    let mut text = query.to_owned();
    for (alias, name) in aliases.iter().zip(names).rev() {
        text.replace_range(alias.at..alias.end(), &quote(name));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_calls_its_columns_by_its_own_list() {
        let names = ["a", "b"].map(str::to_owned);
        for (query, expected) in [
            (
                "select `t`.`id` AS `id`,(`t`.`n` + 1) AS `n+1` from `t`",
                Some("select `t`.`id` AS `a`,(`t`.`n` + 1) AS `b` from `t`"),
            ),
            (
                "with `x` as (select 1 AS `y`,2 AS `z`) select `x`.`y` AS `y`,(select 3 AS `q`) AS `z` from `x` union select 4 AS `4`,5 AS `5`",
                Some(
                    "with `x` as (select 1 AS `y`,2 AS `z`) select `x`.`y` AS `a`,(select 3 AS `q`) AS `b` from `x` union select 4 AS `4`,5 AS `5`",
                ),
            ),
            ("select 1 AS `from`,'a as `b`' AS `x`", Some("select 1 AS `a`,'a as `b`' AS `b`")),
            ("select 1 AS `one`", None),
            ("select 1 AS ` a`,2 AS `b`", None),
            ("(select 1 AS `a`,2 AS `b`) union (select 3 AS `3`,4 AS `4`)", None),
        ] {
            assert_eq!(renamed(query, &names).as_deref(), expected);
        }
    }
}
