//! A column as it stands in `CREATE TABLE` and behind `ADD COLUMN` and `MODIFY COLUMN`.

use super::text::{group, requires, word};
use super::{constraint, numbers};
use crate::dialect::Unsupported;
use crate::dialect::mysql::options::{
    self, CHARSET, INVISIBLE, ON_UPDATE, SRID, WITHOUT_VERSIONING, is_on,
};
use crate::dialect::mysql::text::{literal, quote};
use crate::dialect::mysql::types::{self, settled};
use crate::dialect::mysql::{Flavour, MySql, default};
use crate::schema::{Check, Column, OptionValue, Options, Table, Type, TypeOf};

/// The clauses of a column of `table`, in the order that both servers want:
/// <https://dev.mysql.com/doc/refman/8.4/en/create-table.html>,
/// <https://mariadb.com/kb/en/create-table/#column-definitions>.
///
/// # Errors
/// When this server has no such column.
pub(in crate::dialect::mysql) fn column(
    dialect: &MySql,
    table: &Table,
    column: &Column,
) -> Result<String, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(table.name.clone())),
        column: Some(column.name.clone()),
        ..error
    };
    clauses(dialect, table, column).map(|clauses| clauses.join(" ")).map_err(about)
}

fn clauses(dialect: &MySql, table: &Table, column: &Column) -> Result<Vec<String>, Unsupported> {
    options::known(dialect.flavour, &column.options, options::COLUMN)?;
    let own = options::own(dialect.flavour, &column.options);
    let mut clauses = vec![quote(&column.name), types::column_sql(dialect, table, column)?];
    if let Some(charset) = options::text(&own, CHARSET) {
        clauses.push(format!("CHARACTER SET {}", word(dialect.mode, charset)));
    }
    if let Some(collation) = &column.collation {
        clauses.push(format!("COLLATE {}", word(dialect.mode, collation)));
    }
    let srid = match own.get(SRID) {
        Some(OptionValue::Integer(number)) => Some(number),
        _ => None,
    };
    if let (Some(number), Flavour::MariaDb) = (srid, dialect.flavour) {
        clauses.push(format!("REF_SYSTEM_ID={number}"));
    }
    clauses.extend(generated(dialect, column)?);
    clauses.extend(null(dialect, column)?);
    if let Some(value) = &column.default {
        clauses.push(format!("DEFAULT {}", default::sql(dialect, &column.ty, value)?));
    }
    clauses.extend(on_update(&own, &settled(dialect, &column.ty)?)?);
    if let Some(identity) = &column.identity {
        numbers::check(dialect, column, identity)?;
        clauses.push("AUTO_INCREMENT".to_owned());
    }
    if is_on(&own, INVISIBLE) {
        requires(dialect, [80_023, 0], "invisible columns")?;
        clauses.push("INVISIBLE".to_owned());
    }
    if let (Some(number), Flavour::MySql) = (srid, dialect.flavour) {
        clauses.push(format!("SRID {number}"));
    }
    if is_on(&own, WITHOUT_VERSIONING) {
        versions(dialect, WITHOUT_VERSIONING)?;
        clauses.push("WITHOUT SYSTEM VERSIONING".to_owned());
    }
    if let Some(comment) = column.comment.as_ref().filter(|it| !it.is_empty()) {
        clauses.push(format!("COMMENT {}", literal(dialect.mode, comment)));
    }
    let own = |it: &&Check| it.name.as_ref() == Some(&column.name);
    let check = table.checks.iter().find(own).filter(|_| dialect.flavour == Flavour::MariaDb);
    if let Some(check) = check {
        clauses.push(constraint::check(dialect, &Check { name: None, ..check.clone() })?);
    }
    Ok(clauses)
}

/// `GENERATED ALWAYS AS (...) STORED`.
fn generated(dialect: &MySql, column: &Column) -> Result<Option<String>, Unsupported> {
    let Some(generated) = &column.generated else { return Ok(None) };
    let text = default::expression(dialect, &generated.expression, "the generated column")?;
    let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
    Ok(Some(format!("GENERATED ALWAYS AS {} {kind}", group(dialect.mode, text))))
}

/// `NOT NULL`, and `NULL` where a column that says nothing might not be.
fn null(dialect: &MySql, column: &Column) -> Result<Option<String>, Unsupported> {
    let is_computed = column.generated.is_some() && dialect.flavour == Flavour::MariaDb;
    match column.nullable {
        false if is_computed => Err(Unsupported::new(
            "MariaDB has no generated columns that refuse NULL",
            "make it nullable; a check can refuse NULL".to_owned(),
        )),
        false => Ok(Some("NOT NULL".to_owned())),
        true if is_timestamp(dialect, &column.ty) && !is_computed => Ok(Some("NULL".to_owned())),
        true => Ok(None),
    }
}

/// Whether a column of this type is NOT NULL on some servers when it says nothing:
/// <https://mariadb.com/kb/en/server-system-variables/#explicit_defaults_for_timestamp>.
fn is_timestamp(dialect: &MySql, ty: &Type) -> bool {
    match ty.of(dialect.flavour.name()) {
        Ok(TypeOf::Portable(it)) => matches!(it, Type::DateTime { tz: true, .. }),
        Ok(TypeOf::Native(text)) => text.to_lowercase().starts_with("timestamp"),
        Err(_) => false,
    }
}

/// `ON UPDATE CURRENT_TIMESTAMP`, with the digits of its column: others are an error.
fn on_update(own: &Options, ty: &Type) -> Result<Option<String>, Unsupported> {
    let Some(text) = options::text(own, ON_UPDATE) else { return Ok(None) };
    if default::current_timestamp(text).is_none() {
        let what = format!("a column gets the time when its row changes, and not `{text}`");
        return Err(Unsupported::new(what, "write `CURRENT_TIMESTAMP`".to_owned()));
    }
    Ok(Some(format!("ON UPDATE {}", default::now(ty))))
}

/// Refuses what only a server has that keeps the rows that were.
///
/// # Errors
/// On MySQL.
pub(in crate::dialect::mysql) fn versions(
    dialect: &MySql,
    option: &str,
) -> Result<(), Unsupported> {
    match dialect.flavour {
        Flavour::MariaDb => Ok(()),
        Flavour::MySql => Err(Unsupported::new(
            format!("MySQL keeps no rows that were (`{option}`)"),
            format!("say it to MariaDB: `{}`", option.replacen("mysql", "mariadb", 1)),
        )),
    }
}
