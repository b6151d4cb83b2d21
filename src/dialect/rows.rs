//! Rows that go into one statement.

use crate::schema::Value;

/// One row: pairs of column and value.
pub(super) type Row = Vec<(String, Value)>;

/// How many rows a statement holds at most.
const MOST: usize = 500;

/// The rows in stretches of the same columns, no longer than a statement should be, each with its
/// columns.
pub(super) fn stretches(rows: &[Row]) -> impl Iterator<Item = (Vec<String>, &[Row])> {
    let columns = |row: &Row| -> Vec<String> { row.iter().map(|(it, _)| it.clone()).collect() };
    rows.chunk_by(move |a, b| columns(a) == columns(b))
        .flat_map(|alike| alike.chunks(MOST))
        .map(move |rows| (columns(&rows[0]), rows))
}
