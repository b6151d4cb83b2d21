//! Values in PostgreSQL's words and back.

use super::create::{group, line};
use super::lexer::{Token, TokenKind, tokens};
use super::types::{literal, raise, string};
use crate::dialect::Unsupported;
use crate::schema::{Literal, Sql, Type, TypeOf, Value};

/// Spells a value of a column of type `ty`, in parentheses where it is an expression that needs
/// them.
///
/// # Errors
/// When an expression says nothing to PostgreSQL.
pub(super) fn sql(ty: &Type, value: &Value) -> Result<String, Unsupported> {
    match value {
        Value::Literal(it) => Ok(literal_sql(&fit(ty, it))),
        Value::Expression(it) => Ok(operand(expression(it, "the value")?)),
    }
}

/// An expression as it stands behind `DEFAULT`, where some operators would be taken for clauses of
/// the column (`b_expr` in PostgreSQL's grammar).
fn operand(text: &str) -> String {
    const WORDS: [&str; 13] = [
        "and", "or", "not", "is", "isnull", "notnull", "in", "like", "ilike", "similar", "between",
        "at", "collate",
    ];
    let mut depth = 0;
    let mut ambiguous = false;
    for token in tokens(text) {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        ambiguous |= depth == 0 && WORDS.iter().any(|word| token.is(word));
    }
    if ambiguous { group(text) } else { line(text) }
}

/// Spells a literal.
pub(super) fn literal_sql(value: &Literal) -> String {
    match value {
        Literal::Boolean(it) => it.to_string(),
        Literal::Integer(it) => it.to_string(),
        Literal::Float(it) if it.is_nan() => "'NaN'".to_owned(),
        Literal::Float(it) if it.is_infinite() && *it > 0.0 => "'Infinity'".to_owned(),
        Literal::Float(it) if it.is_infinite() => "'-Infinity'".to_owned(),
        Literal::Float(it) => format!("{it:?}"),
        Literal::Text(it) => literal(it),
    }
}

/// What an expression says to PostgreSQL; `of` is what it is: "the default".
///
/// # Errors
/// When it says nothing.
pub(super) fn expression<'a>(sql: &'a Sql, of: &str) -> Result<&'a str, Unsupported> {
    sql.of("postgres").ok_or_else(|| {
        Unsupported::new(
            format!("{of} says nothing to PostgreSQL"),
            "add `postgres = \"...\"` to it".to_owned(),
        )
    })
}

/// The literal as a value of type `ty`: PostgreSQL takes no number for a boolean, and it keeps a
/// number in a text as a text.
pub(super) fn fit(ty: &Type, value: &Literal) -> Literal {
    let Ok(TypeOf::Portable(portable)) = ty.of("postgres") else {
        return match ty.of("postgres") {
            Ok(TypeOf::Native(text)) => match raise(text) {
                Type::Native { .. } => value.clone(),
                portable => fit(&portable, value),
            },
            _ => value.clone(),
        };
    };
    let text = |value: &Literal| match value {
        Literal::Text(it) => it.clone(),
        other => literal_sql(other),
    };
    match (portable, value) {
        (Type::Boolean, Literal::Integer(number @ (0 | 1))) => Literal::Boolean(*number == 1),
        (Type::Boolean, Literal::Text(it)) => match &*it.to_lowercase() {
            "true" | "t" | "yes" | "on" | "1" => Literal::Boolean(true),
            "false" | "f" | "no" | "off" | "0" => Literal::Boolean(false),
            _ => value.clone(),
        },
        (it, Literal::Boolean(truth)) if it.is_integer() => Literal::Integer(i64::from(*truth)),
        (it, Literal::Text(text)) if it.is_integer() => {
            text.trim().parse().map_or_else(|_| value.clone(), Literal::Integer)
        }
        (Type::Float | Type::Double, Literal::Integer(number)) => {
            number.to_string().parse().map_or_else(|_| value.clone(), Literal::Float)
        }
        (Type::Float | Type::Double, Literal::Text(text)) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Literal::Float(number),
            _ => value.clone(),
        },
        (Type::Numeric { .. }, Literal::Text(_) | Literal::Float(_)) => number(&text(value)),
        (
            Type::String(_) | Type::Char(_) | Type::Text(_) | Type::Enum(_) | Type::SharedEnum(_),
            Literal::Integer(_) | Literal::Float(_) | Literal::Boolean(_),
        ) => Literal::Text(text(value)),
        _ => value.clone(),
    }
}

/// A number as it is written: whole, or as a float where that is exact, or as a text.
fn number(text: &str) -> Literal {
    if let Ok(whole) = text.parse() {
        return Literal::Integer(whole);
    }
    match text.parse::<f64>() {
        Ok(it) if it.is_finite() && format!("{it:?}") == text => Literal::Float(it),
        _ => Literal::Text(text.to_owned()),
    }
}

/// Whether two literals are the same value of type `ty`, however they are written: `3.5` and `3.50`.
pub(super) fn same(ty: &Type, a: &Literal, b: &Literal) -> bool {
    let text = |it: &Literal| match it {
        Literal::Text(text) => Some(text.clone()),
        Literal::Boolean(_) => None,
        number => Some(literal_sql(number)),
    };
    let (Some(a_text), Some(b_text)) = (text(a), text(b)) else { return a == b };
    let plain: fn(&str) -> Option<String> = match ty {
        Type::Numeric { .. } => plain_number,
        Type::DateTime { tz: true, .. } => whole_offset,
        _ => |_| None,
    };
    a == b || plain(&a_text).is_some_and(|a| plain(&b_text).is_some_and(|b| a == b))
}

/// A number in plain digits without those that say nothing.
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
    match (whole, part) {
        ("", "") => Some("0".to_owned()),
        _ => Some(format!("{sign}{whole}.{part}")),
    }
}

/// A moment whose offset from UTC, where it is one of whole hours, is written in hours.
fn whole_offset(text: &str) -> Option<String> {
    let text = text.replacen('T', " ", 1);
    let text = text.strip_suffix('Z').map_or_else(|| text.clone(), |it| format!("{it}+00"));
    let at = text.rfind(['+', '-'])?;
    let is_behind_a_time = text[..at].contains(':');
    let offset = text[at..].strip_suffix(":00").unwrap_or(&text[at..]);
    is_behind_a_time.then(|| format!("{}{offset}", &text[..at]))
}

/// The value that `pg_get_expr` gives of a default of a column of type `ty`: a literal where the
/// text is nothing but one, with a cast to the column's own type.
pub(super) fn raise_default(ty: &Type, text: &str) -> Value {
    match constant(text) {
        Some(literal) => Value::Literal(fit(ty, &literal)),
        None => Value::Expression(Sql::new(text)),
    }
}

/// The constant in `5`, `(-5)`, `'a'::text`, `'-5'::integer`, `true`.
fn constant(text: &str) -> Option<Literal> {
    let all: Vec<Token> = tokens(text).collect();
    let mut rest = &all[..];
    while let [open, inner @ .., close] = rest
        && open.is("(")
        && close.is(")")
        && inner.iter().all(|it| !it.is("(") && !it.is(")"))
    {
        rest = inner;
    }
    match rest {
        [one] if one.is("true") => Some(Literal::Boolean(true)),
        [one] if one.is("false") => Some(Literal::Boolean(false)),
        [one] if one.kind == TokenKind::Number => Some(number(one.text)),
        [minus, one] if minus.is("-") && one.kind == TokenKind::Number => {
            Some(number(&format!("-{}", one.text)))
        }
        [one] if one.kind == TokenKind::String => Some(Literal::Text(string(one)?)),
        [one, cast, ty @ ..] if one.kind == TokenKind::String && cast.is("::") && is_type(ty) => {
            Some(Literal::Text(string(one)?))
        }
        _ => None,
    }
}

/// Whether the default that `pg_get_expr` gives of a column of type `ty` is the same as none: the
/// server keeps a NULL where it cuts values to a length. A domain may have a default of its own, so
/// there it says something.
pub(super) fn is_null(ty: &Type, text: &str) -> bool {
    let all: Vec<Token> = tokens(text).collect();
    !matches!(ty, Type::Native { .. })
        && matches!(&all[..], [null, cast, ty @ ..] if null.is("NULL") && cast.is("::") && is_type(ty))
}

/// Whether the tokens are one type's name: a name, perhaps of several words, numbers in parentheses,
/// brackets.
fn is_type(tokens: &[Token]) -> bool {
    const FURTHER: [&str; 13] = [
        "precision",
        "varying",
        "with",
        "without",
        "time",
        "zone",
        "to",
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
    ];
    let mut depth = 0;
    let mut begins = true;
    !tokens.is_empty()
        && tokens.iter().all(|token| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            let is_further = !begins && FURTHER.iter().any(|word| token.is(word));
            let is_name = begins || is_further;
            begins = token.is(".");
            match token.kind {
                TokenKind::Word | TokenKind::Quoted => depth == 0 && is_name,
                TokenKind::Number => depth == 1,
                TokenKind::Symbol => depth >= 0 && !token.is(";"),
                _ => false,
            }
        })
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
            ("integer", "'-7'::integer", whole(-7)),
            ("integer", "(-7)", whole(-7)),
            ("integer", "(3 + 4)", expression("(3 + 4)")),
            ("big_integer", "'-9223372036854775808'::bigint", whole(i64::MIN)),
            ("numeric", "'12345678901234567890'::numeric", text("12345678901234567890")),
            ("numeric(10, 2)", "0.50", text("0.50")),
            ("double", "'10000000000'::numeric", Value::Literal(Literal::Float(1e10))),
            ("double", "'NaN'::double precision", text("NaN")),
            ("boolean", "true", Value::Literal(Literal::Boolean(true))),
            ("string(3)", "5", text("5")),
            ("string(3)", "'it''s'::character varying(3)", text("it's")),
            ("text", "'a\\b'::text", text("a\\b")),
            ("text", "E'a\\\\b'::text", text("a\\b")),
            ("text", "'a'::text COLLATE \"C\"", expression("'a'::text COLLATE \"C\"")),
            ("boolean", "('a'::text IS NULL)", expression("('a'::text IS NULL)")),
            ("text", "('a'::text || 'b'::text)", expression("('a'::text || 'b'::text)")),
            ("text", "(true)::text", expression("(true)::text")),
            ("enum mood", "'sad'::audit.\"Mood\"", text("sad")),
            ("array(integer)", "'{1,2}'::integer[]", text("{1,2}")),
            (
                "datetime",
                "'2020-01-01 00:00:00'::timestamp without time zone",
                text("2020-01-01 00:00:00"),
            ),
            ("interval", "'1 day'::interval day to second(3)", text("1 day")),
            ("date", "CURRENT_DATE", expression("CURRENT_DATE")),
            ("datetime", "now()", expression("now()")),
        ] {
            let ty: Type = ty.parse().unwrap();
            assert_eq!(raise_default(&ty, said), expected, "{said}");
        }
    }

    #[test]
    fn one_value_is_written_in_several_ways() {
        let text = |text: &str| Literal::Text(text.to_owned());
        for (ty, a, b, expected) in [
            ("numeric(10, 2)", text("3.50"), Literal::Float(3.5), true),
            ("numeric", text("-0.0"), Literal::Integer(0), true),
            ("numeric", text("007"), Literal::Integer(7), true),
            ("numeric", text("3.05"), Literal::Float(3.5), false),
            ("numeric", text("-1"), Literal::Integer(1), false),
            ("numeric", text("."), Literal::Integer(0), false),
            ("numeric", text("NaN"), text("nan"), false),
            ("text", text("3.50"), text("3.5"), false),
            (
                "datetime(tz)",
                text("2026-01-31 07:30:00+00:00"),
                text("2026-01-31 07:30:00+00"),
                true,
            ),
            ("datetime(tz)", text("2026-01-31T07:30:00Z"), text("2026-01-31 07:30:00+00"), true),
            (
                "datetime(tz)",
                text("2026-01-31 07:30:00+05:30"),
                text("2026-01-31 07:30:00+05"),
                false,
            ),
            ("datetime(tz)", text("2026-01-31"), text("2026-01-31 "), false),
            ("datetime", text("2026-01-31T07:30:00"), text("2026-01-31 07:30:00"), false),
        ] {
            let ty: Type = ty.parse().unwrap();
            assert_eq!(same(&ty, &a, &b), expected, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_null_is_no_default_but_of_a_domain() {
        let string = Type::String(Some(5));
        assert!(is_null(&string, "NULL::character varying"));
        assert!(!is_null(&string, "'NULL'::character varying"));
        assert!(!is_null(&string, "NULL::text || 'a'::text"));
        assert!(!is_null(&Type::native("postgres", "email"), "NULL::character varying"));
    }
}
