//! How the values of a column become those of another type.
//!
//! `ALTER COLUMN ... TYPE` finds implicit and assignment casts itself, and must be told the others:
//! <https://www.postgresql.org/docs/current/sql-createcast.html>. This is what `pg_cast` holds.

use crate::dialect::postgres::types::{self, quote};
use crate::schema::{Column, Table, Type};

/// What a type is to casts.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    SmallInt,
    Integer,
    BigInt,
    /// `numeric`, `real`, `double precision`.
    Number,
    Boolean,
    Text,
    Bytea,
    Date,
    Time,
    Timestamp,
    Interval,
    Uuid,
    Json,
    Jsonb,
    Array(Box<Kind>),
    /// A network address, with or without its host.
    Network,
    /// Any other, by its name without what stands in parentheses.
    Other(String),
    /// An enum, or another type of somebody's own.
    Own(String),
}

/// How a column gets from one type to another.
pub(super) struct Cast {
    from: Kind,
    to: Kind,
    /// The column, quoted.
    column: String,
    /// The type that it gets, as DDL spells it.
    ty: String,
}

impl Cast {
    /// From the type of `from` to that of `to`.
    pub(super) fn of(from: &Column, to: &Column) -> Cast {
        let spelled = |it: &Column| types::column_sql(&Table::default(), it).unwrap_or_default();
        let (old, ty) = (spelled(from), spelled(to));
        Cast { from: kind(&old), to: kind(&ty), column: quote(&to.name), ty }
    }

    /// Whether PostgreSQL makes of the old default what it would make of the new one.
    pub(super) fn keeps_default(&self) -> bool {
        self.from == self.to
    }

    /// The expression behind `USING`, where there must be one.
    pub(super) fn using(&self) -> Option<String> {
        if is_assigned(&self.from, &self.to) {
            return None;
        }
        let (column, ty) = (&self.column, &self.ty);
        let is_number = |kind: &Kind| {
            matches!(kind, Kind::SmallInt | Kind::Integer | Kind::BigInt | Kind::Number)
        };
        Some(match (&self.from, &self.to) {
            (from, Kind::Boolean) if is_number(from) => format!("{column} <> 0"),
            // Only `integer` is cast from and to a truth.
            (Kind::Boolean, to) if is_number(to) && *to != Kind::Integer => {
                format!("{column}::integer::{ty}")
            }
            (Kind::Uuid, Kind::Bytea) => format!("uuid_send({column})"),
            (Kind::Bytea, Kind::Uuid) => format!("encode({column}, 'hex')::{ty}"),
            (Kind::Bytea, Kind::Text) => format!("convert_from({column}, 'UTF8')"),
            (Kind::Bytea, Kind::Json | Kind::Jsonb) => {
                format!("convert_from({column}, 'UTF8')::{ty}")
            }
            (Kind::Text, Kind::Bytea) => format!("convert_to({column}, 'UTF8')"),
            (Kind::Text, _) => format!("{column}::{ty}"),
            (_, Kind::Json) => format!("to_json({column})"),
            (_, Kind::Jsonb) => format!("to_jsonb({column})"),
            (Kind::Array(_), Kind::Array(_)) => format!("{column}::text[]::{ty}"),
            (from, Kind::Array(to)) if is_assigned(from, to) => {
                format!("CASE WHEN {column} IS NOT NULL THEN ARRAY[{column}]::{ty} END")
            }
            (_, Kind::Array(_)) => {
                format!("CASE WHEN {column} IS NOT NULL THEN ARRAY[{column}::text]::{ty} END")
            }
            (Kind::Json | Kind::Jsonb, _) => format!("({column} #>> '{{}}')::{ty}"),
            (_, Kind::Bytea) => format!("convert_to({column}::text, 'UTF8')"),
            (Kind::Bytea, _) => format!("convert_from({column}, 'UTF8')::{ty}"),
            (Kind::Boolean, Kind::Integer) => format!("{column}::{ty}"),
            // Whatever casts these have, the server knows them.
            (Kind::Other(_), to) if !matches!(to, Kind::Own(_)) => format!("{column}::{ty}"),
            (from, Kind::Other(_)) if !matches!(from, Kind::Own(_)) => format!("{column}::{ty}"),
            // Nothing leads from one to the other but what their values are as a text.
            _ => format!("{column}::text::{ty}"),
        })
    }
}

/// Whether a value of one kind is stored as one of the other without a word.
fn is_assigned(from: &Kind, to: &Kind) -> bool {
    use Kind::*;
    match (from, to) {
        (a, b) if a == b => true,
        (SmallInt | Integer | BigInt | Number, SmallInt | Integer | BigInt | Number) => true,
        // Every value has a text; that of a `bytea` is not its bytes.
        (Bytea, Text) => false,
        (_, Text) => true,
        (Date, Timestamp) | (Timestamp, Date | Time) => true,
        (Time, Interval) | (Interval, Time) => true,
        (Json, Jsonb) | (Jsonb, Json) => true,
        (Array(a), Array(b)) => is_assigned(a, b),
        _ => false,
    }
}

fn kind(ty: &str) -> Kind {
    match types::raise(ty) {
        Type::SmallInteger { .. } => Kind::SmallInt,
        Type::Integer { .. } => Kind::Integer,
        Type::BigInteger { .. } => Kind::BigInt,
        Type::Float | Type::Double | Type::Numeric { .. } => Kind::Number,
        Type::Boolean => Kind::Boolean,
        Type::String(_) | Type::Char(_) | Type::Text(_) => Kind::Text,
        Type::Binary(_) | Type::LargeBinary(_) => Kind::Bytea,
        Type::Date => Kind::Date,
        Type::Time { .. } => Kind::Time,
        Type::DateTime { .. } => Kind::Timestamp,
        Type::Interval => Kind::Interval,
        Type::Uuid => Kind::Uuid,
        Type::Json => Kind::Json,
        Type::Array(of) => match types::sql(&of) {
            Ok(of) => Kind::Array(Box::new(kind(&of))),
            Err(_) => Kind::Other(ty.to_owned()),
        },
        Type::Enum(_) | Type::SharedEnum(_) | Type::Native { .. } => native(ty),
    }
}

fn native(ty: &str) -> Kind {
    if let Some(of) = ty.trim_end().strip_suffix("[]") {
        return Kind::Array(Box::new(kind(of)));
    }
    let name = ty.split_once('(').map_or(ty, |(name, _)| name).trim().to_lowercase();
    match name.as_str() {
        "jsonb" => Kind::Jsonb,
        "inet" | "cidr" => Kind::Network,
        "citext" | "name" | "bpchar" => Kind::Text,
        _ if ty.contains('"') => Kind::Own(ty.to_owned()),
        _ => Kind::Other(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_said() {
        let cases = [
            ("integer", "big_integer", None),
            ("numeric(10, 2)", "small_integer", None),
            ("string(10)", "text", None),
            ("integer", "text", None),
            ("date", "datetime(tz)", None),
            ("datetime(tz)", "date", None),
            ("time", "interval", None),
            ("array(integer)", "array(big_integer)", None),
            ("array(integer)", "text", None),
            ("enum mood", "string(20)", None),
            ("text", "integer", Some("\"a\"::integer")),
            ("string(20)", "date", Some("\"a\"::date")),
            ("text", "json", Some("\"a\"::json")),
            ("text", "uuid", Some("\"a\"::uuid")),
            ("text", "enum mood", Some("\"a\"::\"mood\"")),
            ("text", "large_binary", Some("convert_to(\"a\", 'UTF8')")),
            ("large_binary", "text", Some("convert_from(\"a\", 'UTF8')")),
            ("text", "array(integer)", Some("\"a\"::integer[]")),
            ("integer", "boolean", Some("\"a\" <> 0")),
            ("big_integer", "boolean", Some("\"a\" <> 0")),
            ("boolean", "integer", Some("\"a\"::integer")),
            ("boolean", "big_integer", Some("\"a\"::integer::bigint")),
            ("integer", "json", Some("to_json(\"a\")")),
            ("json", "integer", Some("(\"a\" #>> '{}')::integer")),
            ("uuid", "large_binary", Some("uuid_send(\"a\")")),
            ("large_binary", "uuid", Some("encode(\"a\", 'hex')::uuid")),
            (
                "integer",
                "array(integer)",
                Some("CASE WHEN \"a\" IS NOT NULL THEN ARRAY[\"a\"]::integer[] END"),
            ),
            ("array(text)", "array(integer)", Some("\"a\"::text[]::integer[]")),
            ("enum mood", "enum temper", Some("\"a\"::text::\"temper\"")),
            ("array(enum mood)", "array(enum temper)", Some("\"a\"::text[]::\"temper\"[]")),
            ("enum mood", "integer", Some("\"a\"::text::integer")),
            (
                "enum mood",
                "array(enum temper)",
                Some("CASE WHEN \"a\" IS NOT NULL THEN ARRAY[\"a\"::text]::\"temper\"[] END"),
            ),
            ("large_binary", "json", Some("convert_from(\"a\", 'UTF8')::json")),
            ("integer", "large_binary", Some("convert_to(\"a\"::text, 'UTF8')")),
        ];
        for (from, to, using) in cases {
            let column = |ty: &str| Column::new("a", ty.parse().unwrap());
            let found = Cast::of(&column(from), &column(to)).using();
            assert_eq!(found.as_deref(), using, "{from} to {to}");
        }
    }
}
