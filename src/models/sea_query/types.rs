//! The types of columns.

use std::collections::BTreeMap;

use sea_query::{ColumnType, PgInterval, StringLen};

use super::text;
use crate::schema::{Enum, Name, Size, Type};

/// What MySQL holds where sea-query says `max`.
const MAX: &str = "65535";

/// The type, in the portable words where all databases mean the same, in theirs where one does not.
/// Enums that it names go to `enums`. The mistake says what has no word.
pub(super) fn ty(ty: &ColumnType, enums: &mut Vec<Enum>) -> Result<Type, String> {
    let numeric = |of: &Option<(u32, u32)>| Type::Numeric {
        precision: of.map(|(precision, _)| precision),
        scale: of.map(|(_, scale)| scale),
    };
    let datetime = |tz| Type::DateTime { tz, precision: None };
    Ok(match ty {
        ColumnType::Char(length) => Type::Char(*length),
        ColumnType::String(length) => length_of(*length, "varchar", Type::String),
        ColumnType::VarBinary(length) => length_of(*length, "varbinary", Type::Binary),
        ColumnType::Binary(length) => {
            or("mysql", format!("binary({length})"), Type::Binary(Some(*length)))
        }
        ColumnType::Text => Type::Text(Size::Normal),
        ColumnType::Blob => Type::LargeBinary(Size::Normal),
        ColumnType::TinyInteger => or("mysql", "tinyint", Type::SmallInteger { unsigned: false }),
        ColumnType::SmallInteger => Type::SmallInteger { unsigned: false },
        ColumnType::Integer => Type::INTEGER,
        ColumnType::BigInteger => Type::BigInteger { unsigned: false },
        ColumnType::TinyUnsigned => {
            or("mysql", "tinyint unsigned", Type::SmallInteger { unsigned: false })
        }
        ColumnType::SmallUnsigned => Type::SmallInteger { unsigned: true },
        ColumnType::Unsigned => Type::Integer { unsigned: true },
        ColumnType::BigUnsigned => Type::BigInteger { unsigned: true },
        ColumnType::Float => Type::Float,
        ColumnType::Double => Type::Double,
        ColumnType::Decimal(of) => numeric(of),
        ColumnType::Money(of) => or("postgres", "money", numeric(of)),
        ColumnType::DateTime => datetime(false),
        ColumnType::Timestamp => or("mysql", "timestamp", datetime(false)),
        ColumnType::TimestampWithTimeZone => datetime(true),
        ColumnType::Time => Type::Time { precision: None },
        ColumnType::Date => Type::Date,
        ColumnType::Year => or("mysql", "year", Type::SmallInteger { unsigned: false }),
        ColumnType::Interval(None, None) => Type::Interval,
        ColumnType::Interval(fields, precision) => {
            or("postgres", interval(fields.as_ref(), *precision), Type::Interval)
        }
        ColumnType::Bit(length) => {
            let word = length.map_or("bit".to_owned(), |it| format!("bit({it})"));
            only(&[("postgres", &word), ("mysql", &word)])
        }
        ColumnType::VarBit(length) => {
            let (varbit, bit) = (format!("varbit({length})"), format!("bit({length})"));
            only(&[("postgres", &varbit), ("mysql", &bit)])
        }
        ColumnType::Boolean => Type::Boolean,
        ColumnType::Json => or("postgres", "json", Type::Json),
        ColumnType::JsonBinary => or("postgres", "jsonb", Type::Json),
        // As its values are sent there.
        ColumnType::Uuid => or("mysql", "binary(16)", Type::Uuid),
        ColumnType::Custom(word) => {
            let word = text(word);
            only(&[("sqlite", &word), ("postgres", &word), ("mysql", &word)])
        }
        ColumnType::Enum { name, variants } => {
            let name = Name::new(text(name));
            let values = variants.iter().map(text).collect();
            enums.push(Enum { name: name.clone(), values });
            Type::SharedEnum(name)
        }
        ColumnType::Array(inner) => Type::Array(Box::new(self::ty(inner, enums)?)),
        ColumnType::Vector(None) => Type::native("postgres", "vector"),
        ColumnType::Vector(Some(length)) => Type::native("postgres", format!("vector({length})")),
        ColumnType::Cidr => Type::native("postgres", "cidr"),
        ColumnType::Inet => Type::native("postgres", "inet"),
        ColumnType::MacAddr => Type::native("postgres", "macaddr"),
        ColumnType::LTree => Type::native("postgres", "ltree"),
        other => return Err(format!("no word for the type {other:?}")),
    })
}

/// A type that one database calls by another word.
fn or(dialect: &str, word: impl Into<String>, default: Type) -> Type {
    let dialects = BTreeMap::from([(dialect.to_owned(), word.into())]);
    Type::Native { dialects, default: Some(Box::new(default)) }
}

/// A type that only some databases have.
fn only(words: &[(&str, &str)]) -> Type {
    let words = words.iter().map(|(dialect, word)| ((*dialect).to_owned(), (*word).to_owned()));
    Type::Native { dialects: words.collect(), default: None }
}

fn length_of(length: StringLen, word: &str, ty: fn(Option<u32>) -> Type) -> Type {
    match length {
        StringLen::N(length) => ty(Some(length)),
        StringLen::None => ty(None),
        StringLen::Max => or("mysql", format!("{word}({MAX})"), ty(None)),
    }
}

fn interval(fields: Option<&PgInterval>, precision: Option<u32>) -> String {
    let fields = fields.map(|it| format!(" {it}").to_lowercase()).unwrap_or_default();
    let precision = precision.map(|it| format!("({it})")).unwrap_or_default();
    format!("interval{fields}{precision}")
}
