//! The portable types in SQLite's words and back.
//!
//! SQLite keeps any text as a type and takes from it only an affinity
//! (<https://sqlite.org/datatype3.html#determination_of_column_affinity>). Types are spelled so
//! that their text tells what was declared, and a synonym is read as a portable type only where
//! its affinity is the same.

use crate::dialect::Unsupported;
use crate::schema::sql::{Token, TokenKind, tokens};
use crate::schema::{Column, Options, Size, Table, Type, TypeOf};

use super::ddl;
use super::options::{self, STRICT, TYPE, WITHOUT_ROWID};

/// The types that a STRICT table may have.
///
/// See <https://sqlite.org/stricttables.html>.
const STRICT_TYPES: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

/// Spells a type as DDL does, apart from the table it stands in.
///
/// # Errors
/// When SQLite has no such type.
pub fn sql(ty: &Type) -> Result<String, Unsupported> {
    let integer =
        |word: &str, unsigned: &bool| format!("{word}{}", if *unsigned { " UNSIGNED" } else { "" });
    let length = |word: &str, n: &Option<u32>| match n {
        Some(n) => format!("{word}({n})"),
        None => word.to_owned(),
    };
    Ok(match ty.of("sqlite").map_err(unnamed)? {
        TypeOf::Native(text) => text.to_owned(),
        TypeOf::Portable(portable) => match portable {
            Type::SmallInteger { unsigned } => integer("SMALLINT", unsigned),
            Type::Integer { unsigned } => integer("INTEGER", unsigned),
            Type::BigInteger { unsigned } => integer("BIGINT", unsigned),
            Type::Boolean => "BOOLEAN".to_owned(),
            Type::Float => "FLOAT".to_owned(),
            Type::Double => "DOUBLE".to_owned(),
            Type::Numeric { precision: Some(p), scale: Some(s) } => format!("NUMERIC({p}, {s})"),
            Type::Numeric { precision, .. } => length("NUMERIC", precision),
            Type::String(n) => length("VARCHAR", n),
            Type::Char(n) => length("CHAR", n),
            Type::Text(_) => "TEXT".to_owned(),
            // Not BINARY(n): its affinity is NUMERIC.
            Type::Binary(n) => length("BLOB", n),
            Type::LargeBinary(_) => "BLOB".to_owned(),
            Type::Date => "DATE".to_owned(),
            Type::Time { precision } => length("TIME", precision),
            Type::DateTime { precision, .. } => length("DATETIME", precision),
            Type::Uuid => "CHAR(36)".to_owned(),
            Type::Json => "JSON".to_owned(),
            Type::Enum(values) => format!("VARCHAR({})", longest(values)),
            Type::Interval => {
                return Err(Unsupported::new(
                    "SQLite has no intervals",
                    "`big_integer` holds seconds; \
                     `{ postgres = \"interval\", default = \"big_integer\" }` keeps the interval elsewhere"
                        .to_owned(),
                ));
            }
            Type::SharedEnum(name) => {
                return Err(Unsupported::new(
                    format!("SQLite has no shared enums (enum `{name}`)"),
                    "write the values in the column: `enum(a, b)`".to_owned(),
                ));
            }
            Type::Array(_) => {
                return Err(Unsupported::new(
                    "SQLite has no arrays",
                    "`json` holds one".to_owned(),
                ));
            }
            // `Type::of` gives no native type as a portable one.
            Type::Native { .. } => return Err(unnamed(portable)),
        },
    })
}

/// Spells the type of a column of `table`: its key and its options have a say in it.
///
/// Only a sole primary key of the exact type `INTEGER` is an alias for the rowid and numbers
/// itself (<https://sqlite.org/lang_createtable.html#rowid>), so a column that does is spelled
/// `INTEGER` whatever its size, and one that does not `INT`.
///
/// # Errors
/// When SQLite, or a STRICT table of it, has no such type.
pub fn column_sql(table: &Table, column: &Column) -> Result<String, Unsupported> {
    let about = |err: Unsupported| Unsupported {
        table: Some(table.name.clone()),
        column: Some(column.name.clone()),
        ..err
    };
    if let Some(text) = options::text(&column.options, TYPE) {
        return own_word(text, table, column).map_err(about);
    }
    let text = sql(&column.ty).map_err(about)?;
    let strict = is_on(table, STRICT);
    let portable = match column.ty.of("sqlite") {
        Ok(TypeOf::Portable(portable)) => portable,
        Ok(TypeOf::Native(_)) | Err(_) => {
            return if strict && !STRICT_TYPES.iter().any(|word| text.eq_ignore_ascii_case(word)) {
                Err(about(Unsupported::new(
                    format!("a STRICT table of SQLite has no type `{text}`"),
                    format!(
                        "its types are {}",
                        STRICT_TYPES.map(|word| format!("`{word}`")).join(", ")
                    ),
                )))
            } else {
                Ok(text)
            };
        }
    };
    if portable.is_integer() && column.identity.is_some() {
        return Ok("INTEGER".to_owned());
    }
    let text = if strict { strict_sql(portable).to_owned() } else { text };
    let aliased = table.is_sole_key(&column.name) && !is_on(table, WITHOUT_ROWID);
    Ok(if aliased && text == "INTEGER" { "INT".to_owned() } else { text })
}

/// The word that a column has for its type, if it stands for the same.
fn own_word(text: &str, table: &Table, column: &Column) -> Result<String, Unsupported> {
    let plain = Column { options: Options::new(), ..column.clone() };
    let usual = column_sql(table, &plain)?;
    match raise(text) == raise(&usual) {
        true => Ok(text.to_owned()),
        false => Err(Unsupported::new(
            format!("`{text}` is no other word for `{usual}`"),
            format!("take the option `{TYPE}` out, or say the type by `type` alone"),
        )),
    }
}

/// Whether the option `name` of `table` is on.
pub fn is_on(table: &Table, name: &str) -> bool {
    options::is_on(&table.options, name)
}

/// The type of a STRICT table that holds what the portable type does.
fn strict_sql(ty: &Type) -> &'static str {
    match ty {
        Type::SmallInteger { .. }
        | Type::Integer { .. }
        | Type::BigInteger { .. }
        | Type::Boolean => "INTEGER",
        Type::Float | Type::Double => "REAL",
        // REAL would round its digits, TEXT would compare them as letters.
        Type::Numeric { .. } => "ANY",
        Type::Binary(_) | Type::LargeBinary(_) => "BLOB",
        Type::String(_)
        | Type::Char(_)
        | Type::Text(_)
        | Type::Date
        | Type::Time { .. }
        | Type::DateTime { .. }
        | Type::Uuid
        | Type::Json
        | Type::Enum(_)
        | Type::Interval
        | Type::SharedEnum(_)
        | Type::Array(_)
        | Type::Native { .. } => "TEXT",
    }
}

fn unnamed(ty: &Type) -> Unsupported {
    Unsupported::new(
        format!("the type `{ty}` names none for SQLite"),
        "add `sqlite = \"...\"` or `default = \"string(45)\"` to it".to_owned(),
    )
}

/// The portable type that a type's text stands for, or the text itself as a native type.
pub fn raise(text: &str) -> Type {
    portable(text).unwrap_or_else(|| Type::native("sqlite", text))
}

fn portable(text: &str) -> Option<Type> {
    let (head, arguments) = match text.split_once('(') {
        Some((head, rest)) => (head, numbers(rest.trim_end().strip_suffix(')')?)?),
        None => (text, Vec::new()),
    };
    let mut words = String::with_capacity(head.len());
    for word in head.split_ascii_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().map(|c| c.to_ascii_uppercase()));
    }
    let bare = words.strip_suffix(" UNSIGNED").or_else(|| words.strip_prefix("UNSIGNED "));
    if let Some(bare) = bare {
        return integer(bare, &arguments, true);
    }
    let ty = match (&*words, &arguments[..]) {
        ("BOOLEAN" | "BOOL", []) => Type::Boolean,
        ("FLOAT", []) => Type::Float,
        ("DOUBLE" | "DOUBLE PRECISION" | "REAL", []) => Type::Double,
        ("NUMERIC" | "DECIMAL", []) => Type::Numeric { precision: None, scale: None },
        ("NUMERIC" | "DECIMAL", [p]) => Type::Numeric { precision: Some(*p), scale: None },
        ("NUMERIC" | "DECIMAL", [p, s]) => Type::Numeric { precision: Some(*p), scale: Some(*s) },
        ("VARCHAR" | "CHARACTER VARYING" | "VARYING CHARACTER" | "NVARCHAR", [] | [_]) => {
            Type::String(arguments.first().copied())
        }
        ("CHAR" | "CHARACTER" | "NCHAR" | "NATIVE CHARACTER", [] | [_]) => {
            Type::Char(arguments.first().copied())
        }
        ("TEXT" | "CLOB" | "TINYTEXT" | "MEDIUMTEXT" | "LONGTEXT", []) => Type::Text(Size::Normal),
        ("BLOB", [n]) => Type::Binary(Some(*n)),
        ("BLOB" | "TINYBLOB" | "MEDIUMBLOB" | "LONGBLOB", []) => Type::LargeBinary(Size::Normal),
        ("DATE", []) => Type::Date,
        ("TIME", [] | [_]) => Type::Time { precision: arguments.first().copied() },
        ("DATETIME" | "TIMESTAMP", [] | [_]) => {
            Type::DateTime { tz: false, precision: arguments.first().copied() }
        }
        ("JSON", []) => Type::Json,
        (words, _) => return integer(words, &arguments, false),
    };
    Some(ty)
}

/// The integer type of these words. A number in parentheses is a display width and means nothing.
fn integer(words: &str, arguments: &[u32], unsigned: bool) -> Option<Type> {
    if arguments.len() > 1 {
        return None;
    }
    match words {
        "INTEGER" | "INT" | "MEDIUMINT" | "INT4" => Some(Type::Integer { unsigned }),
        "SMALLINT" | "INT2" => Some(Type::SmallInteger { unsigned }),
        "TINYINT" if arguments.is_empty() => Some(Type::SmallInteger { unsigned }),
        "BIGINT" | "INT8" | "BIG INT" => Some(Type::BigInteger { unsigned }),
        _ => None,
    }
}

fn numbers(text: &str) -> Option<Vec<u32>> {
    text.split(',').map(|number| number.trim().parse().ok()).collect()
}

/// What a type's text makes of the values stored under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Affinity {
    /// Texts that are whole numbers become numbers.
    Integer,
    /// Numbers become texts.
    Text,
    /// Values stay as they are.
    Blob,
    /// Texts that are numbers become numbers, and all of these floating.
    Real,
    /// Texts that are numbers become numbers.
    Numeric,
}

impl Affinity {
    /// The affinity of a type, by the rules of
    /// <https://sqlite.org/datatype3.html#determination_of_column_affinity>.
    pub fn of(ty: &str) -> Affinity {
        let ty = ty.to_ascii_uppercase();
        let has = |word| ty.contains(word);
        if has("INT") {
            Affinity::Integer
        } else if has("CHAR") || has("CLOB") || has("TEXT") {
            Affinity::Text
        } else if has("BLOB") || ty.is_empty() {
            Affinity::Blob
        } else if has("REAL") || has("FLOA") || has("DOUB") {
            Affinity::Real
        } else {
            Affinity::Numeric
        }
    }
}

/// The check behind which SQLite keeps an enum: `CHECK ("status" IN ('draft', 'published'))`.
/// It stands unnamed in its column, and `inspect` knows it by its form.
pub fn enum_check(column: &str, values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| literal(value)).collect();
    format!("CHECK ({} IN ({}))", quote(column), values.join(", "))
}

/// The enum that a column of this name and type with this check holds, if it is one.
pub fn raise_enum(column: &str, ty: &str, strict: bool, check: &str) -> Option<Type> {
    let tokens = tokens(check);
    let [name, within, open, values @ .., close] = &tokens[..] else { return None };
    let named = name.kind != TokenKind::String
        && name.name().is_some_and(|it| it.eq_ignore_ascii_case(column));
    if !(named && within.is("IN") && open.is("(") && close.is(")")) {
        return None;
    }
    let values = values.split(|token| token.is(","));
    let values: Vec<String> = values.map(value).collect::<Option<_>>()?;
    let spelled = if strict { "TEXT".to_owned() } else { format!("VARCHAR({})", longest(&values)) };
    ty.eq_ignore_ascii_case(&spelled).then_some(Type::Enum(values))
}

fn value(tokens: &[Token]) -> Option<String> {
    match tokens {
        [token] if token.text.starts_with('\'') => ddl::unquote(token.text),
        _ => None,
    }
}

fn longest(values: &[String]) -> usize {
    values.iter().map(|value| value.chars().count()).max().unwrap_or_default()
}

/// Quotes an identifier.
pub fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Spells a text as a literal.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{OptionValue, PrimaryKey};

    fn spelled(text: &str) -> String {
        let ty: Type = text.parse().unwrap();
        match sql(&ty) {
            Ok(sql) => sql,
            Err(err) => format!("{}; {}", err.what, err.hint.unwrap_or_default()),
        }
    }

    #[test]
    fn portable_types_are_spelled() {
        for (text, sql) in [
            ("integer", "INTEGER"),
            ("integer unsigned", "INTEGER UNSIGNED"),
            ("small_integer", "SMALLINT"),
            ("big_integer unsigned", "BIGINT UNSIGNED"),
            ("boolean", "BOOLEAN"),
            ("float", "FLOAT"),
            ("double", "DOUBLE"),
            ("numeric", "NUMERIC"),
            ("numeric(10)", "NUMERIC(10)"),
            ("numeric(10, 2)", "NUMERIC(10, 2)"),
            ("string", "VARCHAR"),
            ("string(64)", "VARCHAR(64)"),
            ("char(2)", "CHAR(2)"),
            ("text", "TEXT"),
            ("text(long)", "TEXT"),
            ("binary", "BLOB"),
            ("binary(16)", "BLOB(16)"),
            ("large_binary(long)", "BLOB"),
            ("date", "DATE"),
            ("time", "TIME"),
            ("time(3)", "TIME(3)"),
            ("datetime", "DATETIME"),
            ("datetime(tz, 6)", "DATETIME(6)"),
            ("uuid", "CHAR(36)"),
            ("json", "JSON"),
            ("enum(a, naïve, bc)", "VARCHAR(5)"),
            (
                "interval",
                "SQLite has no intervals; `big_integer` holds seconds; \
                 `{ postgres = \"interval\", default = \"big_integer\" }` keeps the interval elsewhere",
            ),
            (
                "enum app.mood",
                "SQLite has no shared enums (enum `app.mood`); write the values in the column: `enum(a, b)`",
            ),
            ("array(integer)", "SQLite has no arrays; `json` holds one"),
        ] {
            assert_eq!(spelled(text), sql);
        }
        let err = sql(&Type::native("postgres", "inet")).unwrap_err();
        assert_eq!(err.to_string(), "the type `postgres: inet` names none for SQLite");
        assert_eq!(sql(&Type::native("sqlite", "MONEY")), Ok("MONEY".to_owned()));
    }

    #[test]
    fn a_type_read_back_is_the_one_that_was_spelled() {
        for text in [
            "integer",
            "integer unsigned",
            "small_integer unsigned",
            "big_integer",
            "boolean",
            "float",
            "double",
            "numeric",
            "numeric(10)",
            "numeric(10, 2)",
            "string",
            "string(64)",
            "char",
            "char(2)",
            "text",
            "binary(16)",
            "large_binary",
            "date",
            "time(3)",
            "datetime",
            "datetime(6)",
            "json",
        ] {
            assert_eq!(raise(&spelled(text)).to_string(), text);
        }
    }

    #[test]
    fn a_synonym_has_the_affinity_of_its_type() {
        for (text, ty) in [
            ("int", "integer"),
            ("Integer ( 11 )", "integer"),
            ("MEDIUMINT", "integer"),
            ("TINYINT", "small_integer"),
            ("int2", "small_integer"),
            ("INT8", "big_integer"),
            ("unsigned  big\tint", "big_integer unsigned"),
            ("BIGINT(20)", "big_integer"),
            ("bool", "boolean"),
            ("DECIMAL(10,2)", "numeric(10, 2)"),
            ("double   precision", "double"),
            ("REAL", "double"),
            ("character varying(3)", "string(3)"),
            ("VARYING CHARACTER (255)", "string(255)"),
            ("nvarchar(100)", "string(100)"),
            ("NATIVE CHARACTER(70)", "char(70)"),
            ("CLOB", "text"),
            ("LONGTEXT", "text"),
            ("MEDIUMBLOB", "large_binary"),
            ("timestamp", "datetime"),
            ("TIMESTAMP(3)", "datetime(3)"),
        ] {
            let raised = raise(text);
            assert_eq!(raised.to_string(), ty, "{text}");
            assert_eq!(Affinity::of(&sql(&raised).unwrap()), Affinity::of(text), "{text}");
        }
        for text in [
            "",
            "UUID",
            "STRING",
            "BINARY(16)",
            "TINYINT(1)",
            "VARCHAR(-1)",
            "VARCHAR(1, 2)",
            "NUMERIC(1,2,3)",
            "INT(1, 2)",
            "DATETIME(",
            "TEXT(9)",
            "TIMESTAMP WITH TIME ZONE",
            "naïve",
        ] {
            assert_eq!(raise(text), Type::native("sqlite", text));
        }
    }

    #[test]
    fn the_table_has_a_say_in_the_type() {
        let column = |ty: &str| Column::new("id", ty.parse().unwrap());
        let mut table = Table {
            name: "t".into(),
            primary_key: Some(PrimaryKey { columns: vec!["id".to_owned()], ..Default::default() }),
            ..Default::default()
        };
        let spelled = |table: &Table, ty: &str, identity: bool| {
            let identity = identity.then(Default::default);
            column_sql(table, &Column { identity, ..column(ty) }).unwrap_or_else(|err| err.what)
        };
        assert_eq!(spelled(&table, "small_integer", true), "INTEGER");
        assert_eq!(spelled(&table, "integer", false), "INT");
        assert_eq!(spelled(&table, "big_integer", false), "BIGINT");
        table.options.insert("sqlite.strict".to_owned(), OptionValue::Boolean(true));
        assert_eq!(spelled(&table, "big_integer", true), "INTEGER");
        assert_eq!(spelled(&table, "big_integer", false), "INT");
        assert_eq!(spelled(&table, "float", false), "REAL");
        assert_eq!(spelled(&table, "numeric(10, 2)", false), "ANY");
        assert_eq!(spelled(&table, "datetime", false), "TEXT");
        assert_eq!(spelled(&table, "binary(3)", false), "BLOB");
        assert_eq!(spelled(&table, "interval", false), "SQLite has no intervals");
        table.options.insert("sqlite.without_rowid".to_owned(), OptionValue::Boolean(true));
        assert_eq!(spelled(&table, "integer", false), "INTEGER");
        let native = Column::new("a", Type::native("sqlite", "VARCHAR(3)"));
        let err = column_sql(&table, &native).unwrap_err();
        assert_eq!(err.what, "a STRICT table of SQLite has no type `VARCHAR(3)`");
        assert_eq!((err.table, err.column.as_deref()), (Some("t".into()), Some("a")));
        let native = Column::new("a", Type::native("sqlite", "any"));
        assert_eq!(column_sql(&table, &native), Ok("any".to_owned()));
    }

    #[test]
    fn an_enum_is_known_by_its_check() {
        let values = ["draft".to_owned(), "it's".to_owned(), String::new()];
        let check = enum_check("a \"b\"", &values);
        assert_eq!(check, "CHECK (\"a \"\"b\"\"\" IN ('draft', 'it''s', ''))");
        let expression = &check["CHECK (".len()..check.len() - 1];
        let raised = raise_enum("a \"b\"", "varchar(5)", false, expression);
        assert_eq!(raised, Some(Type::Enum(values.to_vec())));
        let raise = |ty, strict, check| raise_enum("s", ty, strict, check).map(|it| it.to_string());
        assert_eq!(raise("VARCHAR(1)", false, "s in ('a','b')").as_deref(), Some("enum(a, b)"));
        assert_eq!(raise("VARCHAR(1)", false, "[s] IN ('a') -- x").as_deref(), Some("enum(a)"));
        assert_eq!(raise("TEXT", true, "`s` IN ('a')").as_deref(), Some("enum(a)"));
        for (ty, check) in [
            ("TEXT", "s IN ('a')"),
            ("VARCHAR(2)", "s IN ('a')"),
            ("VARCHAR(1)", "t IN ('a')"),
            ("VARCHAR(1)", "'s' IN ('a')"),
            ("VARCHAR(1)", "s IN ('a', 1)"),
            ("VARCHAR(1)", "s IN ('a', x'00')"),
            ("VARCHAR(1)", "s IN ('a') OR 1"),
            ("VARCHAR(1)", "s IN ('a') OR (1)"),
            ("VARCHAR(0)", "s IN ()"),
            ("VARCHAR(1)", "s NOT IN ('a')"),
        ] {
            assert_eq!(raise(ty, false, check), None, "{check}");
        }
    }
}
