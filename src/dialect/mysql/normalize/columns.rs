//! Columns and their values.

use super::super::lexer::{Token, tokens_in};
use super::super::options::{self, ON_UPDATE};
use super::super::spelling::{self, Sense};
use super::super::text::{kept_comment, quote};
use super::super::{MySql, default, types};
use super::charset::{self, Pair};
use super::doubt::Doubts;
use super::draft::Draft;
use super::setting;
use crate::dialect::Unsupported;
use crate::schema::{Column, Identity, Literal, OptionValue, Sql, Type, TypeOf, Value};

/// Makes of a declared column what the server would report.
///
/// # Errors
/// When the server has no such type.
pub(super) fn settle(
    of: &Draft,
    column: &mut Column,
    table: Option<&Pair>,
    doubts: &mut Doubts,
) -> Result<(), Unsupported> {
    let live = of.live.and_then(|it| it.column(&column.name));
    column.ty = types::settled(of.dialect, &column.ty)?;
    if let Type::Native { .. } = column.ty
        && live.is_none_or(|it| it.ty != column.ty)
    {
        doubts.types.push(column.name.clone());
    }
    column.comment = column.comment.as_deref().and_then(kept_comment);
    setting::settle(of.dialect, &mut column.options, options::COLUMN);
    if column.options.contains_key(ON_UPDATE) {
        let now = default::now(&column.ty);
        column.options.insert(ON_UPDATE.to_owned(), OptionValue::Text(now));
    }
    charset::settle_column(of.charsets, column, table);
    // Whether there is such a collation.
    if column.collation.is_some() && live.is_none_or(|it| it.collation != column.collation) {
        doubts.types.push(column.name.clone());
    }
    if column.identity.is_some() {
        column.identity = Some(Identity::default());
        column.nullable = false;
    }
    if let Some(value) = column.default.take() {
        let (value, is_known) = self::value(of, &column.ty, value, live);
        column.default = value;
        if !is_known {
            doubts.defaults.push(column.name.clone());
        }
    }
    if let Some(generated) = &mut column.generated {
        let live = live.and_then(|it| it.generated.as_ref()).map(|it| &it.expression);
        let (expression, is_known) = of.expression(&generated.expression, live, Sense::Value);
        generated.expression = expression;
        if !is_known {
            doubts.generated.push(column.name.clone());
        }
    }
    Ok(())
}

/// The default as the server reports it, and whether that is sure.
fn value(of: &Draft, ty: &Type, value: Value, live: Option<&Column>) -> (Option<Value>, bool) {
    let live = live.and_then(|it| it.default.as_ref());
    let value = match value {
        Value::Literal(literal) => Value::Literal(default::fit(ty, &literal)),
        Value::Expression(sql) => {
            let text = default::expression(of.dialect, &sql, "the default").unwrap_or_default();
            let is_null = text.trim().eq_ignore_ascii_case("null");
            if is_null {
                // As if nothing were said.
                return (None, true);
            }
            match default::current_timestamp(text) {
                Some(_) if is_moment(ty) => Value::Expression(default::now(ty).as_str().into()),
                Some(_) => Value::Expression("CURRENT_TIMESTAMP".into()),
                None => default::raise(ty, text),
            }
        }
    };
    match (&value, live) {
        (_, Some(live)) if *live == value => (Some(value), true),
        (Value::Literal(literal), _) => {
            let is_known = is_kept(ty, literal);
            (Some(value), is_known)
        }
        (Value::Expression(sql), Some(Value::Literal(literal))) if is_literal(of, sql, literal) => {
            (live.cloned(), true)
        }
        (Value::Expression(sql), live) => {
            let live = match live {
                Some(Value::Expression(live)) => Some(live),
                _ => None,
            };
            let text = sql.text.as_deref().unwrap_or_default();
            // The sequence may come with the table, and the server cannot be asked about it now.
            if let Some(next) = next_number(of.dialect, text) {
                return (Some(Value::Expression(Sql::new(next))), true);
            }
            let is_now = default::current_timestamp(text);
            let (sql, is_known) = of.expression(sql, live, Sense::Value);
            (Some(Value::Expression(sql)), is_known || is_now.is_some())
        }
    }
}

/// The next number of a sequence of this database, as MariaDB reports it: `nextval(s)` or `NEXT VALUE FOR s`,
/// <https://mariadb.com/kb/en/next-value-for-sequence_name/>.
fn next_number(dialect: &MySql, text: &str) -> Option<String> {
    let tokens: Vec<Token> = tokens_in(text, dialect.mode).collect();
    let name = match &tokens[..] {
        [call, open, name, close] if call.is("nextval") && open.is("(") && close.is(")") => name,
        [next, value, of, name] if next.is("next") && value.is("value") && of.is("for") => name,
        _ => return None,
    };
    Some(format!("nextval({})", quote(&name.name()?)))
}

/// Whether an expression is another way to write a literal.
fn is_literal(of: &Draft, sql: &Sql, literal: &Literal) -> bool {
    let text = sql.text.as_deref().unwrap_or_default();
    spelling::same(of.dialect, text, &default::literal_sql(of.dialect, literal), Sense::Value)
}

fn is_moment(ty: &Type) -> bool {
    matches!(ty.of("mysql"), Ok(TypeOf::Portable(Type::DateTime { .. })))
}

/// Whether the server reports the literal as it was given.
fn is_kept(ty: &Type, literal: &Literal) -> bool {
    match (ty, literal) {
        (Type::Boolean, Literal::Boolean(_)) => true,
        (Type::String(_) | Type::Text(_) | Type::Json, Literal::Text(_)) => true,
        // What follows an end is cut off.
        (Type::Char(_), Literal::Text(it)) => !it.ends_with(' '),
        (Type::Enum(values), Literal::Text(it)) => values.contains(it),
        (ty, Literal::Integer(_)) if ty.is_integer() => true,
        (Type::Numeric { .. }, Literal::Integer(_)) => true,
        (Type::Numeric { scale, .. }, Literal::Float(it)) => {
            let digits = format!("{it:?}");
            let behind = digits.split_once('.').map_or(0, |(_, part)| part.len());
            !digits.contains('e') && behind <= scale.unwrap_or_default() as usize
        }
        (Type::Float, Literal::Float(it)) => has_at_most(*it, 6),
        (Type::Double, Literal::Float(it)) => has_at_most(*it, 15),
        (Type::Date, Literal::Text(it)) => is_shaped(it, "0000-00-00"),
        (Type::Time { precision: None }, Literal::Text(it)) => is_shaped(it, "00:00:00"),
        (Type::DateTime { tz: false, precision: None }, Literal::Text(it)) => {
            is_shaped(it, "0000-00-00 00:00:00")
        }
        _ => false,
    }
}

/// Whether a number has at most so many digits that count, and is written without an exponent.
fn has_at_most(number: f64, digits: usize) -> bool {
    let text = format!("{number:?}");
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    !text.contains('e') && count <= digits
}

/// Whether the text has digits where `shape` has, and otherwise the same characters.
fn is_shaped(text: &str, shape: &str) -> bool {
    let fits = |(it, of): (u8, u8)| if of == b'0' { it.is_ascii_digit() } else { it == of };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
