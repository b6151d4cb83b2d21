//! Statements that add rows and fill them.

use super::create::{INDENT, group, line, list};
use super::default::{expression, literal_sql};
use super::types::{self, literal, quote};
use crate::dialect::Unsupported;
use crate::dialect::rows::{Row, stretches};
use crate::schema::{Literal, Name, Value};

/// The statements that add rows, one for each stretch of rows with the same columns, and those
/// that move the columns' own sequences behind the numbers that were given.
///
/// # Errors
/// When a value has nothing to say to PostgreSQL.
pub(super) fn insert(table: &Name, rows: &[Row]) -> Result<Vec<String>, Unsupported> {
    let into = format!("INSERT INTO {}", types::name(table));
    let mut statements = Vec::new();
    for (columns, rows) in stretches(rows) {
        if columns.is_empty() {
            statements.extend(rows.iter().map(|_| format!("{into} DEFAULT VALUES")));
            continue;
        }
        let values: Vec<_> = rows.iter().map(values).collect::<Result<_, _>>()?;
        let values = values.join(&format!(",\n{INDENT}"));
        let columns = list(&columns);
        statements
            .push(format!("{into} ({columns}) OVERRIDING SYSTEM VALUE VALUES\n{INDENT}{values}"));
    }
    statements.extend(numbers(rows).into_iter().map(|(column, last)| advance(table, column, last)));
    Ok(statements)
}

/// The statement that gives a value to the rows without one.
///
/// # Errors
/// As [`insert`].
pub(super) fn fill(table: &Name, column: &str, value: &Value) -> Result<String, Unsupported> {
    let (table, column) = (types::name(table), quote(column));
    let value = match value {
        Value::Literal(literal) => literal_sql(literal),
        Value::Expression(sql) => group(expression(sql, "the value")?),
    };
    Ok(format!("UPDATE {table} SET {column} = {value} WHERE {column} IS NULL"))
}

fn values(row: &Row) -> Result<String, Unsupported> {
    let value = |(_, value): &(String, Value)| match value {
        Value::Literal(literal) => Ok(literal_sql(literal)),
        Value::Expression(sql) => expression(sql, "the value").map(line),
    };
    let values: Vec<_> = row.iter().map(value).collect::<Result<_, _>>()?;
    Ok(format!("({})", values.join(", ")))
}

/// The columns to which only whole numbers are given, each with the largest of them.
fn numbers(rows: &[Row]) -> Vec<(&str, i64)> {
    let mut all: Vec<(&str, Option<i64>)> = Vec::new();
    for (column, value) in rows.iter().flatten() {
        let number = match value {
            Value::Literal(Literal::Integer(number)) => Some(*number),
            _ => None,
        };
        match all.iter_mut().find(|(name, _)| name == column) {
            Some((_, largest)) => *largest = largest.zip(number).map(|(a, b)| a.max(b)),
            None => all.push((column, number)),
        }
    }
    // There is no literal for the smallest of all.
    let known = |(column, largest): (_, Option<i64>)| Some((column, largest?));
    all.into_iter().filter_map(known).filter(|(_, largest)| *largest != i64::MIN).collect()
}

/// The statement that moves the sequence of a column behind `last`, and none that is further or
/// counts down; a column without one is left alone.
fn advance(table: &Name, column: &str, last: i64) -> String {
    let (table, column) = (literal(&types::name(table)), literal(column));
    format!(
        "SELECT setval(seqrelid::regclass, {last})\n\
         FROM pg_catalog.pg_sequence\n\
         WHERE seqrelid = pg_get_serial_sequence({table}, {column})::regclass\n{INDENT}\
         AND seqincrement > 0 AND {last} BETWEEN seqmin AND seqmax\n{INDENT}\
         AND coalesce({last} > pg_sequence_last_value(seqrelid::regclass), {last} >= seqstart)"
    )
}
