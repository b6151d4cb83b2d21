//! Statements that make tables, and the clauses of which they consist.

mod beneath;
mod column;
mod constraint;
mod index;
mod numbers;
mod text;

pub(super) use beneath::{add_beneath, begins, index_beneath, serves, sorted_by};
pub(super) use column::{column, versions};
pub(super) use constraint::{
    check, column_of_check, foreign_key, primary_key, unique, word_for_check,
};
pub(super) use index::{Method, index};
pub(super) use numbers::{is_keyed, leads, numbered};
use text::word;
pub(super) use text::{INDENT, group, line, list, requires};

use super::MySql;
use super::options::{
    self, CHARSET, COLLATION, ENGINE, PARTITION_BY, ROW_FORMAT, SYSTEM_VERSIONED, WITH,
    WITHOUT_VERSIONING, is_on,
};
use super::render::names;
use super::text::{literal, name, quote};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{Name, Options, Table};

/// The index under a column that numbers itself until the one that is declared is made: such a column
/// must be a key at all times.
pub(super) const NUMBERING: &str = "auto_increment until indexed";

/// `CREATE TABLE` with all that belongs to it.
///
/// # Errors
/// When this server has no such table.
pub(super) fn table(dialect: &MySql, table: &Table) -> Result<Vec<Statement>, Unsupported> {
    create(dialect, table, "TABLE").map(|sql| vec![Statement::new(sql)])
}

/// The same table as a temporary one, without what such a one cannot have: foreign keys, partitions,
/// indexes of words and places.
///
/// # Errors
/// As [`table`].
pub(super) fn temporary(dialect: &MySql, table: &Table) -> Result<String, Unsupported> {
    let mut table = table.clone();
    table.foreign_keys.clear();
    table.indexes.retain(|it| matches!(Method::of(dialect, it), Ok(Method::Ordinary(_)) | Err(_)));
    let lasting = [PARTITION_BY, SYSTEM_VERSIONED, ROW_FORMAT, WITH];
    without(&mut table.options, &lasting);
    for column in &mut table.columns {
        without(&mut column.options, &[WITHOUT_VERSIONING]);
    }
    create(dialect, &table, "TEMPORARY TABLE")
}

fn without(options: &mut Options, names: &[&str]) {
    options.retain(|option, _| {
        let option = option.replacen("mariadb.", "mysql.", 1);
        !names.contains(&option.as_str())
    });
}

/// The statement, one column or key a line.
fn create(dialect: &MySql, table: &Table, what: &str) -> Result<String, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(table.name.clone())),
        ..error
    };
    names::table(dialect, table)?;
    let lines = lines(dialect, table).map_err(about)?.join(&format!(",\n{INDENT}"));
    let options = table_options(dialect, table).map_err(about)?;
    Ok(format!("CREATE {what} {} (\n{INDENT}{lines}\n){options}", name(&table.name)))
}

fn lines(dialect: &MySql, table: &Table) -> Result<Vec<String>, Unsupported> {
    if table.columns.is_empty() {
        return Err(Unsupported::new(
            format!("{} has no tables without columns", dialect.flavour.title()),
            "give the table a column".to_owned(),
        ));
    }
    let mut lines = Vec::new();
    for column in &table.columns {
        lines.push(self::column(dialect, table, column)?);
    }
    if let Some(key) = &table.primary_key {
        lines.push(primary_key(dialect, table, key)?);
    }
    for unique in &table.uniques {
        lines.push(self::unique(dialect, table, unique)?);
    }
    for index in &table.indexes {
        lines.push(self::index(dialect, table, index)?);
    }
    if let Some(column) = numbered(dialect, table)?.filter(|it| !is_keyed(table, &it.name)) {
        lines.push(numbering(&column.name));
    }
    for (at, key) in table.foreign_keys.iter().enumerate() {
        lines.extend(add_beneath(table, key, table.foreign_keys.iter().take(at)));
        lines.push(foreign_key(dialect, key)?);
    }
    let of_column = |name: &String| column_of_check(dialect, table, name).is_some();
    for check in table.checks.iter().filter(|it| !it.name.as_ref().is_some_and(of_column)) {
        lines.push(self::check(dialect, check)?);
    }
    Ok(lines)
}

/// The index that makes a key of a column that numbers itself.
pub(super) fn numbering(column: &str) -> String {
    format!("INDEX {} ({})", quote(NUMBERING), quote(column))
}

/// What stands behind the parentheses, with a blank in front.
fn table_options(dialect: &MySql, table: &Table) -> Result<String, Unsupported> {
    options::known(dialect.flavour, &table.options, options::TABLE)?;
    let own = options::own(dialect.flavour, &table.options);
    let mut all: Vec<String> = settings(dialect, &own);
    let numbered = numbered(dialect, table)?.and_then(|it| it.identity.as_ref());
    if let Some(start) = numbered.and_then(|it| it.options.start) {
        all.push(format!("AUTO_INCREMENT={start}"));
    }
    all.extend(table.comment.as_ref().filter(|it| !it.is_empty()).map(|it| comment(dialect, it)));
    if is_on(&own, SYSTEM_VERSIONED) {
        versions(dialect, SYSTEM_VERSIONED)?;
        all.push("WITH SYSTEM VERSIONING".to_owned());
    }
    let mut sql: String = all.iter().map(|it| format!(" {it}")).collect();
    if let Some(by) = options::text(&own, PARTITION_BY) {
        sql.push_str(&format!("\nPARTITION BY {by}"));
    }
    Ok(sql)
}

/// The options of a table that `CREATE TABLE` and `ALTER TABLE` spell alike.
fn settings(dialect: &MySql, own: &Options) -> Vec<String> {
    let set = |option: &str| setting(dialect, own, option);
    [ENGINE, CHARSET, COLLATION, ROW_FORMAT, WITH].into_iter().filter_map(set).collect()
}

/// One of these.
pub(super) fn setting(dialect: &MySql, own: &Options, option: &str) -> Option<String> {
    let value = options::text(own, option)?;
    let word = word(dialect.mode, value);
    Some(match option {
        ENGINE => format!("ENGINE={word}"),
        CHARSET => format!("DEFAULT CHARSET={word}"),
        COLLATION => format!("COLLATE={word}"),
        ROW_FORMAT => format!("ROW_FORMAT={}", value.to_uppercase()),
        _ => value.to_owned(),
    })
}

/// The comment of a table.
pub(super) fn comment(dialect: &MySql, text: &str) -> String {
    format!("COMMENT={}", literal(dialect.mode, text))
}

/// `ALTER TABLE`, one clause a line.
pub(super) fn alter_table(table: &Name, clauses: &[String]) -> String {
    let table = name(table);
    match clauses {
        [one] => format!("ALTER TABLE {table} {one}"),
        all => format!("ALTER TABLE {table}\n{INDENT}{}", all.join(&format!(",\n{INDENT}"))),
    }
}

#[cfg(test)]
mod tests;
