//! Whether a literal can be a value of its column's type.
//!
//! Only what no database takes for one is a mistake: `"7"` is an integer, and whether `99999` is
//! too large for one is the database's to say. Expressions are never judged.

use chrono::{NaiveDate, NaiveTime};

use super::reader::{Reader, Span};
use crate::error::{list, nearest};
use crate::schema::{Literal, Type, Value};

impl Reader<'_> {
    /// The literal in `key`, `default` or `fill`, must be a value of the column's type.
    pub(super) fn fits(&mut self, of: &str, key: &str, ty: &Type, value: &Value, at: Span) {
        let Value::Literal(literal) = value else { return };
        if let Type::Enum(values) = ty {
            return self.is_among(key, values, literal, at);
        }
        let Some(kind) = Kind::of(ty).filter(|kind| !kind.takes(literal)) else { return };
        let message = format!("`{key}` of {of} is no {}", kind.word());
        self.mistake(at, message, kind.hint(key, literal));
    }

    fn is_among(&mut self, key: &str, values: &[String], literal: &Literal, at: Span) {
        let text = text(literal);
        if values.contains(&text) {
            return;
        }
        let words = || values.iter().map(String::as_str);
        let hint = match nearest(&text, words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its values are {}", list(words(), "and")),
        };
        self.mistake(at, format!("{key} `{text}` is no value of the enum"), hint);
    }
}

/// Whether the literal can be a value of the type.
pub(in crate::models) fn takes(ty: &Type, literal: &Literal) -> bool {
    match ty {
        Type::Enum(values) => values.contains(&text(literal)),
        _ => Kind::of(ty).is_none_or(|kind| kind.takes(literal)),
    }
}

fn text(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(it) => it.to_string(),
        Literal::Integer(it) => it.to_string(),
        Literal::Float(it) => it.to_string(),
        Literal::Text(it) => it.clone(),
    }
}

/// What a type takes, where that can be told without a database.
#[derive(Clone, Copy)]
enum Kind {
    Boolean,
    Integer,
    Number,
    Date,
    Time,
    DateTime,
}

impl Kind {
    fn of(ty: &Type) -> Option<Kind> {
        match ty {
            Type::Boolean => Some(Kind::Boolean),
            Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => {
                Some(Kind::Integer)
            }
            Type::Float | Type::Double | Type::Numeric { .. } => Some(Kind::Number),
            Type::Date => Some(Kind::Date),
            Type::Time { .. } => Some(Kind::Time),
            Type::DateTime { .. } => Some(Kind::DateTime),
            Type::String(_)
            | Type::Char(_)
            | Type::Text(_)
            | Type::Binary(_)
            | Type::LargeBinary(_)
            | Type::Interval
            | Type::Uuid
            | Type::Json
            | Type::Enum(_)
            | Type::SharedEnum(_)
            | Type::Array(_)
            | Type::Native { .. } => None,
        }
    }

    fn takes(self, literal: &Literal) -> bool {
        match (self, literal) {
            (Kind::Boolean, Literal::Boolean(_) | Literal::Integer(0 | 1)) => true,
            (Kind::Boolean, Literal::Text(text)) => matches!(text.trim_ascii(), "0" | "1"),
            (Kind::Integer, Literal::Integer(_)) => true,
            (Kind::Integer, Literal::Float(number)) => number.fract() == 0.0,
            (Kind::Integer, Literal::Text(text)) => is_whole(text.trim_ascii()),
            (Kind::Number, Literal::Integer(_) | Literal::Float(_)) => true,
            // Digits, and the words for what is not finite.
            (Kind::Number, Literal::Text(text)) => text.trim_ascii().parse::<f64>().is_ok(),
            (Kind::Date | Kind::Time | Kind::DateTime, Literal::Text(text)) => {
                self.may_be(text.trim_ascii())
            }
            _ => false,
        }
    }

    /// Whether the text may be a date or time: databases read more forms than can be listed.
    fn may_be(self, text: &str) -> bool {
        let is_time = NaiveTime::parse_from_str(text, "%H:%M:%S%.f").is_ok();
        let is_date = NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
        let is_other = match self {
            Kind::Time => is_date,
            _ => is_time,
        };
        let digits = text.contains(|c: char| c.is_ascii_digit()) && !is_expression(text);
        !is_other && (digits || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)))
    }

    fn word(self) -> &'static str {
        match self {
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::DateTime => "date and time",
        }
    }

    fn hint(self, key: &str, literal: &Literal) -> String {
        if let Literal::Text(text) = literal {
            if is_expression(text) {
                let text = ::toml::Value::String(text.clone());
                return format!("an expression is written `{key} = {{ sql = {text} }}`");
            }
            if text.eq_ignore_ascii_case("null") {
                return format!("leave `{key}` out");
            }
        }
        let moment = |form: &str, now: &str| {
            format!("write it like `{key} = {form}`, or `{key} = {{ sql = \"{now}\" }}`")
        };
        match (self, literal) {
            (Kind::Boolean, literal) => match meant(literal) {
                Some(it) => format!("write `{key} = {it}`"),
                None => format!("write `{key} = true` or `{key} = false`"),
            },
            (Kind::Integer | Kind::Number, Literal::Boolean(it)) => {
                format!("write `{key} = {}`", i32::from(*it))
            }
            (Kind::Integer, Literal::Float(_)) => {
                "write a whole number, or make the column `numeric`".to_owned()
            }
            (Kind::Integer, _) => format!("write a whole number, like `{key} = 0`"),
            (Kind::Number, _) => format!("write a number, like `{key} = 1.5`"),
            (Kind::Date, _) => moment("2026-01-31", "CURRENT_DATE"),
            (Kind::Time, _) => moment("07:30:00", "CURRENT_TIME"),
            (Kind::DateTime, _) => moment("2026-01-31T07:30:00", "CURRENT_TIMESTAMP"),
        }
    }
}

/// Moments that have no digits, <https://www.postgresql.org/docs/current/datatype-datetime.html>.
/// Those that mean another moment each time they are read are none: a default is read once.
const WORDS: [&str; 4] = ["infinity", "-infinity", "epoch", "allballs"];

/// Digits, of which there may be more than 64 bits hold.
fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text is SQL rather than a value.
fn is_expression(text: &str) -> bool {
    let word = text.trim_ascii().to_ascii_uppercase();
    let is_moment = matches!(
        word.as_str(),
        "CURRENT_DATE" | "CURRENT_TIME" | "CURRENT_TIMESTAMP" | "LOCALTIME" | "LOCALTIMESTAMP"
    );
    is_moment || word.contains('(')
}

/// The truth value that a text most likely means.
fn meant(literal: &Literal) -> Option<bool> {
    let Literal::Text(text) = literal else { return None };
    match text.trim_ascii().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" => Some(true),
        "false" | "f" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}
