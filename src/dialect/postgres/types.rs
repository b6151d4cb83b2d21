//! The portable types in PostgreSQL's words and back.

use super::lexer::{Token, TokenKind, tokens};
use crate::dialect::Unsupported;
use crate::schema::{Column, Name, Size, Table, Type, TypeOf};

/// The most digits of a second's fraction:
/// <https://www.postgresql.org/docs/current/datatype-datetime.html>.
const FRACTION: u32 = 6;

/// Spells a type as DDL does.
///
/// # Errors
/// When PostgreSQL has no such type.
pub fn sql(ty: &Type) -> Result<String, Unsupported> {
    let portable = match ty.of("postgres").map_err(unnamed)? {
        TypeOf::Native(text) => return Ok(text.to_owned()),
        TypeOf::Portable(portable) => portable,
    };
    let length = |word: &str, n: &Option<u32>| match n {
        Some(n) => format!("{word}({n})"),
        None => word.to_owned(),
    };
    Ok(match portable {
        Type::SmallInteger { unsigned: false } => "smallint".to_owned(),
        // The next larger type holds every number of an unsigned one.
        Type::SmallInteger { unsigned: true } | Type::Integer { unsigned: false } => {
            "integer".to_owned()
        }
        Type::Integer { unsigned: true } | Type::BigInteger { unsigned: false } => {
            "bigint".to_owned()
        }
        Type::BigInteger { unsigned: true } => "numeric(20, 0)".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Float => "real".to_owned(),
        Type::Double => "double precision".to_owned(),
        Type::Numeric { precision: Some(p), scale: Some(s) } => format!("numeric({p}, {s})"),
        Type::Numeric { precision, .. } => length("numeric", precision),
        Type::String(n) => length("varchar", n),
        Type::Char(n) => length("char", n),
        Type::Text(_) => "text".to_owned(),
        Type::Binary(_) | Type::LargeBinary(_) => "bytea".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time { precision } => length("time", &fraction(precision)?),
        Type::DateTime { tz: false, precision } => length("timestamp", &fraction(precision)?),
        Type::DateTime { tz: true, precision } => length("timestamptz", &fraction(precision)?),
        Type::Interval => "interval".to_owned(),
        Type::Uuid => "uuid".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Enum(values) => format!("varchar({})", longest(values)),
        Type::SharedEnum(name) => self::name(name),
        Type::Array(of) => match of.of("postgres").map_err(unnamed)? {
            TypeOf::Portable(of @ Type::Array(_)) => sql(of)?,
            TypeOf::Portable(Type::Enum(_)) => {
                return Err(Unsupported::new(
                    "PostgreSQL checks no values within an array",
                    "declare the enum under `[enums]`, and the column as `array(enum mood)`"
                        .to_owned(),
                ));
            }
            _ => format!("{}[]", sql(of)?),
        },
        // `Type::of` gives no native type as a portable one.
        Type::Native { .. } => return Err(unnamed(portable)),
    })
}

/// Spells the type of a column of `table`. One that numbers itself counts no further than a
/// `bigint`.
///
/// # Errors
/// As [`sql`].
pub fn column_sql(table: &Table, column: &Column) -> Result<String, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: Some(table.name.clone()),
        column: Some(column.name.clone()),
        ..error
    };
    match column.ty.of("postgres") {
        Ok(TypeOf::Portable(Type::BigInteger { unsigned: true })) if column.identity.is_some() => {
            Ok("bigint".to_owned())
        }
        _ => sql(&column.ty).map_err(about),
    }
}

fn fraction(precision: &Option<u32>) -> Result<Option<u32>, Unsupported> {
    match precision {
        Some(digits) if *digits > FRACTION => Err(Unsupported::new(
            format!("PostgreSQL keeps {FRACTION} digits of a second, not {digits}"),
            format!("write {FRACTION}, or leave it out"),
        )),
        _ => Ok(*precision),
    }
}

fn unnamed(ty: &Type) -> Unsupported {
    Unsupported::new(
        format!("the type `{ty}` names none for PostgreSQL"),
        "add `postgres = \"...\"` or `default = \"string(45)\"` to it".to_owned(),
    )
}

fn longest(values: &[String]) -> usize {
    values.iter().map(|value| value.chars().count()).max().unwrap_or_default().max(1)
}

/// The portable type that a type's text stands for, or the text itself as a native type. Reads
/// what `format_type` writes, and the synonyms that people write.
pub fn raise(text: &str) -> Type {
    portable(text).unwrap_or_else(|| Type::native("postgres", text))
}

fn portable(text: &str) -> Option<Type> {
    let tokens: Vec<Token> = tokens(text).collect();
    if let [element @ .., open, close] = &tokens[..]
        && open.is("[")
        && close.is("]")
        && !element.is_empty()
    {
        return match raise(&text[..open.at]) {
            // Arrays are of any number of dimensions.
            of @ Type::Array(_) => Some(of),
            // An array that is no portable type is one in the words of PostgreSQL.
            Type::Native { .. } => None,
            of => Some(Type::Array(Box::new(of))),
        };
    }
    let mut words = Vec::new();
    let mut numbers = Vec::new();
    let mut within = false;
    for token in &tokens {
        match token.kind {
            TokenKind::Word if !within => words.push(token.text.to_lowercase()),
            TokenKind::Number if within => numbers.push(token.text.parse().ok()?),
            TokenKind::Symbol if token.is("(") && numbers.is_empty() && !within => within = true,
            TokenKind::Symbol if token.is(")") && within => within = false,
            TokenKind::Symbol if token.is(",") && within => {}
            _ => return None,
        }
    }
    let one = || numbers.first().copied();
    Some(match (&*words.join(" "), &numbers[..]) {
        ("smallint" | "int2", []) => Type::SmallInteger { unsigned: false },
        ("integer" | "int" | "int4", []) => Type::INTEGER,
        ("bigint" | "int8", []) => Type::BigInteger { unsigned: false },
        ("boolean" | "bool", []) => Type::Boolean,
        ("real" | "float4", []) => Type::Float,
        ("double precision" | "float8" | "float", []) => Type::Double,
        ("numeric" | "decimal", []) => Type::Numeric { precision: None, scale: None },
        ("numeric" | "decimal", [p]) => Type::Numeric { precision: Some(*p), scale: Some(0) },
        ("numeric" | "decimal", [p, s]) => Type::Numeric { precision: Some(*p), scale: Some(*s) },
        ("character varying" | "varchar", [] | [_]) => Type::String(one()),
        ("character" | "char", []) => Type::Char(Some(1)),
        ("character" | "char" | "bpchar", [_]) => Type::Char(one()),
        ("text", []) => Type::Text(Size::Normal),
        ("bytea", []) => Type::LargeBinary(Size::Normal),
        ("date", []) => Type::Date,
        ("time" | "time without time zone", [] | [_]) => Type::Time { precision: one() },
        ("timestamp" | "timestamp without time zone", [] | [_]) => {
            Type::DateTime { tz: false, precision: one() }
        }
        ("timestamptz" | "timestamp with time zone", [] | [_]) => {
            Type::DateTime { tz: true, precision: one() }
        }
        ("interval", []) => Type::Interval,
        ("uuid", []) => Type::Uuid,
        ("json", []) => Type::Json,
        _ => return None,
    })
}

/// The type as `inspect` reports it of a column declared with `ty`, found without a server: a
/// native type it does not know stays as it is written.
///
/// # Errors
/// When PostgreSQL has no such type.
pub(super) fn settled(ty: &Type, numbers_itself: bool) -> Result<Type, Unsupported> {
    Ok(match ty.of("postgres").map_err(unnamed)? {
        TypeOf::Portable(Type::Enum(values)) => Type::Enum(values.clone()),
        TypeOf::Portable(Type::SharedEnum(name)) => Type::SharedEnum(name.clone()),
        TypeOf::Portable(Type::BigInteger { unsigned: true }) if numbers_itself => {
            Type::BigInteger { unsigned: false }
        }
        TypeOf::Portable(Type::Array(of)) => match settled(of, false)? {
            Type::Enum(_) => return sql(ty).map(|_| ty.clone()),
            of @ Type::Array(_) => of,
            of => Type::Array(Box::new(of)),
        },
        TypeOf::Portable(portable) => raise(&sql(portable)?),
        TypeOf::Native(text) => raise(text),
    })
}

/// The name of the check behind which the values of an enum are kept, which no model declares:
/// the column is a `varchar`. A type of its own could not be changed and used in one transaction,
/// so a script that another database carries out would fail here.
pub(super) fn enum_constraint(table: &str, column: &str) -> String {
    const SUFFIX: &str = "_enum";
    let mut name = format!("{table}_{column}");
    let mut end = name.len().min(63 - SUFFIX.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    name + SUFFIX
}

/// The check itself, without its name: `CHECK ("status" IN ('draft', 'published'))`.
pub(super) fn enum_check(column: &str, values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| literal(value)).collect();
    format!("CHECK ({} IN ({}))", quote(column), values.join(", "))
}

/// The enum that a column with this name and type holds when a check of this name says this, if it
/// is one. `check` is what the server makes of `enum_check`, as `pg_get_expr` gives it:
/// `((status)::text = ANY ((ARRAY['draft'::character varying, ...])::text[]))`, or a single `=`.
pub(super) fn raise_enum(column: &str, ty: &Type, name: &str, check: &str) -> Option<Type> {
    let Type::String(Some(length)) = ty else { return None };
    if !name.ends_with("_enum") {
        return None;
    }
    let mut values = Vec::new();
    let mut others = Vec::new();
    for token in tokens(check) {
        match token.kind {
            TokenKind::String => values.push(string(&token)?),
            TokenKind::Word | TokenKind::Quoted => others.push(token.name()?),
            TokenKind::Operator if !token.is("::") && !token.is("=") => return None,
            _ => {}
        }
    }
    let word =
        |it: &String| ["text", "character", "varying", "any", "array"].contains(&it.as_str());
    let named = others.first().is_some_and(|it| it == column) && others[1..].iter().all(word);
    let fits = longest(&values) == usize::try_from(*length).unwrap_or_default();
    (named && fits && !values.is_empty()).then_some(Type::Enum(values))
}

/// The text that a string in single quotes, with or without an `E`, stands for.
pub(super) fn string(token: &Token) -> Option<String> {
    match token.text.strip_prefix(['E', 'e']) {
        Some(escaped) => {
            let inner = escaped.strip_prefix('\'')?.strip_suffix('\'')?;
            // The server writes no other escapes than these.
            Some(inner.replace("''", "'").replace("\\\\", "\\"))
        }
        None => token.string(),
    }
}

/// Quotes an identifier.
pub fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Quotes a name, with its schema where it has one.
pub fn name(name: &Name) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(&name.name)),
        None => quote(&name.name),
    }
}

/// Spells a text as a literal, whatever `standard_conforming_strings` says.
pub fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if doubled.contains('\\') {
        format!("E'{}'", doubled.replace('\\', "\\\\"))
    } else {
        format!("'{doubled}'")
    }
}
