//! Statements that add rows and fill them.

use super::create::{self, INDENT};
use super::types::quote;
use crate::dialect::Unsupported;
use crate::dialect::rows::{Row, stretches};
use crate::schema::{Name, Value};

/// The statements that add rows, one for each stretch of rows with the same columns.
///
/// # Errors
/// When a value has nothing to say to SQLite.
pub(super) fn insert(table: &Name, rows: &[Row]) -> Result<Vec<String>, Unsupported> {
    let into = format!("INSERT INTO {}", quote(&create::name(table)?));
    let mut statements = Vec::new();
    for (columns, rows) in stretches(rows) {
        if columns.is_empty() {
            statements.extend(rows.iter().map(|_| format!("{into} DEFAULT VALUES")));
            continue;
        }
        let values: Vec<_> = rows.iter().map(|row| values(row)).collect::<Result<_, _>>()?;
        let columns = create::list(&columns);
        let values = values.join(&format!(",\n{INDENT}"));
        statements.push(format!("{into} ({columns}) VALUES\n{INDENT}{values}"));
    }
    Ok(statements)
}

/// The statement that gives a value to the rows without one.
///
/// # Errors
/// As [`insert`].
pub(super) fn fill(table: &Name, column: &str, value: &Value) -> Result<String, Unsupported> {
    let (table, column) = (quote(&create::name(table)?), quote(column));
    let value = match value {
        Value::Literal(literal) => create::literal(literal)?,
        Value::Expression(sql) => create::group(create::expression(sql, "the value")?),
    };
    Ok(format!("UPDATE {table} SET {column} = {value} WHERE {column} IS NULL"))
}

fn values(row: &[(String, Value)]) -> Result<String, Unsupported> {
    let value = |(_, value): &(String, Value)| match value {
        Value::Literal(literal) => create::literal(literal),
        Value::Expression(sql) => create::expression(sql, "the value").map(create::line),
    };
    let values: Vec<_> = row.iter().map(value).collect::<Result<_, _>>()?;
    Ok(format!("({})", values.join(", ")))
}
