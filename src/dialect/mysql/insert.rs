//! Statements that add rows and fill them.

use super::MySql;
use super::create::{INDENT, group, line, list};
use super::default::{expression, literal_sql, value};
use super::text::{name, quote};
use crate::dialect::Unsupported;
use crate::dialect::rows::{Row, stretches};
use crate::schema::{Name, Value};

/// The statements that add rows, one for each stretch of rows with the same columns.
///
/// # Errors
/// When a value has nothing to say to this server.
pub(super) fn insert(
    dialect: &MySql,
    table: &Name,
    rows: &[Row],
) -> Result<Vec<String>, Unsupported> {
    let into = format!("INSERT INTO {}", name(table));
    let mut statements = Vec::new();
    for (columns, rows) in stretches(rows) {
        let rows: Vec<_> = rows.iter().map(|row| values(dialect, row)).collect::<Result<_, _>>()?;
        let rows = rows.join(&format!(",\n{INDENT}"));
        statements.push(format!("{into} ({}) VALUES\n{INDENT}{rows}", list(&columns)));
    }
    Ok(statements)
}

fn values(dialect: &MySql, row: &Row) -> Result<String, Unsupported> {
    let value = |(_, it): &(String, Value)| value(dialect, it).map(|it| line(dialect.mode, &it));
    let values: Vec<_> = row.iter().map(value).collect::<Result<_, _>>()?;
    Ok(format!("({})", values.join(", ")))
}

/// The statement that gives a value to the rows without one.
///
/// # Errors
/// As [`insert`].
pub(super) fn fill(
    dialect: &MySql,
    table: &Name,
    column: &str,
    value: &Value,
) -> Result<String, Unsupported> {
    let (table, column) = (name(table), quote(column));
    let value = match value {
        Value::Literal(literal) => literal_sql(dialect, literal),
        Value::Expression(sql) => group(dialect.mode, expression(dialect, sql, "the value")?),
    };
    Ok(format!("UPDATE {table} SET {column} = {value} WHERE {column} IS NULL"))
}
