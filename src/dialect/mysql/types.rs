//! The portable types in the words of MySQL and MariaDB and back.

use super::MySql;
use super::lexer::{Token, TokenKind, tokens};
use super::text::{is_kept, literal};
use crate::dialect::Unsupported;
use crate::schema::{Column, Size, Table, Type, TypeOf};

/// The most digits of a second's fraction:
/// <https://dev.mysql.com/doc/refman/8.4/en/fractional-seconds.html>.
const FRACTION: u32 = 6;

/// The most digits of a decimal, and the most behind its point that leave it large:
/// <https://dev.mysql.com/doc/refman/8.4/en/precision-math-decimal-characteristics.html>.
const LARGEST_DECIMAL: &str = "decimal(65, 30)";

/// Types that only MariaDB has.
const MARIADB_ONLY: [&str; 4] = ["inet4", "inet6", "xmltype", "vector"];

/// Spells a type as DDL does.
///
/// # Errors
/// When this server has no such type.
pub(super) fn sql(dialect: &MySql, ty: &Type) -> Result<String, Unsupported> {
    let portable = match ty.of(dialect.flavour.name()).map_err(|it| unnamed(dialect, it))? {
        TypeOf::Native(text) => return Ok(text.to_owned()),
        TypeOf::Portable(portable) => portable,
    };
    let integer =
        |word: &str, unsigned: &bool| format!("{word}{}", if *unsigned { " unsigned" } else { "" });
    let length = |word: &str, n: &Option<u32>| match n {
        Some(n) => format!("{word}({n})"),
        None => word.to_owned(),
    };
    let fraction = |precision: &Option<u32>| fraction(dialect, precision);
    Ok(match portable {
        Type::SmallInteger { unsigned } => integer("smallint", unsigned),
        Type::Integer { unsigned } => integer("int", unsigned),
        Type::BigInteger { unsigned } => integer("bigint", unsigned),
        Type::Boolean => "tinyint(1)".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Double => "double".to_owned(),
        Type::Numeric { precision: Some(p), scale } => {
            format!("decimal({p}, {})", scale.unwrap_or_default())
        }
        // Without a precision it would keep ten digits and no fraction.
        Type::Numeric { precision: None, .. } => LARGEST_DECIMAL.to_owned(),
        Type::String(Some(n)) => format!("varchar({n})"),
        Type::String(None) => "longtext".to_owned(),
        Type::Char(n) => length("char", n),
        Type::Text(size) => sized("text", *size),
        Type::Binary(Some(n)) => format!("varbinary({n})"),
        Type::Binary(None) => "longblob".to_owned(),
        Type::LargeBinary(size) => sized("blob", *size),
        Type::Date => "date".to_owned(),
        Type::Time { precision } => length("time", &fraction(precision)?),
        Type::DateTime { tz: false, precision } => length("datetime", &fraction(precision)?),
        Type::DateTime { tz: true, precision } => length("timestamp", &fraction(precision)?),
        Type::Uuid if dialect.has_uuid() => "uuid".to_owned(),
        Type::Uuid => "char(36)".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Enum(values) => {
            if let Some(value) = values.iter().find(|it| !it.chars().all(is_kept)) {
                let what = format!("enum values with rare letters (`{value}`)");
                return Err(lacks(dialect, &what, "`string(n)` holds any text"));
            }
            let values: Vec<_> = values.iter().map(|it| literal(dialect.mode, it)).collect();
            format!("enum({})", values.join(", "))
        }
        Type::Interval => {
            return Err(lacks(
                dialect,
                "intervals",
                "`big_integer` holds seconds; \
                 `{ postgres = \"interval\", default = \"big_integer\" }` keeps the interval elsewhere",
            ));
        }
        Type::SharedEnum(name) => {
            return Err(lacks(
                dialect,
                &format!("shared enums (enum `{name}`)"),
                "write the values in the column: `enum(a, b)`",
            ));
        }
        Type::Array(_) => return Err(lacks(dialect, "arrays", "`json` holds one")),
        // `Type::of` gives no native type as a portable one.
        Type::Native { .. } => return Err(unnamed(dialect, portable)),
    })
}

/// Spells the type of a column of `table`.
///
/// # Errors
/// As [`sql`].
pub(super) fn column_sql(
    dialect: &MySql,
    table: &Table,
    column: &Column,
) -> Result<String, Unsupported> {
    sql(dialect, &column.ty).map_err(|error| Unsupported {
        table: Some(table.name.clone()),
        column: Some(column.name.clone()),
        ..error
    })
}

fn sized(word: &str, size: Size) -> String {
    let prefix = match size {
        Size::Tiny => "tiny",
        Size::Normal => "",
        Size::Medium => "medium",
        Size::Long => "long",
    };
    format!("{prefix}{word}")
}

fn fraction(dialect: &MySql, precision: &Option<u32>) -> Result<Option<u32>, Unsupported> {
    match precision {
        Some(digits) if *digits > FRACTION => Err(Unsupported::new(
            format!(
                "{} keeps {FRACTION} digits of a second, not {digits}",
                dialect.flavour.title()
            ),
            format!("write {FRACTION}, or leave it out"),
        )),
        _ => Ok(*precision),
    }
}

fn lacks(dialect: &MySql, what: &str, hint: &str) -> Unsupported {
    Unsupported::new(format!("{} has no {what}", dialect.flavour.title()), hint.to_owned())
}

fn unnamed(dialect: &MySql, ty: &Type) -> Unsupported {
    Unsupported::new(
        format!("the type `{ty}` names none for {}", dialect.flavour.title()),
        format!("add `{} = \"...\"` or `default = \"string(45)\"` to it", dialect.flavour.name()),
    )
}

/// The portable type that a type's text stands for, or the text itself as a native type. Reads what
/// `information_schema` and `SHOW CREATE TABLE` write, and the synonyms that people write. What only
/// MariaDB has is a type of MariaDB; all others are MySQL's, which MariaDB understands.
pub(super) fn raise(text: &str) -> Type {
    let written = Written::read(text);
    written.portable().unwrap_or_else(|| {
        let text = written.normal();
        let word = text.split(['(', ' ']).next().unwrap_or_default();
        let is_mariadb = MARIADB_ONLY.contains(&word);
        Type::native(if is_mariadb { "mariadb" } else { "mysql" }, text)
    })
}

/// The type that `inspect` reports of a column declared with `ty`.
///
/// # Errors
/// As [`sql`].
pub(super) fn settled(dialect: &MySql, ty: &Type) -> Result<Type, Unsupported> {
    sql(dialect, ty).map(|text| raise(&text))
}

/// A type's text, read.
struct Written<'a> {
    text: &'a str,
    /// The words before the parentheses, in lower case: `double precision`.
    name: String,
    /// What stands between the parentheses.
    arguments: Vec<Token<'a>>,
    /// The words behind them, in lower case: `unsigned`, `zerofill`.
    attributes: Vec<String>,
    /// Whether there is anything but this.
    is_odd: bool,
}

impl<'a> Written<'a> {
    fn read(text: &'a str) -> Written<'a> {
        let mut written = Written {
            text,
            name: String::new(),
            arguments: Vec::new(),
            attributes: Vec::new(),
            is_odd: false,
        };
        let mut words: Vec<String> = Vec::new();
        let mut depth = 0;
        let mut is_behind = false;
        for token in tokens(text) {
            match token.kind {
                TokenKind::Symbol if token.is("(") && !is_behind && depth == 0 => depth = 1,
                TokenKind::Symbol if token.is(")") && depth == 1 => {
                    (depth, is_behind) = (0, true);
                }
                _ if depth == 1 && !token.is("(") && !token.is(")") => {
                    if !token.is(",") {
                        written.arguments.push(token);
                    }
                }
                TokenKind::Word => {
                    let word = token.text.to_lowercase();
                    match is_behind || matches!(&*word, "unsigned" | "signed" | "zerofill") {
                        true => written.attributes.push(word),
                        false => words.push(word),
                    }
                }
                _ => written.is_odd = true,
            }
        }
        written.is_odd |= depth != 0;
        written.name = words.join(" ");
        written
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|it| it == attribute)
    }

    fn numbers(&self) -> Option<Vec<u32>> {
        self.arguments.iter().map(|it| it.text.parse().ok()).collect()
    }

    fn portable(&self) -> Option<Type> {
        if self.is_odd || self.has("zerofill") {
            return None;
        }
        let unsigned = self.has("unsigned");
        let others = self.attributes.iter().any(|it| !matches!(&**it, "unsigned" | "signed"));
        if self.name == "enum" && self.attributes.is_empty() {
            let values: Option<Vec<_>> = self.arguments.iter().map(Token::string).collect();
            return values.filter(|it| !it.is_empty()).map(Type::Enum);
        }
        let numbers = self.numbers()?;
        let one = || numbers.first().copied();
        let fraction = || one().filter(|it| *it > 0);
        let integer = match (&*self.name, &numbers[..]) {
            ("tinyint", [1]) if !unsigned => Some(Type::Boolean),
            ("boolean" | "bool", []) => Some(Type::Boolean),
            // A display width says nothing without ZEROFILL.
            ("smallint" | "int2", [] | [_]) => Some(Type::SmallInteger { unsigned }),
            ("int" | "integer" | "int4", [] | [_]) => Some(Type::Integer { unsigned }),
            ("bigint" | "int8", [] | [_]) => Some(Type::BigInteger { unsigned }),
            _ => None,
        };
        if others || integer.is_none() && !self.attributes.is_empty() {
            return None;
        }
        integer.or_else(|| {
            Some(match (&*self.name, &numbers[..]) {
                ("float" | "float4", []) => Type::Float,
                ("double" | "double precision" | "real" | "float8", []) => Type::Double,
                ("decimal" | "numeric" | "dec" | "fixed", []) => {
                    Type::Numeric { precision: Some(10), scale: Some(0) }
                }
                ("decimal" | "numeric" | "dec" | "fixed", [p]) => {
                    Type::Numeric { precision: Some(*p), scale: Some(0) }
                }
                ("decimal" | "numeric" | "dec" | "fixed", [p, s]) => {
                    Type::Numeric { precision: Some(*p), scale: Some(*s) }
                }
                ("varchar" | "character varying" | "char varying", [n]) => Type::String(Some(*n)),
                ("char" | "character", []) => Type::Char(Some(1)),
                ("char" | "character", [n]) => Type::Char(Some(*n)),
                ("tinytext", []) => Type::Text(Size::Tiny),
                ("text", []) => Type::Text(Size::Normal),
                ("mediumtext", []) => Type::Text(Size::Medium),
                ("longtext", []) => Type::Text(Size::Long),
                ("varbinary", [n]) => Type::Binary(Some(*n)),
                ("tinyblob", []) => Type::LargeBinary(Size::Tiny),
                ("blob", []) => Type::LargeBinary(Size::Normal),
                ("mediumblob", []) => Type::LargeBinary(Size::Medium),
                ("longblob", []) => Type::LargeBinary(Size::Long),
                ("date", []) => Type::Date,
                ("time", [] | [_]) => Type::Time { precision: fraction() },
                ("datetime", [] | [_]) => Type::DateTime { tz: false, precision: fraction() },
                ("timestamp", [] | [_]) => Type::DateTime { tz: true, precision: fraction() },
                ("json", []) => Type::Json,
                ("uuid", []) => Type::Uuid,
                _ => return None,
            })
        })
    }

    /// The text in one spelling: as the servers write it, without widths that say nothing.
    fn normal(&self) -> String {
        if self.is_odd {
            return self.text.to_owned();
        }
        let is_integer = matches!(
            &*self.name,
            "tinyint" | "smallint" | "mediumint" | "int" | "integer" | "bigint" | "year"
        );
        let name = match &*self.name {
            "integer" => "int",
            "numeric" | "dec" | "fixed" => "decimal",
            "real" | "double precision" => "double",
            "geomcollection" => "geometrycollection",
            other => other,
        };
        let has_width = !is_integer || self.has("zerofill") || self.is_truth();
        let mut text = name.to_owned();
        if !self.arguments.is_empty() && has_width {
            let arguments: Vec<_> = self.arguments.iter().map(argument).collect();
            text.push_str(&format!("({})", arguments.join(",")));
        } else if name == "bit" || name == "binary" {
            text.push_str("(1)");
        }
        // A number with leading zeros is never negative.
        for attribute in ["unsigned", "zerofill"] {
            if self.has(attribute) || attribute == "unsigned" && self.has("zerofill") {
                text.push_str(&format!(" {attribute}"));
            }
        }
        let others = self.attributes.iter();
        for attribute in others.filter(|it| !matches!(&***it, "unsigned" | "zerofill" | "signed")) {
            text.push_str(&format!(" {attribute}"));
        }
        text
    }

    /// Whether its display width is the one by which a truth value is known.
    fn is_truth(&self) -> bool {
        self.name == "tinyint" && self.numbers().as_deref() == Some(&[1])
    }
}

/// What stands between the parentheses of a type, strings in one spelling.
fn argument(token: &Token) -> String {
    match token.string() {
        Some(text) => literal(Default::default(), &text),
        None => token.text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portable_types_are_spelled_and_come_back() {
        let (mysql, mariadb) = (MySql::default(), MySql::mariadb());
        for (ty, expected, settled_as) in [
            ("small_integer unsigned", "smallint unsigned", None),
            ("integer", "int", None),
            ("big_integer unsigned", "bigint unsigned", None),
            ("boolean", "tinyint(1)", None),
            ("float", "float", None),
            ("double", "double", None),
            ("numeric", "decimal(65, 30)", Some("numeric(65, 30)")),
            ("numeric(10)", "decimal(10, 0)", Some("numeric(10, 0)")),
            ("numeric(10, 2)", "decimal(10, 2)", None),
            ("string(64)", "varchar(64)", None),
            ("string", "longtext", Some("text(long)")),
            ("char(2)", "char(2)", None),
            ("text", "text", None),
            ("text(medium)", "mediumtext", None),
            ("binary(16)", "varbinary(16)", None),
            ("large_binary(long)", "longblob", None),
            ("time(3)", "time(3)", None),
            ("datetime", "datetime", None),
            ("datetime(0)", "datetime(0)", Some("datetime")),
            ("datetime(tz, 6)", "timestamp(6)", None),
            ("json", "json", None),
            ("enum('it''s', 'a\\b')", "enum('it''s', 'a\\\\b')", None),
        ] {
            let ty: Type = ty.parse().unwrap();
            assert_eq!(sql(&mysql, &ty).unwrap(), expected);
            let back = settled_as.map_or_else(|| ty.clone(), |it| it.parse().unwrap());
            assert_eq!(settled(&mysql, &ty), Ok(back));
        }
        assert_eq!(sql(&mysql, &Type::Uuid).unwrap(), "char(36)");
        assert_eq!(sql(&mariadb, &Type::Uuid).unwrap(), "uuid");
        let lost = sql(&mysql, &Type::Enum(vec!["\u{1f600}".to_owned()])).unwrap_err();
        assert_eq!(lost.what, "MySQL has no enum values with rare letters (`\u{1f600}`)");
    }

    #[test]
    fn what_the_servers_write_is_read() {
        let mysql = |text: &str| Type::native("mysql", text);
        for (text, expected) in [
            ("int(11)", Type::INTEGER),
            ("bigint(20) unsigned", Type::BigInteger { unsigned: true }),
            ("tinyint(1)", Type::Boolean),
            ("tinyint(1) unsigned", mysql("tinyint(1) unsigned")),
            ("tinyint(4)", mysql("tinyint")),
            ("TINYINT", mysql("tinyint")),
            ("INT(5) ZEROFILL", mysql("int(5) unsigned zerofill")),
            ("int(5) unsigned zerofill", mysql("int(5) unsigned zerofill")),
            ("decimal(10,2) unsigned", mysql("decimal(10,2) unsigned")),
            ("mediumint(9)", mysql("mediumint")),
            ("year(4)", mysql("year")),
            ("bit", mysql("bit(1)")),
            ("SET( 'a', \"b\" )", mysql("set('a','b')")),
            ("double(10,2)", mysql("double(10,2)")),
            ("point", mysql("point")),
            ("INET6", Type::native("mariadb", "inet6")),
            ("uuid", Type::Uuid),
            ("timestamp", Type::DateTime { tz: true, precision: None }),
            ("enum('a,b','c)')", Type::Enum(vec!["a,b".to_owned(), "c)".to_owned()])),
            ("varchar(", mysql("varchar(")),
        ] {
            assert_eq!(raise(text), expected, "{text}");
        }
    }
}
