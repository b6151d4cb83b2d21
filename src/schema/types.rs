//! The portable types and their text.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::sql::{Token, TokenKind, said_to, tokens};
use super::{Name, NameError};

/// What a column holds, in words that mean the same to every dialect.
///
/// Its text (`Display`, `FromStr`) is what models and scripts say: `string(64)`,
/// `numeric(10, 2)`, `enum(draft, published)`, `array(integer)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `small_integer`: two bytes.
    SmallInteger {
        /// `small_integer unsigned`.
        unsigned: bool,
    },
    /// `integer`: four bytes.
    Integer {
        /// `integer unsigned`.
        unsigned: bool,
    },
    /// `big_integer`: eight bytes.
    BigInteger {
        /// `big_integer unsigned`.
        unsigned: bool,
    },
    /// `boolean`.
    Boolean,
    /// `float`: four bytes.
    Float,
    /// `double`: eight bytes.
    Double,
    /// `numeric(precision, scale)`: exact decimal digits.
    Numeric {
        /// All digits.
        precision: Option<u32>,
        /// The digits behind the point; only with a precision.
        scale: Option<u32>,
    },
    /// `string(n)`: at most `n` characters.
    String(Option<u32>),
    /// `char(n)`: exactly `n` characters, padded.
    Char(Option<u32>),
    /// `text`, `text(tiny)`, `text(medium)`, `text(long)`.
    Text(Size),
    /// `binary(n)`: at most `n` bytes.
    Binary(Option<u32>),
    /// `large_binary`, and with the sizes of `text`.
    LargeBinary(Size),
    /// `date`.
    Date,
    /// `time`, `time(3)`: a time of day.
    Time {
        /// Digits of a second's fraction.
        precision: Option<u32>,
    },
    /// `datetime`, `datetime(tz)`, `datetime(6)`, `datetime(tz, 6)`.
    DateTime {
        /// An instant rather than a reading of a clock.
        tz: bool,
        /// Digits of a second's fraction.
        precision: Option<u32>,
    },
    /// `interval`: a length of time.
    Interval,
    /// `uuid`.
    Uuid,
    /// `json`.
    Json,
    /// `enum(draft, published)`: one of these texts.
    Enum(Vec<String>),
    /// `enum mood`: an enum that several tables share, declared under its own name.
    SharedEnum(Name),
    /// `array(integer)`.
    Array(Box<Type>),
    /// The databases' own words: `{ postgres = "inet", default = "string(45)" }`.
    Native {
        /// The type's text for each dialect.
        dialects: BTreeMap<String, String>,
        /// What the other dialects use; `None` makes the type an error there.
        default: Option<Box<Type>>,
    },
}

/// How deep arrays may be nested, as in PostgreSQL (`MAXDIM`); reading them is recursive.
const DEPTH: usize = 6;

/// How much a `text` or `large_binary` may hold, where the database counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// Up to 255 bytes.
    Tiny,
    /// The database's ordinary size.
    #[default]
    Normal,
    /// Up to 16 MiB.
    Medium,
    /// Up to 4 GiB.
    Long,
}

impl Type {
    /// Every portable word a type's text may begin with, for messages.
    pub const WORDS: [&str; 21] = [
        "integer",
        "small_integer",
        "big_integer",
        "boolean",
        "float",
        "double",
        "numeric",
        "string",
        "char",
        "text",
        "binary",
        "large_binary",
        "date",
        "time",
        "datetime",
        "interval",
        "uuid",
        "json",
        "enum",
        "array",
        "unsigned",
    ];

    /// `integer`, signed.
    pub const INTEGER: Type = Type::Integer { unsigned: false };

    /// A type in the words of one dialect.
    pub fn native(dialect: &str, text: impl Into<String>) -> Type {
        let dialects = BTreeMap::from([(dialect.to_owned(), text.into())]);
        Type::Native { dialects, default: None }
    }

    /// What the dialect called `dialect` is asked for: its own words, or the portable type.
    /// `Err` holds a native type that has nothing for this dialect.
    pub fn of(&self, dialect: &str) -> Result<TypeOf<'_>, &Type> {
        match self {
            Type::Native { dialects, default } => match (said_to(dialects, dialect), default) {
                (Some(text), _) => Ok(TypeOf::Native(text)),
                (None, Some(default)) => default.of(dialect),
                (None, None) => Err(self),
            },
            portable => Ok(TypeOf::Portable(portable)),
        }
    }

    /// Whether this is one of the three integer types.
    pub fn is_integer(&self) -> bool {
        matches!(self, Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. })
    }
}

/// A type as one dialect sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TypeOf<'a> {
    /// A portable type; never `Type::Native`.
    Portable(&'a Type),
    /// The dialect's own words.
    Native(&'a str),
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let integer = |f: &mut fmt::Formatter<'_>, word: &str, unsigned: bool| {
            write!(f, "{word}{}", if unsigned { " unsigned" } else { "" })
        };
        let length = |f: &mut fmt::Formatter<'_>, word: &str, n: &Option<u32>| match n {
            Some(n) => write!(f, "{word}({n})"),
            None => f.write_str(word),
        };
        let sized = |f: &mut fmt::Formatter<'_>, word: &str, size: Size| match size {
            Size::Tiny => write!(f, "{word}(tiny)"),
            Size::Normal => f.write_str(word),
            Size::Medium => write!(f, "{word}(medium)"),
            Size::Long => write!(f, "{word}(long)"),
        };
        match self {
            Type::SmallInteger { unsigned } => integer(f, "small_integer", *unsigned),
            Type::Integer { unsigned } => integer(f, "integer", *unsigned),
            Type::BigInteger { unsigned } => integer(f, "big_integer", *unsigned),
            Type::Boolean => f.write_str("boolean"),
            Type::Float => f.write_str("float"),
            Type::Double => f.write_str("double"),
            Type::Numeric { precision: Some(p), scale: Some(s) } => write!(f, "numeric({p}, {s})"),
            Type::Numeric { precision, .. } => length(f, "numeric", precision),
            Type::String(n) => length(f, "string", n),
            Type::Char(n) => length(f, "char", n),
            Type::Text(size) => sized(f, "text", *size),
            Type::Binary(n) => length(f, "binary", n),
            Type::LargeBinary(size) => sized(f, "large_binary", *size),
            Type::Date => f.write_str("date"),
            Type::Time { precision } => length(f, "time", precision),
            Type::DateTime { tz: false, precision } => length(f, "datetime", precision),
            Type::DateTime { tz: true, precision: None } => f.write_str("datetime(tz)"),
            Type::DateTime { tz: true, precision: Some(p) } => write!(f, "datetime(tz, {p})"),
            Type::Interval => f.write_str("interval"),
            Type::Uuid => f.write_str("uuid"),
            Type::Json => f.write_str("json"),
            Type::Enum(values) => {
                let values: Vec<_> = values.iter().map(|value| enum_value(value)).collect();
                write!(f, "enum({})", values.join(", "))
            }
            Type::SharedEnum(name) => write!(f, "enum {}", shared_enum(name)),
            Type::Array(item) => write!(f, "array({item})"),
            Type::Native { dialects, default } => {
                let mut words: Vec<_> =
                    dialects.iter().map(|(dialect, text)| format!("{dialect}: {text}")).collect();
                words.extend(default.iter().map(|default| format!("default: {default}")));
                f.write_str(&words.join(", "))
            }
        }
    }
}

/// The text of a name behind the word `enum`: in quotes where it would be taken for a list of
/// values or lose blanks at its ends.
fn shared_enum(name: &Name) -> String {
    let text = name.to_string();
    if text == text.trim() && !tokens(&text).first().is_some_and(|token| token.is("(")) {
        return text;
    }
    let quoted = |part: &String| format!("\"{}\"", part.replace('"', "\"\""));
    let parts: Vec<_> = name.schema.iter().chain([&name.name]).map(quoted).collect();
    parts.join(".")
}

fn enum_value(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let digit = |c: char| c.is_ascii_digit();
    if !value.is_empty() && value.chars().all(plain) && !value.starts_with(digit) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', "''"))
    }
}

/// The text is no portable type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypeError {
    /// The word is not one of `Type::WORDS`.
    #[error("unknown type `{word}`")]
    Unknown {
        /// The word as written.
        word: String,
    },
    /// The word is right, what follows it is not.
    #[error("`{text}` is not a form of `{word}`")]
    Form {
        /// The whole text.
        text: String,
        /// The type's word.
        word: String,
        /// The forms it has.
        forms: &'static str,
    },
}

impl TypeError {
    /// What the person who wrote the text can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            TypeError::Unknown { word } => Some(match portable_word(word) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "for a type of one database write `{ postgres = \"inet\", default = \"string(45)\" }`".to_owned(),
            }),
            TypeError::Form { forms, .. } => Some(format!("it is written {forms}")),
        }
    }
}

/// The portable word for what databases call a type, or for a misspelt one.
fn portable_word(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "int" | "int4" | "mediumint" => "integer",
        "smallint" | "int2" | "tinyint" => "small_integer",
        "bigint" | "int8" | "long" => "big_integer",
        "bool" => "boolean",
        "real" | "float4" => "float",
        "float8" => "double",
        "decimal" | "number" | "money" => "numeric",
        "varchar" | "nvarchar" | "varchar2" | "str" => "string",
        "clob" => "text",
        "varbinary" => "binary",
        "blob" | "bytea" | "bytes" => "large_binary",
        "timestamp" => "datetime",
        "timestamptz" => "datetime(tz)",
        "guid" => "uuid",
        "jsonb" => "json",
        other => return crate::error::nearest(other, Type::WORDS),
    })
}

impl FromStr for Type {
    type Err = TypeError;

    fn from_str(text: &str) -> Result<Type, TypeError> {
        let all = tokens(text);
        let Some(first) = all.first().filter(|token| token.kind == TokenKind::Word) else {
            return Err(TypeError::Unknown { word: text.to_owned() });
        };
        let word = first.text;
        let form = |forms| TypeError::Form { text: text.to_owned(), word: word.to_owned(), forms };
        let rest = &all[1..];
        let plain =
            |ty: Type| if rest.is_empty() { Ok(ty) } else { Err(form("without parentheses")) };
        let integer = |build: fn(bool) -> Type, forms| match rest {
            [] => Ok(build(false)),
            [unsigned] if unsigned.is("unsigned") => Ok(build(true)),
            _ => Err(form(forms)),
        };
        let numbers =
            || -> Option<Vec<u32>> { arguments(rest)?.iter().map(|it| number(it)).collect() };
        let length = |build: fn(Option<u32>) -> Type, forms| match numbers().as_deref() {
            Some([]) => Ok(build(None)),
            Some([n]) => Ok(build(Some(*n))),
            _ => Err(form(forms)),
        };
        let sized = |build: fn(Size) -> Type, forms| match arguments(rest).as_deref() {
            Some([]) => Ok(build(Size::Normal)),
            Some([[size]]) if size.is("tiny") => Ok(build(Size::Tiny)),
            Some([[size]]) if size.is("medium") => Ok(build(Size::Medium)),
            Some([[size]]) if size.is("long") => Ok(build(Size::Long)),
            _ => Err(form(forms)),
        };
        match word {
            "small_integer" => integer(
                |unsigned| Type::SmallInteger { unsigned },
                "`small_integer` or `small_integer unsigned`",
            ),
            "integer" => {
                integer(|unsigned| Type::Integer { unsigned }, "`integer` or `integer unsigned`")
            }
            "big_integer" => integer(
                |unsigned| Type::BigInteger { unsigned },
                "`big_integer` or `big_integer unsigned`",
            ),
            "boolean" => plain(Type::Boolean),
            "float" => plain(Type::Float),
            "double" => plain(Type::Double),
            "numeric" => match numbers().as_deref() {
                Some([]) => Ok(Type::Numeric { precision: None, scale: None }),
                Some([p]) => Ok(Type::Numeric { precision: Some(*p), scale: None }),
                Some([p, s]) => Ok(Type::Numeric { precision: Some(*p), scale: Some(*s) }),
                _ => Err(form("`numeric`, `numeric(10)` or `numeric(10, 2)`")),
            },
            "string" => length(Type::String, "`string(64)`"),
            "char" => length(Type::Char, "`char(2)`"),
            "text" => sized(Type::Text, "`text`, `text(tiny)`, `text(medium)` or `text(long)`"),
            "binary" => length(Type::Binary, "`binary(16)`"),
            "large_binary" => {
                sized(Type::LargeBinary, "`large_binary`, or with `(tiny)`, `(medium)` or `(long)`")
            }
            "date" => plain(Type::Date),
            "time" => length(|precision| Type::Time { precision }, "`time` or `time(3)`"),
            "datetime" => {
                let forms = "`datetime`, `datetime(6)`, `datetime(tz)` or `datetime(tz, 6)`";
                let arguments = arguments(rest).ok_or_else(|| form(forms))?;
                let (tz, digits) = match &arguments[..] {
                    [[tz], rest @ ..] if tz.is("tz") => (true, rest),
                    all => (false, all),
                };
                let precision = match digits {
                    [] => None,
                    [one] => Some(number(one).ok_or_else(|| form(forms))?),
                    _ => return Err(form(forms)),
                };
                Ok(Type::DateTime { tz, precision })
            }
            "interval" => plain(Type::Interval),
            "uuid" => plain(Type::Uuid),
            "json" => plain(Type::Json),
            "enum" => {
                let forms = "`enum(draft, published)`, or `enum mood` for a shared one";
                if rest.first().is_some_and(|token| token.is("(")) {
                    let values = arguments(rest).ok_or_else(|| form(forms))?;
                    let values: Option<Vec<String>> = values.iter().map(|it| value(it)).collect();
                    match values {
                        Some(values) if !values.is_empty() => Ok(Type::Enum(values)),
                        _ => Err(form(forms)),
                    }
                } else {
                    let name = text[first.end()..].trim().parse();
                    name.map(Type::SharedEnum).map_err(|_: NameError| form(forms))
                }
            }
            "array" => {
                let forms = "`array(integer)`: a portable type in parentheses, at most six deep";
                if text.matches("array").count() > DEPTH {
                    return Err(form(forms));
                }
                let inner = text[first.end()..].trim().strip_prefix('(');
                let inner = inner.and_then(|it| it.strip_suffix(')')).ok_or_else(|| form(forms))?;
                Ok(Type::Array(Box::new(inner.parse()?)))
            }
            _ => Err(TypeError::Unknown { word: word.to_owned() }),
        }
    }
}

/// The tokens between parentheses, parted at commas; no parentheses are no arguments.
fn arguments<'a, 't>(tokens: &'a [Token<'t>]) -> Option<Vec<&'a [Token<'t>]>> {
    match tokens {
        [] => Some(Vec::new()),
        [open, inner @ .., close] if open.is("(") && close.is(")") => {
            let parts: Vec<_> = inner.split(|token| token.is(",")).collect();
            (!parts.iter().any(|part| part.is_empty())).then_some(parts)
        }
        _ => None,
    }
}

fn number(tokens: &[Token]) -> Option<u32> {
    match tokens {
        [token] if token.kind == TokenKind::Number => token.text.parse().ok(),
        _ => None,
    }
}

/// One value of an enum: a quoted string, or plain words with `-`, blanks and dots in them.
fn value(tokens: &[Token]) -> Option<String> {
    match tokens {
        [token] if token.kind == TokenKind::String => {
            let inner = token.text.strip_prefix('\'')?.strip_suffix('\'')?;
            Some(inner.replace("''", "'"))
        }
        [token] if token.kind == TokenKind::Word => Some(token.text.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_back_from_their_text() {
        for text in [
            "integer",
            "integer unsigned",
            "small_integer",
            "big_integer unsigned",
            "boolean",
            "float",
            "double",
            "numeric",
            "numeric(10)",
            "numeric(10, 2)",
            "string",
            "string(64)",
            "char(2)",
            "text",
            "text(tiny)",
            "text(medium)",
            "text(long)",
            "binary(16)",
            "large_binary",
            "large_binary(long)",
            "date",
            "time",
            "time(3)",
            "datetime",
            "datetime(6)",
            "datetime(tz)",
            "datetime(tz, 6)",
            "interval",
            "uuid",
            "json",
            "enum(draft, published)",
            "enum('it''s', 'a, b', 'é è', naïve, '1')",
            "enum mood",
            "enum app.mood",
            "enum \" mood\"",
            "enum \"(mood\"",
            "enum \"--\n(mood\"",
            "array(integer)",
            "array(array(numeric(10, 2)))",
        ] {
            let ty: Type = text.parse().unwrap_or_else(|err| panic!("{text}: {err}"));
            assert_eq!(ty.to_string(), text);
        }
    }

    #[test]
    fn mistakes_say_what_would_be_right() {
        let hint = |text: &str| {
            let err = text.parse::<Type>().unwrap_err();
            format!("{err}; {}", err.hint().unwrap_or_default())
        };
        assert_eq!(hint("strng(64)"), "unknown type `strng`; did you mean `string`?");
        assert_eq!(hint("VARCHAR(64)"), "unknown type `VARCHAR`; did you mean `string`?");
        assert_eq!(
            hint("string(x)"),
            "`string(x)` is not a form of `string`; it is written `string(64)`"
        );
        assert_eq!(
            hint("boolean(1)"),
            "`boolean(1)` is not a form of `boolean`; it is written without parentheses"
        );
        for text in
            ["", "(", "string(", "string(64", "numeric(1,2,3)", "string(-1)", "enum()", "array"]
        {
            assert!(text.parse::<Type>().is_err(), "{text}");
        }
        assert!(
            format!("{}text{}", "array(".repeat(9999), ")".repeat(9999)).parse::<Type>().is_err()
        );
    }
}
