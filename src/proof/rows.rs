//! Rows made for the purpose of seeing whether they survive.

use crate::operation::Operation;
use crate::schema::{Column, Literal, Table, Type, Value};

/// How many rows a table gets.
const ROWS: i64 = 3;

/// An operation for each row, so that one that a check refuses leaves the others. Values in one
/// column are all different where the type has room for it, and never NULL: they fulfil what a
/// revision may ask of rows that are there.
pub(super) fn rows(table: &Table) -> Vec<Operation> {
    let row = |number: i64| {
        let columns = table.columns.iter().filter(|column| column.generated.is_none());
        let values = columns.map(|column| (column.name.clone(), value(column, number))).collect();
        Operation::Insert { table: table.name.clone(), rows: vec![values] }
    };
    (1..=ROWS).map(row).collect()
}

fn value(column: &Column, number: i64) -> Value {
    Value::Literal(literal(&column.ty, number))
}

fn literal(ty: &Type, number: i64) -> Literal {
    let text = |text: String| Literal::Text(text);
    match ty {
        Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => {
            Literal::Integer(number)
        }
        Type::Boolean => Literal::Boolean(number % 2 == 1),
        Type::Numeric { .. } => Literal::Integer(number % 10),
        // Halves are exact in every binary format.
        #[allow(clippy::cast_precision_loss, reason = "the numbers are below ten")]
        Type::Float | Type::Double => Literal::Float(number as f64 + 0.5),
        Type::String(length) | Type::Char(length) | Type::Binary(length) => {
            let letters = usize::try_from(length.unwrap_or(6)).unwrap_or(6);
            let row: String = format!("{number} row").chars().take(letters).collect();
            match ty {
                Type::Char(Some(_)) => text(format!("{row:_<letters$}")),
                _ => text(row),
            }
        }
        Type::Text(_) | Type::LargeBinary(_) => text(format!("row {number}")),
        Type::Date => text(format!("2001-02-0{number}")),
        Type::Time { .. } => text(format!("04:05:0{number}")),
        Type::DateTime { .. } => text(format!("2001-02-0{number} 04:05:06")),
        Type::Interval => text(format!("{number} days")),
        Type::Uuid => text(format!("00000000-0000-4000-8000-00000000000{number}")),
        Type::Json => text(format!("{{\"row\": {number}}}")),
        Type::Enum(values) => {
            let at = usize::try_from(number).unwrap_or_default() % values.len().max(1);
            text(values.get(at).cloned().unwrap_or_default())
        }
        Type::SharedEnum(_) | Type::Array(_) | Type::Native { .. } => text(number.to_string()),
    }
}
