//! Defaults: from the text behind `DEFAULT` to a value, and values in one spelling.
//!
//! What a column stores decides: `1`, `'1'` and `TRUE` are one default of a BOOLEAN column,
//! `1.50` and `'1.5'` one of a NUMERIC column, and three and two of a BLOB column.

use crate::schema::sql::{Token, TokenKind, tokens};
use crate::schema::{Literal, Sql, Type, Value};

use super::ddl::unquote;
use super::types::{Affinity, literal};

/// The value behind `DEFAULT` in a column of this type; `None` is NULL, which is no default.
pub fn raise(text: &str, ty: &Type) -> Option<Value> {
    settle(&written(text), ty)
}

/// The one spelling of all values that a column of this type stores alike; `None` is NULL.
/// Without a text for SQLite there is nothing to settle, and nothing comes back.
pub fn settle(value: &Value, ty: &Type) -> Option<Value> {
    let literal = match value {
        Value::Literal(literal) => literal.clone(),
        Value::Expression(sql) => {
            let text = sql.of("sqlite")?;
            match written(&format!("({text}\n)")) {
                Value::Expression(sql) if is_null(&sql) => return None,
                Value::Expression(sql) => return Some(Value::Expression(sql)),
                Value::Literal(literal) => literal,
            }
        }
    };
    Some(Value::Literal(match Kind::of(ty) {
        Kind::Boolean => boolean(number(literal)),
        Kind::Number => number(literal),
        Kind::Text => as_text(literal),
        Kind::Other => match literal {
            Literal::Boolean(it) => Literal::Integer(it.into()),
            other => other,
        },
    }))
}

/// Spells a literal as `DEFAULT` and `VALUES` do, so that reading it back gives the same.
pub fn sql(value: &Literal) -> String {
    match value {
        Literal::Boolean(true) => "TRUE".to_owned(),
        Literal::Boolean(false) => "FALSE".to_owned(),
        Literal::Integer(it) => it.to_string(),
        Literal::Float(it) => format!("{it:?}"),
        Literal::Text(it) => literal(it),
    }
}

fn is_null(sql: &Sql) -> bool {
    sql.text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case("null"))
}

/// What a column of some type takes for the same value.
enum Kind {
    Boolean,
    Number,
    Text,
    Other,
}

impl Kind {
    fn of(ty: &Type) -> Kind {
        match ty {
            Type::Boolean => Kind::Boolean,
            Type::SmallInteger { .. }
            | Type::Integer { .. }
            | Type::BigInteger { .. }
            | Type::Float
            | Type::Double
            | Type::Numeric { .. } => Kind::Number,
            Type::String(_)
            | Type::Char(_)
            | Type::Text(_)
            | Type::Uuid
            | Type::Enum(_)
            | Type::SharedEnum(_) => Kind::Text,
            Type::Binary(_)
            | Type::LargeBinary(_)
            | Type::Date
            | Type::Time { .. }
            | Type::DateTime { .. }
            | Type::Interval
            | Type::Json
            | Type::Array(_) => Kind::Other,
            Type::Native { dialects, default } => match (dialects.get("sqlite"), default) {
                (Some(text), _) => match Affinity::of(text) {
                    Affinity::Integer | Affinity::Real | Affinity::Numeric => Kind::Number,
                    Affinity::Text => Kind::Text,
                    Affinity::Blob => Kind::Other,
                },
                (None, Some(default)) => Kind::of(default),
                (None, None) => Kind::Other,
            },
        }
    }
}

fn boolean(literal: Literal) -> Literal {
    match literal {
        Literal::Integer(0) => Literal::Boolean(false),
        Literal::Integer(1) => Literal::Boolean(true),
        other => other,
    }
}

/// A number where the column makes one of it.
fn number(literal: Literal) -> Literal {
    match literal {
        Literal::Boolean(it) => Literal::Integer(it.into()),
        Literal::Float(it) => whole(it).map_or(Literal::Float(it), Literal::Integer),
        Literal::Text(text) => match exact(text.trim_ascii()) {
            Some(number) => number,
            None => Literal::Text(text),
        },
        integer @ Literal::Integer(_) => integer,
    }
}

/// The integer that a number without a fraction is.
fn whole(number: f64) -> Option<i64> {
    // The first double that is too large for an i64; the cast is exact below it.
    const END: f64 = 9_223_372_036_854_775_808.0;
    (number.fract() == 0.0 && (-END..END).contains(&number)).then_some(number as i64)
}

/// The number that a text is, if no digit gets lost.
fn exact(text: &str) -> Option<Literal> {
    if let Ok(integer) = text.parse() {
        return Some(Literal::Integer(integer));
    }
    let numeric = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    if !text.bytes().all(numeric) {
        return None;
    }
    let float: f64 = text.parse().ok().filter(|it: &f64| it.is_finite())?;
    let same = digits(text) == digits(&format!("{float:?}"));
    same.then(|| number(Literal::Float(float)))
}

/// The digits of a number from the first to the last that is not zero, with the power of ten
/// behind them.
fn digits(number: &str) -> Option<(String, i64)> {
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?.into()),
        None => (number, 0_i64),
    };
    let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let all: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let short = all.trim_start_matches('0');
    let digits = short.trim_end_matches('0');
    if digits.is_empty() {
        return Some((String::new(), 0));
    }
    let zeros = short.len() - digits.len();
    let power = exponent - i64::try_from(fraction).ok()? + i64::try_from(zeros).ok()?;
    Some((digits.to_owned(), power))
}

/// A text where the column makes one of it. The texts that SQLite makes of floating numbers are
/// its own, so these stay numbers.
fn as_text(literal: Literal) -> Literal {
    match literal {
        Literal::Boolean(it) => Literal::Text(i64::from(it).to_string()),
        Literal::Integer(it) => Literal::Text(it.to_string()),
        other => other,
    }
}

/// What the text behind `DEFAULT` says, whatever its column makes of it. NULL is an expression.
fn written(text: &str) -> Value {
    let all = tokens(text);
    let (inner, in_parentheses) = match &all[..] {
        [open, inner @ .., close] if open.is("(") && close.is(")") && closes_last(&all) => {
            (inner, true)
        }
        all => (all, false),
    };
    match plain(inner, in_parentheses) {
        Some(literal) => Value::Literal(literal),
        None => Value::Expression(Sql::new(match inner {
            [first, ..] => &text[first.at..inner.last().map_or(first.end(), Token::end)],
            [] => text,
        })),
    }
}

/// Whether the first parenthesis is closed by the last token.
fn closes_last(tokens: &[Token]) -> bool {
    let mut depth = 0;
    tokens.iter().enumerate().all(|(index, token)| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth > 0 || index + 1 == tokens.len()
    })
}

/// The literal these tokens are. Outside of parentheses a name is one too.
fn plain(tokens: &[Token], in_parentheses: bool) -> Option<Literal> {
    match tokens {
        [one] => match one.kind {
            TokenKind::Number => numeral(one.text, false),
            TokenKind::String if one.text.starts_with('\'') => unquote(one.text).map(Literal::Text),
            TokenKind::Word if one.is("TRUE") => Some(Literal::Boolean(true)),
            TokenKind::Word if one.is("FALSE") => Some(Literal::Boolean(false)),
            TokenKind::Word if !in_parentheses && !is_value(one) => {
                Some(Literal::Text(one.text.to_owned()))
            }
            TokenKind::Quoted if !in_parentheses => unquote(one.text).map(Literal::Text),
            _ => None,
        },
        [sign, number] if number.kind == TokenKind::Number => {
            (sign.is("-") || sign.is("+")).then(|| numeral(number.text, sign.is("-")))?
        }
        _ => None,
    }
}

/// The words that are values of their own and no names.
fn is_value(token: &Token) -> bool {
    let words = ["NULL", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"];
    words.iter().any(|word| token.is(word))
}

/// A numeral of SQLite: digits may be parted by `_`, hexadecimal ones are 64 bits.
fn numeral(text: &str, negative: bool) -> Option<Literal> {
    let mut text = text.replace('_', "");
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        let bits = u64::from_str_radix(hex, 16).ok()?.cast_signed();
        return if negative { bits.checked_neg() } else { Some(bits) }.map(Literal::Integer);
    }
    if negative {
        text.insert(0, '-');
    }
    if let Ok(integer) = text.parse() {
        return Some(Literal::Integer(integer));
    }
    text.parse().ok().filter(|it: &f64| it.is_finite()).map(Literal::Float)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn shown(text: &str, ty: &str) -> String {
        match raise(text, &ty.parse().unwrap()) {
            None => "none".to_owned(),
            Some(Value::Literal(literal)) => format!("{literal:?}"),
            Some(Value::Expression(sql)) => sql.text.unwrap(),
        }
    }

    #[test]
    fn a_default_is_read_in_the_terms_of_its_column() {
        for (text, ty, value) in [
            ("1", "boolean", "Boolean(true)"),
            ("'0'", "boolean", "Boolean(false)"),
            ("TRUE", "boolean", "Boolean(true)"),
            ("(false)", "boolean", "Boolean(false)"),
            ("1.0", "boolean", "Boolean(true)"),
            ("2", "boolean", "Integer(2)"),
            ("'true'", "boolean", "Text(\"true\")"),
            ("\"true\"", "boolean", "Text(\"true\")"),
            ("1.0", "integer", "Integer(1)"),
            ("'1.0'", "numeric(10, 2)", "Integer(1)"),
            (" ' 1.50 ' ", "numeric(10, 2)", "Float(1.5)"),
            ("- /* minus */ 1.5e2", "double", "Integer(-150)"),
            ("+7", "integer", "Integer(7)"),
            ("0x1F", "integer", "Integer(31)"),
            ("0xFFFFFFFFFFFFFFFF", "integer", "Integer(-1)"),
            ("1_000", "integer", "Integer(1000)"),
            ("true", "integer", "Integer(1)"),
            ("'abc'", "integer", "Text(\"abc\")"),
            ("9223372036854775807", "big_integer", "Integer(9223372036854775807)"),
            ("-9223372036854775808", "big_integer", "Integer(-9223372036854775808)"),
            ("9223372036854775808", "big_integer", "Float(9.223372036854776e18)"),
            ("'0.12345678901234567890'", "numeric", "Text(\"0.12345678901234567890\")"),
            ("'1e400'", "numeric", "Text(\"1e400\")"),
            ("'inf'", "numeric", "Text(\"inf\")"),
            ("''", "integer", "Text(\"\")"),
            ("1", "string(9)", "Text(\"1\")"),
            ("1.50", "text", "Float(1.5)"),
            ("true", "text", "Text(\"1\")"),
            ("'it''s'", "text", "Text(\"it's\")"),
            ("\"say \"\"hi\"\"\"", "text", "Text(\"say \\\"hi\\\"\")"),
            ("word", "text", "Text(\"word\")"),
            ("[a b]", "enum(a)", "Text(\"a b\")"),
            ("1.0", "large_binary", "Float(1.0)"),
            ("'1'", "large_binary", "Text(\"1\")"),
            ("'2020-01-01'", "date", "Text(\"2020-01-01\")"),
            ("true", "json", "Integer(1)"),
            ("NULL", "text", "none"),
            ("(null)", "integer", "none"),
            ("( NULL -- nothing\n)", "integer", "none"),
            ("current_timestamp", "datetime", "current_timestamp"),
            ("(CURRENT_DATE)", "date", "CURRENT_DATE"),
            ("x'00'", "large_binary", "x'00'"),
            ("-'x'", "text", "-'x'"),
            ("((1))", "integer", "(1)"),
            ("( lower('X') || /* and */ 'y' -- end\n)", "text", "lower('X') || /* and */ 'y'"),
            ("((1) + (2))", "integer", "(1) + (2)"),
            ("(word)", "text", "word"),
            ("(1 + 2)", "integer", "1 + 2"),
            ("(- 1)", "integer", "Integer(-1)"),
        ] {
            assert_eq!(shown(text, ty), value, "{text} of {ty}");
        }
        assert_eq!(raise("'1'", &Type::native("sqlite", "MONEY")), raise("1", &Type::INTEGER));
        assert_eq!(
            raise("1", &Type::native("sqlite", "NTEXT")),
            Some(Value::Literal(Literal::Text("1".to_owned())))
        );
        assert_ne!(
            raise("1", &Type::native("sqlite", "")),
            raise("'1'", &Type::native("sqlite", ""))
        );
    }

    #[test]
    fn a_declared_expression_is_settled_like_one_that_was_found() {
        let settled = |text: &str| settle(&Value::Expression(Sql::new(text)), &Type::INTEGER);
        assert_eq!(settled("1"), Some(Value::Literal(Literal::Integer(1))));
        assert_eq!(settled("NULL"), None);
        assert_eq!(settled("(1 + 2)"), raise("((1 + 2))", &Type::INTEGER));
        assert_eq!(settled("CURRENT_TIMESTAMP"), raise("CURRENT_TIMESTAMP", &Type::INTEGER));
        assert_eq!(settled("random() -- any"), raise("(random())", &Type::INTEGER));
        let mut elsewhere = Sql::default();
        elsewhere.dialects.insert("postgres".to_owned(), "now()".to_owned());
        assert_eq!(settle(&Value::Expression(elsewhere), &Type::INTEGER), None);
    }

    /// Whether two columns of one type store these defaults alike.
    fn stored_alike(ty: &str, a: &str, b: &str) -> bool {
        let db = Connection::open_in_memory().unwrap();
        let table = format!("CREATE TABLE t (a {ty} DEFAULT {a}, b {ty} DEFAULT {b})");
        db.execute_batch(&format!("{table}; INSERT INTO t DEFAULT VALUES")).unwrap();
        let sql = "SELECT a IS b AND typeof(a) = typeof(b) FROM t";
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn any_literal() -> impl Strategy<Value = Literal> {
        prop_oneof![
            any::<bool>().prop_map(Literal::Boolean),
            any::<i64>().prop_map(Literal::Integer),
            (-3..3_i64).prop_map(Literal::Integer),
            any::<f64>().prop_filter("finite", |it| it.is_finite()).prop_map(Literal::Float),
            (-3..3_i32).prop_map(|it| Literal::Float(f64::from(it) / 2.0)),
            "[-+]?[0-9]{0,20}[.]?[0-9]{0,3}(e-?[0-9]{1,3})?".prop_map(Literal::Text),
            ".*".prop_filter("no NUL", |it| !it.contains('\0')).prop_map(Literal::Text),
        ]
    }

    fn any_type() -> impl Strategy<Value = Type> {
        prop::sample::select(vec![
            "boolean",
            "integer",
            "numeric(9, 2)",
            "text",
            "large_binary",
            "json",
        ])
        .prop_map(|it| it.parse().unwrap())
    }

    proptest! {
        #[test]
        fn a_value_comes_back_from_its_text(literal in any_literal(), ty in any_type()) {
            let settled = settle(&Value::Literal(literal.clone()), &ty);
            prop_assert_eq!(raise(&sql(&literal), &ty), settled.clone());
            prop_assert_eq!(raise(&format!("({})", sql(&literal)), &ty), settled.clone());
            prop_assert_eq!(settle(settled.as_ref().unwrap(), &ty), settled);
        }

        #[test]
        fn a_settled_value_is_stored_like_the_first(literal in any_literal(), ty in any_type()) {
            let Some(Value::Literal(settled)) = settle(&Value::Literal(literal.clone()), &ty) else {
                return Err(TestCaseError::fail("a literal stays one"));
            };
            let ty = super::super::types::sql(&ty).unwrap();
            prop_assert!(stored_alike(&ty, &sql(&literal), &sql(&settled)), "{literal:?} became {settled:?}");
        }
    }
}
