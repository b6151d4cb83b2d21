//! Constraints as they stand in `CREATE TABLE` and behind `ADD`.

use super::text::{columns, group, list, named, requires};
use crate::dialect::Unsupported;
use crate::dialect::postgres::options::{
    self, DEFERRABLE, INCLUDE, NO_INHERIT, NOT_VALID, NULLS_NOT_DISTINCT, ON_DELETE_COLUMNS,
    TABLESPACE, WITH, is_on, text,
};
use crate::dialect::postgres::types::{self, quote};
use crate::dialect::postgres::{Postgres, default};
use crate::schema::{Action, Check, Deferrable, ForeignKey, Options, PrimaryKey, Unique};

/// A primary key.
///
/// # Errors
/// When PostgreSQL has no such one.
pub(in crate::dialect::postgres) fn primary_key(key: &PrimaryKey) -> Result<String, Unsupported> {
    options::known(&key.options, options::PRIMARY_KEY)?;
    let columns = key_columns(&key.columns)?;
    let deferrable = text(&key.options, DEFERRABLE);
    let deferrable = deferrable.map(|it| Deferrable { initially: it == "initially deferred" });
    let index = index(&key.options);
    Ok(format!("{}PRIMARY KEY ({columns}){index}{}", named(&key.name), deferred(deferrable)))
}

/// A unique constraint.
///
/// # Errors
/// When PostgreSQL has no such one.
pub(in crate::dialect::postgres) fn unique(
    dialect: &Postgres,
    unique: &Unique,
) -> Result<String, Unsupported> {
    options::known(&unique.options, options::UNIQUE)?;
    let columns = key_columns(&unique.columns)?;
    let nulls = nulls_not_distinct(dialect, &unique.options)?;
    let index = index(&unique.options);
    let deferrable = deferred(unique.deferrable);
    Ok(format!("{}UNIQUE{nulls} ({columns}){index}{deferrable}", named(&unique.name)))
}

/// A foreign key, without what it says of the rows that are there.
///
/// # Errors
/// When PostgreSQL has no such one.
pub(in crate::dialect::postgres) fn foreign_key(
    dialect: &Postgres,
    key: &ForeignKey,
) -> Result<String, Unsupported> {
    options::known(&key.options, options::FOREIGN_KEY)?;
    let columns = key_columns(&key.columns)?;
    let mut sql = format!("{}FOREIGN KEY ({columns})", named(&key.name));
    sql.push_str(&format!(" REFERENCES {}", types::name(&key.table)));
    if !key.references.is_empty() {
        sql.push_str(&format!(" ({})", list(&key.references)));
    }
    if let Some(matching) = &key.matching {
        sql.push_str(&format!(" MATCH {}", matching.to_uppercase()));
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != Action::default() {
            sql.push_str(&format!(" ON {event} {}", action.to_string().to_uppercase()));
        }
        if let Some(only) = text(&key.options, ON_DELETE_COLUMNS).filter(|_| event == "DELETE") {
            requires(dialect, 15, "columns behind `ON DELETE SET NULL`")?;
            sql.push_str(&format!(" ({})", self::columns(only)));
        }
    }
    Ok(sql + &deferred(key.deferrable))
}

/// A check, without what it says of the rows that are there.
///
/// # Errors
/// When it says nothing to PostgreSQL.
pub(in crate::dialect::postgres) fn check(check: &Check) -> Result<String, Unsupported> {
    options::known(&check.options, options::CHECK)?;
    let text = group(default::expression(&check.expression, "the check")?);
    let inherit = if is_on(&check.options, NO_INHERIT) { " NO INHERIT" } else { "" };
    Ok(format!("{}CHECK {text}{inherit}", named(&check.name)))
}

/// Whether rows that are there are not looked at.
pub(in crate::dialect::postgres) fn is_not_valid(options: &Options) -> bool {
    is_on(options, NOT_VALID)
}

/// ` NULLS NOT DISTINCT`, where the options say so.
pub(super) fn nulls_not_distinct(
    dialect: &Postgres,
    options: &Options,
) -> Result<&'static str, Unsupported> {
    if !is_on(options, NULLS_NOT_DISTINCT) {
        return Ok("");
    }
    requires(dialect, 15, "`NULLS NOT DISTINCT`")?;
    Ok(" NULLS NOT DISTINCT")
}

fn key_columns(columns: &[String]) -> Result<String, Unsupported> {
    if columns.is_empty() {
        return Err(Unsupported::new("a key has at least one column", None));
    }
    Ok(list(columns))
}

/// What is said of the index behind a key.
fn index(options: &Options) -> String {
    let mut sql = String::new();
    if let Some(include) = text(options, INCLUDE) {
        sql.push_str(&format!(" INCLUDE ({})", columns(include)));
    }
    if let Some(with) = text(options, WITH) {
        sql.push_str(&format!(" WITH ({with})"));
    }
    if let Some(place) = text(options, TABLESPACE) {
        sql.push_str(&format!(" USING INDEX TABLESPACE {}", quote(place)));
    }
    sql
}

fn deferred(deferrable: Option<Deferrable>) -> String {
    match deferrable {
        None => String::new(),
        Some(Deferrable { initially: false }) => " DEFERRABLE".to_owned(),
        Some(Deferrable { initially: true }) => " DEFERRABLE INITIALLY DEFERRED".to_owned(),
    }
}
