//! What must hold before a change can be made, or after it: queries that find what is in its way.

use super::change::Change;
use crate::dialect::sqlite::create;
use crate::dialect::sqlite::types::{self, quote};
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{Check, ForeignKey, Name};

/// Refuses when a column holds NULL.
pub(super) fn has_no_null(table: &Name, column: &str) -> Statement {
    Statement::refuse(
        count(table, &format!("{} IS NULL", quote(column))),
        format!("column `{column}` of table `{table}` holds NULL"),
    )
}

/// Refuses when there are rows, for which a new column has no value.
pub(super) fn has_no_rows(table: &Name, column: &str) -> Statement {
    Statement::refuse(
        count(table, "TRUE"),
        format!(
            "the new column `{column}` has no value for the rows of table `{table}`; give it a \
             default, or add it nullable and fill it first"
        ),
    )
}

/// Refuses when a row violates a check.
pub(super) fn obeys(table: &Name, check: &Check) -> Result<Statement, Unsupported> {
    let text = create::expression(&check.expression, "the check")?;
    let shown = check.name.as_deref().unwrap_or(text);
    Ok(Statement::refuse(
        count(table, &format!("NOT {}", create::group(text))),
        format!("rows of table `{table}` violate the check `{shown}`"),
    ))
}

/// How many rows there are of which `condition` is true, or no row when there are none.
fn count(table: &Name, condition: &str) -> String {
    let rows = format!("SELECT count(*) AS n FROM {} WHERE {condition}", quote(&table.name));
    format!("SELECT n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END FROM ({rows}) WHERE n > 0")
}

/// Refuses when a column holds a text that is none of an enum's values.
pub(super) fn is_one_of(table: &Name, column: &str, values: &[String]) -> Statement {
    let texts: Vec<_> = values.iter().map(|value| types::literal(value)).collect();
    let shown: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    let (table_name, name, texts) = (quote(&table.name), quote(column), texts.join(", "));
    Statement::refuse(
        format!("SELECT {name} FROM {table_name} WHERE {name} NOT IN ({texts}) LIMIT 1"),
        format!(
            "column `{column}` of table `{table}` holds values other than {}",
            shown.join(", ")
        ),
    )
}

/// A query that finds a row without a parent. A foreign key gives the child's value the affinity
/// and the collation of the parent's column (<https://sqlite.org/foreignkeys.html>), and so does a
/// comparison with the parent on the left and a value without affinity on the right.
pub(super) fn has_parents(table: &Name, key: &ForeignKey, parents: Option<&[String]>) -> Statement {
    let (child, parent) = (&table.name, &key.table.name);
    let message =
        format!("rows of table `{table}` refer to rows of `{}` that are not there", key.table);
    let Some(parents) = parents else {
        let (child, parent) = (types::literal(child), types::literal(parent));
        return Statement::refuse(
            format!(
                "SELECT 'row ' || rowid FROM pragma_foreign_key_check({child}) \
                 WHERE parent = {parent} COLLATE NOCASE LIMIT 1"
            ),
            message,
        );
    };
    let columns: Vec<_> = key.columns.iter().map(|name| format!("child.{}", quote(name))).collect();
    let given: Vec<_> = columns.iter().map(|name| format!("{name} IS NOT NULL")).collect();
    let pairs = key.columns.iter().zip(parents);
    let same: Vec<_> = pairs
        .map(|(child, parent)| format!("parent.{} = +child.{}", quote(parent), quote(child)))
        .collect();
    Statement::refuse(
        format!(
            "SELECT {} FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {}) LIMIT 1",
            columns.join(", "),
            quote(child),
            given.join(" AND "),
            quote(parent),
            same.join(" AND ")
        ),
        message,
    )
}

/// With foreign keys enforced, dropping the old table would delete the rows that refer to it.
pub(super) fn foreign_keys_are_off(change: &Change) -> Statement {
    Statement::refuse(
        "SELECT 'PRAGMA foreign_keys = 1' FROM pragma_foreign_keys WHERE foreign_keys",
        format!(
            "foreign keys are enforced, so building the table `{}` anew would touch the rows that \
             refer to it; switch them off before the transaction begins",
            change.live.name
        ),
    )
}

/// Refuses when the table, or what belongs to it, is not what it was taken for when the statements
/// were written down: building it anew would lose what they do not know. Blanks are left out of the
/// texts, as some versions of SQLite put theirs elsewhere.
pub(super) fn is_as_known(change: &Change) -> Result<Statement, Unsupported> {
    const BLANKS: [char; 4] = [' ', '\n', '\r', '\t'];
    let table = &change.live.name;
    let mut known = vec![change.source.text().to_owned()];
    for index in &change.live.indexes {
        known.push(create::made_by(table, index)?);
    }
    known.extend(change.triggers().map(str::to_owned));
    let known: Vec<_> =
        known.iter().map(|text| types::literal(&text.replace(BLANKS, ""))).collect();
    let without =
        |text: String, blank: &char| format!("replace({text}, char({}), '')", *blank as u32);
    Ok(Statement::refuse(
        format!(
            "SELECT type || ' ' || name FROM sqlite_master\n\
             WHERE tbl_name = {} COLLATE NOCASE\n\
             AND {} NOT IN (\n{}\n)",
            types::literal(&table.name),
            BLANKS.iter().fold("sql".to_owned(), without),
            known.join(",\n")
        ),
        format!(
            "table `{table}` is not as the scripts made it, so this one would not keep all of it"
        ),
    ))
}

/// Refuses when rows are equal in what becomes unique. SQLite would say so in terms of the new
/// table's name for the time being.
pub(super) fn has_no_twins(change: &Change) -> Vec<Statement> {
    let table = &change.live.name;
    let keys = change.changes.iter().filter_map(|change| match change {
        TableChange::AddUnique(unique) => Some(&unique.columns),
        TableChange::AddPrimaryKey(key) => Some(&key.columns),
        _ => None,
    });
    let kept = |columns: &&Vec<String>| {
        columns.iter().all(|name| change.kept().any(|(from, _)| from.name == *name))
    };
    // A key that only gets another name.
    let live = change.live.primary_key.iter().map(|key| &key.columns);
    let live: Vec<_> = live.chain(change.live.uniques.iter().map(|it| &it.columns)).collect();
    let is_new = |columns: &&Vec<String>| !live.contains(columns);
    let refuse = |columns: &Vec<String>| {
        let given: Vec<_> =
            columns.iter().map(|name| format!("{} IS NOT NULL", quote(name))).collect();
        let shown: Vec<_> = columns.iter().map(|name| format!("`{name}`")).collect();
        let message = match &shown[..] {
            [one] => {
                format!("column {one} of table `{table}` holds a value twice")
            }
            many => {
                format!("columns {} of table `{table}` hold the same values twice", many.join(", "))
            }
        };
        let (name, list) = (quote(&table.name), create::list(columns));
        Statement::refuse(
            format!(
                "SELECT {list} FROM {name} WHERE {} GROUP BY {list} HAVING count(*) > 1 LIMIT 1",
                given.join(" AND ")
            ),
            message,
        )
    };
    keys.filter(kept).filter(is_new).map(refuse).collect()
}
