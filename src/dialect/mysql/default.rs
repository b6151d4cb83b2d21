//! Values in the words of MySQL and MariaDB and back.

use super::MySql;
use super::lexer::{Token, TokenKind, tokens};
use super::text::literal;
use super::types::settled;
use super::{Flavour, spelling};
use crate::dialect::Unsupported;
use crate::schema::{Literal, Sql, Type, TypeOf, Value};

/// Spells the default of a column of type `ty`, in parentheses where it needs them.
///
/// # Errors
/// When an expression says nothing to this server.
pub(super) fn sql(dialect: &MySql, ty: &Type, value: &Value) -> Result<String, Unsupported> {
    let ty = &settled(dialect, ty)?;
    match value {
        Value::Literal(it) => {
            let text = literal_sql(dialect, &fit(ty, it));
            Ok(if needs_expression(dialect, ty) { format!("({text})") } else { text })
        }
        Value::Expression(it) => {
            let text = expression(dialect, it, "the default")?;
            Ok(match current_timestamp(text) {
                Some(_) if is_moment(ty) => now(ty),
                _ if is_bits(text) => text.to_owned(),
                _ => format!("({text})"),
            })
        }
    }
}

/// Whether a text is a literal of bits or of bytes, `b'101'`.
fn is_bits(text: &str) -> bool {
    let text = text.to_lowercase();
    let inner = text.strip_prefix(['b', 'x']).and_then(|it| it.strip_prefix('\''));
    let digits = inner.and_then(|it| it.strip_suffix('\''));
    digits.is_some_and(|it| it.chars().all(|it| it.is_ascii_hexdigit()))
}

/// Spells a value of a row.
///
/// # Errors
/// When an expression says nothing to this server.
pub(super) fn value(dialect: &MySql, value: &Value) -> Result<String, Unsupported> {
    match value {
        Value::Literal(it) => Ok(literal_sql(dialect, it)),
        Value::Expression(it) => Ok(expression(dialect, it, "the value")?.to_owned()),
    }
}

/// Spells a literal.
pub(super) fn literal_sql(dialect: &MySql, value: &Literal) -> String {
    match value {
        Literal::Boolean(true) => "TRUE".to_owned(),
        Literal::Boolean(false) => "FALSE".to_owned(),
        Literal::Integer(it) => it.to_string(),
        Literal::Float(it) => format!("{it:?}"),
        Literal::Text(it) => literal(dialect.mode, it),
    }
}

/// What an expression says to this server; `of` is what it is: "the default".
///
/// # Errors
/// When it says nothing.
pub(super) fn expression<'a>(
    dialect: &MySql,
    sql: &'a Sql,
    of: &str,
) -> Result<&'a str, Unsupported> {
    sql.of(dialect.flavour.name()).ok_or_else(|| {
        Unsupported::new(
            format!("{of} says nothing to {}", dialect.flavour.title()),
            format!("add `{} = \"...\"` to it", dialect.flavour.name()),
        )
    })
}

/// Whether a column of this settled type has no literal for a default, only an expression.
fn needs_expression(dialect: &MySql, ty: &Type) -> bool {
    let is_long = match ty {
        Type::Text(_) | Type::LargeBinary(_) | Type::Json => true,
        Type::Native { dialects, .. } => dialects.values().any(|it| is_spatial(it)),
        _ => false,
    };
    is_long && dialect.flavour == Flavour::MySql
}

/// Whether a native type is one of places and shapes.
pub(super) fn is_spatial(text: &str) -> bool {
    const TYPES: [&str; 9] = [
        "geometry",
        "point",
        "linestring",
        "polygon",
        "multipoint",
        "multilinestring",
        "multipolygon",
        "geomcollection",
        "geometrycollection",
    ];
    TYPES.iter().any(|it| it.eq_ignore_ascii_case(text))
}

fn is_moment(ty: &Type) -> bool {
    matches!(ty.of("mysql"), Ok(TypeOf::Portable(Type::DateTime { .. })))
}

/// The time of a change, with as many digits as the column keeps: another number is an error.
pub(super) fn now(ty: &Type) -> String {
    match ty.of("mysql") {
        Ok(TypeOf::Portable(Type::DateTime { precision: Some(digits @ 1..), .. })) => {
            format!("CURRENT_TIMESTAMP({digits})")
        }
        _ => "CURRENT_TIMESTAMP".to_owned(),
    }
}

/// The digits of a second in a text that says what time it is, in one of the ways to say it.
pub(super) fn current_timestamp(text: &str) -> Option<u32> {
    const WORDS: [&str; 4] = ["current_timestamp", "now", "localtime", "localtimestamp"];
    let all: Vec<Token> = tokens(text).collect();
    let [word, rest @ ..] = unwrapped(&all) else { return None };
    if !WORDS.iter().any(|it| word.is(it)) {
        return None;
    }
    match rest {
        [] => (!word.is("now")).then_some(0),
        [open, close] if open.is("(") && close.is(")") => Some(0),
        [open, digits, close] if open.is("(") && close.is(")") => digits.text.parse().ok(),
        _ => None,
    }
}

/// The tokens without parentheses around all of them.
fn unwrapped<'a, 'b>(mut all: &'b [Token<'a>]) -> &'b [Token<'a>] {
    while let [open, inner @ .., close] = all
        && open.is("(")
        && close.is(")")
        && inner.iter().all(|it| !it.is("(") && !it.is(")"))
    {
        all = inner;
    }
    all
}

/// The literal as a value of type `ty`, in one spelling: a number in a text is a number where the
/// column makes one of it, and the other way round.
pub(super) fn fit(ty: &Type, value: &Literal) -> Literal {
    let Ok(TypeOf::Portable(portable)) = ty.of("mysql") else { return fit_native(ty, value) };
    match (portable, value) {
        (Type::Boolean, Literal::Integer(number @ (0 | 1))) => Literal::Boolean(*number == 1),
        (Type::Boolean, Literal::Text(it)) => match &*it.to_lowercase() {
            "true" | "1" => Literal::Boolean(true),
            "false" | "0" => Literal::Boolean(false),
            other => other.parse().map_or_else(|_| value.clone(), Literal::Integer),
        },
        (Type::Boolean, _) => value.clone(),
        (Type::Float | Type::Double, value) => float(value),
        (it, value) if it.is_integer() || matches!(it, Type::Numeric { .. }) => number(value),
        (Type::Json, value) => value.clone(),
        (_, Literal::Boolean(truth)) => Literal::Text(i64::from(*truth).to_string()),
        (_, Literal::Integer(number)) => Literal::Text(number.to_string()),
        (_, Literal::Float(number)) => Literal::Text(format!("{number:?}")),
        (_, text @ Literal::Text(_)) => text.clone(),
    }
}

/// As above, where only the type's own text says what it holds.
fn fit_native(ty: &Type, value: &Literal) -> Literal {
    let text = match ty.of("mariadb") {
        Ok(TypeOf::Native(text)) => text.to_lowercase(),
        _ => return value.clone(),
    };
    let begins = |words: &[&str]| words.iter().any(|it| text.starts_with(it));
    match () {
        () if begins(&["float", "double", "real"]) => float(value),
        () if begins(&[
            "tinyint",
            "smallint",
            "mediumint",
            "int(",
            "bigint",
            "decimal",
            "year",
        ]) =>
        {
            number(value)
        }
        () => match value {
            Literal::Boolean(truth) => Literal::Text(i64::from(*truth).to_string()),
            other => other.clone(),
        },
    }
}

/// A number that is whole, or exact as a float, or a text of its digits without those that say
/// nothing.
fn number(value: &Literal) -> Literal {
    let text = match value {
        Literal::Boolean(truth) => return Literal::Integer(i64::from(*truth)),
        Literal::Integer(_) => return value.clone(),
        Literal::Float(it) => format!("{it:?}"),
        Literal::Text(it) => it.trim().to_owned(),
    };
    let Some(plain) = plain_number(&text) else { return value.clone() };
    if let Ok(whole) = plain.parse() {
        return Literal::Integer(whole);
    }
    match plain.parse::<f64>() {
        Ok(it) if format!("{it:?}") == plain => Literal::Float(it),
        _ => Literal::Text(plain),
    }
}

/// A number in digits, without those that say nothing.
fn plain_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if !is_plain(whole) || !is_plain(part) || whole.is_empty() && part.is_empty() {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, part) {
        ("0", "") => Some("0".to_owned()),
        (whole, "") => Some(format!("{sign}{whole}")),
        (whole, part) => Some(format!("{sign}{whole}.{part}")),
    }
}

fn float(value: &Literal) -> Literal {
    let number = match value {
        Literal::Boolean(truth) => Some(if *truth { 1.0 } else { 0.0 }),
        Literal::Integer(number) => number.to_string().parse().ok(),
        Literal::Float(it) => Some(*it),
        Literal::Text(text) => text.trim().parse().ok(),
    };
    number.filter(|it: &f64| it.is_finite()).map_or_else(|| value.clone(), Literal::Float)
}

/// The value that an expression for a default of a column of type `ty` is: a literal where it is
/// nothing but one.
pub(super) fn raise(ty: &Type, text: &str) -> Value {
    if let Some(digits) = current_timestamp(text) {
        return Value::Expression(Sql::new(match digits {
            0 => "CURRENT_TIMESTAMP".to_owned(),
            digits => format!("CURRENT_TIMESTAMP({digits})"),
        }));
    }
    match constant(text) {
        Some(literal) => Value::Literal(fit(ty, &literal)),
        None => Value::Expression(Sql::new(spelling::plain(text))),
    }
}

/// The constant in `5`, `(-5)`, `'a'`, `_utf8mb4'a'`, `true`.
pub(super) fn constant(text: &str) -> Option<Literal> {
    let all: Vec<Token> = tokens(text).collect();
    let rest = match unwrapped(&all) {
        [set, string] if is_introducer(set) && string.kind == TokenKind::String => {
            std::slice::from_ref(string)
        }
        rest => rest,
    };
    match rest {
        [one] if one.is("true") => Some(Literal::Boolean(true)),
        [one] if one.is("false") => Some(Literal::Boolean(false)),
        [one] if one.kind == TokenKind::Number => Some(digits(one.text)),
        [sign, one] if sign.is("-") && one.kind == TokenKind::Number => {
            Some(digits(&format!("-{}", one.text)))
        }
        [one] => one.string().map(Literal::Text),
        _ => None,
    }
}

/// Whether the token says in which character set the string behind it is: `_utf8mb4`.
pub(super) fn is_introducer(token: &Token) -> bool {
    ["_utf8mb4", "_utf8mb3", "_utf8"].iter().any(|it| token.is(it))
}

fn digits(text: &str) -> Literal {
    match number(&Literal::Text(text.to_owned())) {
        Literal::Text(same) => same.parse().map_or(Literal::Text(same), |it: f64| {
            match format!("{it:?}").parse::<f64>() {
                Ok(again) if again == it && text.contains(['e', 'E']) => Literal::Float(it),
                _ => Literal::Text(text.to_owned()),
            }
        }),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_says_is_read_as_a_literal_where_it_is_one() {
        let text = |text: &str| Value::Literal(Literal::Text(text.to_owned()));
        let whole = |number| Value::Literal(Literal::Integer(number));
        let expression = |text: &str| Value::Expression(Sql::new(text));
        for (ty, said, expected) in [
            ("integer", "7", whole(7)),
            ("integer", "(-7)", whole(-7)),
            ("integer", "'7'", whole(7)),
            ("integer", "(3 + 4)", expression("3 + 4")),
            ("boolean", "1", Value::Literal(Literal::Boolean(true))),
            ("boolean", "true", Value::Literal(Literal::Boolean(true))),
            ("numeric(10, 2)", "1.00", whole(1)),
            ("numeric(10, 2)", "1.50", Value::Literal(Literal::Float(1.5))),
            ("numeric(40, 2)", "12345678901234567890.10", text("12345678901234567890.1")),
            ("double", "15000000000", Value::Literal(Literal::Float(1.5e10))),
            ("string(3)", "5", text("5")),
            ("text", "_utf8mb4'it\\'s'", text("it's")),
            ("text", "(_utf8mb4'a')", text("a")),
            ("string(9)", "concat(_utf8mb4'a',uuid())", expression("concat('a',uuid())")),
            ("datetime", "current_timestamp()", expression("CURRENT_TIMESTAMP")),
            ("datetime(6)", "now(6)", expression("CURRENT_TIMESTAMP(6)")),
            ("date", "curdate()", expression("curdate()")),
        ] {
            let ty: Type = ty.parse().unwrap();
            assert_eq!(raise(&ty, said), expected, "{said}");
        }
    }

    #[test]
    fn defaults_are_spelled_as_the_server_takes_them() {
        let (mysql, mariadb) = (MySql::default(), MySql::mariadb());
        let text = Value::Literal(Literal::Text("it's".to_owned()));
        let now = Value::Expression(Sql::new("CURRENT_TIMESTAMP"));
        for (ty, value, on_mysql, on_mariadb) in [
            ("text", &text, "('it''s')", "'it''s'"),
            ("string(9)", &text, "'it''s'", "'it''s'"),
            ("datetime(6)", &now, "CURRENT_TIMESTAMP(6)", "CURRENT_TIMESTAMP(6)"),
            ("date", &now, "(CURRENT_TIMESTAMP)", "(CURRENT_TIMESTAMP)"),
            ("boolean", &Value::Literal(Literal::Integer(1)), "TRUE", "TRUE"),
        ] {
            let ty: Type = ty.parse().unwrap();
            assert_eq!(sql(&mysql, &ty, value).as_deref(), Ok(on_mysql));
            assert_eq!(sql(&mariadb, &ty, value).as_deref(), Ok(on_mariadb));
        }
    }
}
