//! Rows that one line adds or fills, and what the other line does to their table.

use super::contact::Clash;
use crate::operation::{Operation, TableChange};
use crate::schema::{IndexKey, Literal, Name, Schema, Sql, Table, Value};

/// What the order of two operations means for the rows that one of them adds or fills.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rows {
    /// It matters, or the second one fails: why, and what it is about.
    Clash(Clash, String),
    /// It depends on the rows that are in the table.
    Unknown,
}

type Row = [(String, Value)];

/// What the order of two operations of different lines means for their rows, in a database
/// that looks like `schema` before both; `None` when it means nothing.
pub(super) fn rows(left: &Operation, right: &Operation, schema: &Schema) -> Option<Rows> {
    match (left, right) {
        (Operation::Insert { table, rows }, Operation::Insert { table: other, rows: more })
            if table == other =>
        {
            inserts(schema.table(table)?, rows, more)
        }
        (Operation::Insert { table, rows }, Operation::AlterTable { table: other, changes })
        | (Operation::AlterTable { table: other, changes }, Operation::Insert { table, rows })
            if table == other =>
        {
            changes.iter().find_map(|change| altered(table, rows, change))
        }
        (Operation::Fill { .. }, Operation::Fill { .. }) => fills(left, right),
        (fill @ Operation::Fill { .. }, other) | (other, fill @ Operation::Fill { .. }) => {
            filled(fill, other)
        }
        _ => None,
    }
}

/// Two values for rows that have none.
fn fills(left: &Operation, right: &Operation) -> Option<Rows> {
    let (
        Operation::Fill { table, column, value },
        Operation::Fill { table: other, column: another, value: more },
    ) = (left, right)
    else {
        return None;
    };
    if table != other {
        return None;
    }
    if column == another {
        let what = format!("the values of column '{}'", table.column(column));
        return (value != more).then_some(Rows::Clash(Clash::BothChange, what));
    }
    // An expression may speak of the column that the other one fills.
    let speaks = [value, more].iter().any(|it| matches!(it, Value::Expression(_)));
    speaks.then_some(Rows::Unknown)
}

/// A value for rows that have none, and what the other line does to rows of that table.
fn filled(fill: &Operation, other: &Operation) -> Option<Rows> {
    use TableChange::*;
    let Operation::Fill { table, column, .. } = fill else { return None };
    let asks_rows = |change: &TableChange| match change {
        AlterColumn { to, .. } => to.name == *column,
        AddIndex(it) => it.unique,
        AddPrimaryKey(_) | AddUnique(_) | AddCheck(_) | AddForeignKey(_) => true,
        _ => false,
    };
    let matters = match other {
        Operation::Insert { table: other, rows } => {
            let gives = |row: &Vec<(String, Value)>| {
                row.iter().any(|(name, value)| name == column && !is_null(value))
            };
            other == table && !rows.iter().all(gives)
        }
        Operation::AlterTable { table: other, changes } => {
            other == table && changes.iter().any(asks_rows)
        }
        _ => false,
    };
    matters.then_some(Rows::Unknown)
}

/// Two sets of rows for one table.
fn inserts(
    table: &Table,
    left: &[Vec<(String, Value)>],
    right: &[Vec<(String, Value)>],
) -> Option<Rows> {
    for key in keys(table) {
        let values = |row: &Row| -> Option<Vec<String>> {
            key.iter().map(|column| literal(row, column)).collect()
        };
        let taken: Vec<_> = left.iter().filter_map(|row| values(row)).collect();
        let twice = right.iter().filter_map(|row| values(row)).find(|it| taken.contains(it));
        if let Some(values) = twice {
            let pairs: Vec<_> = key
                .iter()
                .zip(values)
                .map(|(column, value)| format!("{column} = {value}"))
                .collect();
            let what = format!("a row of table '{}' with {}", table.name, pairs.join(", "));
            return Some(Rows::Clash(Clash::SameRow, what));
        }
    }
    // Rows without a number get one in the order in which they come.
    let numbered =
        table.columns.iter().find(|it| it.identity.is_some() || is_number(table, &it.name))?;
    let lacks = |rows: &[Vec<(String, Value)>]| {
        rows.iter().any(|row| row.iter().all(|(column, _)| *column != numbered.name))
    };
    (lacks(left) || lacks(right)).then_some(Rows::Unknown)
}

fn is_number(table: &Table, column: &str) -> bool {
    table.is_sole_key(column) && table.column(column).is_some_and(|it| it.ty.is_integer())
}

/// The columns that may not be equal in two rows, key by key.
fn keys(table: &Table) -> Vec<Vec<String>> {
    let primary = table.primary_key.iter().map(|it| it.columns.clone());
    let uniques = table.uniques.iter().map(|it| it.columns.clone());
    let indexes = table.indexes.iter().filter(|it| it.unique && it.predicate.is_none());
    let indexes = indexes.filter_map(|index| {
        let column = |key: &IndexKey| match key {
            IndexKey::Column(name) => Some(name.clone()),
            IndexKey::Expression(_) => None,
        };
        index.columns.iter().map(|it| column(&it.key)).collect()
    });
    primary.chain(uniques).chain(indexes).collect()
}

/// Whether the value is NULL, which only SQL can say.
fn is_null(value: &Value) -> bool {
    let text =
        |sql: &Sql| sql.text.as_ref().is_some_and(|it| it.trim().eq_ignore_ascii_case("null"));
    matches!(value, Value::Expression(sql) if text(sql))
}

/// The value that a row gives a column, as text.
fn literal(row: &Row, column: &str) -> Option<String> {
    let (_, value) = row.iter().find(|(name, _)| name == column)?;
    match value {
        Value::Literal(Literal::Boolean(it)) => Some(it.to_string()),
        Value::Literal(Literal::Integer(it)) => Some(it.to_string()),
        Value::Literal(Literal::Float(it)) => Some(it.to_string()),
        Value::Literal(Literal::Text(it)) => Some(it.clone()),
        Value::Expression(_) => None,
    }
}

/// Rows for a table that the other line changes.
fn altered(table: &Name, rows: &[Vec<(String, Value)>], change: &TableChange) -> Option<Rows> {
    use TableChange::*;
    let gives = |(name, value): &(String, Value), column: &str| name == column && !is_null(value);
    let lacks = |column: &str| rows.iter().any(|row| !row.iter().any(|it| gives(it, column)));
    let refused = |column: &str| {
        let what = format!("column '{}'", table.column(column));
        Some(Rows::Clash(Clash::RowsRefused, what))
    };
    match change {
        AddColumn(it) => {
            let fills_itself = it.nullable
                || it.default.is_some()
                || it.generated.is_some()
                || it.identity.is_some();
            if fills_itself { None } else { refused(&it.name) }
        }
        AlterColumn { from, to } if from.nullable && !to.nullable && lacks(&to.name) => {
            match (&from.default, &to.default) {
                (Some(_), Some(_)) => Some(Rows::Unknown),
                _ => refused(&to.name),
            }
        }
        AlterColumn { from, to } => {
            let is_same = from.ty == to.ty && (from.default == to.default || !lacks(&to.name));
            if is_same { None } else { Some(Rows::Unknown) }
        }
        AddPrimaryKey(_) | AddUnique(_) | AddCheck(_) | AddForeignKey(_) => Some(Rows::Unknown),
        AddIndex(it) => it.unique.then_some(Rows::Unknown),
        DropForeignKey(_)
        | DropCheck(_)
        | DropIndex(_)
        | DropUnique(_)
        | DropPrimaryKey(_)
        | RenameColumn { .. }
        | DropColumn(_)
        | SetComment { .. }
        | SetOption { .. } => None,
    }
}
