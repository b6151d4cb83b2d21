//! Rows: made for the purpose of seeing whether they survive, and read to see it.

use sea_query::{Alias, InsertStatement, Query, Value};

use crate::dialect::{Connection, DbError, Dialect, Dml, Row, table_ref};
use crate::schema::{Name, Table, Type};

/// How many rows a table gets.
const ROWS: i64 = 3;

/// A statement for each row, so that one that a check refuses leaves the others. Values in one
/// column are all different where the type has room for it, and never NULL: they fulfil what a
/// revision may ask of rows that are there.
pub(super) fn rows(table: &Table) -> Vec<InsertStatement> {
    let columns: Vec<_> = table.columns.iter().filter(|it| it.generated.is_none()).collect();
    let row = |number: i64| {
        let mut insert = Query::insert();
        insert
            .into_table(table_ref(&table.name))
            .columns(columns.iter().map(|column| Alias::new(&column.name)))
            .values_panic(columns.iter().map(|column| value(&column.ty, number).into()));
        insert
    };
    (1..=ROWS).map(row).collect()
}

/// What these columns of all rows hold, in an order that depends on nothing else.
pub(super) fn read<'a>(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    table: &Name,
    columns: impl Iterator<Item = &'a str>,
) -> Result<Vec<Row>, DbError> {
    let mut select = Query::select();
    select.columns(columns.map(Alias::new)).from(table_ref(table));
    let mut rows = db.query(&dialect.build(&Dml::Select(select)), &[])?;
    rows.sort();
    Ok(rows)
}

fn value(ty: &Type, number: i64) -> Value {
    let text = |text: String| Value::from(text);
    match ty {
        Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => number.into(),
        Type::Boolean => (number % 2 == 1).into(),
        Type::Numeric { .. } => (number % 10).into(),
        // Halves are exact in every binary format.
        #[allow(clippy::cast_precision_loss, reason = "the numbers are below ten")]
        Type::Float | Type::Double => (number as f64 + 0.5).into(),
        Type::String(length) | Type::Char(length) | Type::Binary(length) => {
            let letters = usize::try_from(length.unwrap_or(6)).unwrap_or(6);
            let row: String = format!("{number} row").chars().take(letters).collect();
            match ty {
                Type::Binary(_) => row.into_bytes().into(),
                Type::Char(Some(_)) => text(format!("{row:_<letters$}")),
                _ => text(row),
            }
        }
        Type::Text(_) => text(format!("row {number}")),
        Type::LargeBinary(_) => format!("row {number}").into_bytes().into(),
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
