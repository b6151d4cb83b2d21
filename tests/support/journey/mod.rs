//! What journeys of a real database there and back share, whichever database it is.

#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod server;

use limbeck::dialect::{Connection, Row};
use limbeck::diff::diff;
use limbeck::operation::{Operation, TableChange};
use limbeck::schema::{Name, Schema, Table};

use super::law::text;

/// Why a journey ends early.
pub(crate) enum Stop {
    /// The rows do not fulfil what is asked of them, and everything is as before.
    Refused,
    /// A type of a column changes to one that has nothing in common with it.
    NoCast,
    /// A law is broken.
    Wrong(String),
}

pub(crate) fn wrong(what: impl std::fmt::Display) -> Stop {
    Stop::Wrong(what.to_string())
}

/// No difference in either direction.
pub(crate) fn alike(
    found: &Schema,
    wanted: &Schema,
    when: &str,
    by: &[Operation],
) -> Result<(), Stop> {
    let there = diff(found, wanted);
    let back = diff(wanted, found);
    if there.is_empty() && back.is_empty() {
        return Ok(());
    }
    let [by, there, back] = [by, &there, &back].map(text);
    Err(wrong(format!("{when} by{by}\nbut it takes{there}\nand back{back}")))
}

/// What of a table must be the same before and after.
pub(crate) struct Kept {
    pub(crate) before: Columns,
    pub(crate) after: Columns,
}

/// A table, and expressions over it.
pub(crate) struct Columns {
    /// In quotes.
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
}

/// Columns as pairs of their old and new name.
pub(crate) type Names = Vec<(String, String)>;

/// The name that a table has behind the operations, and its columns that they neither drop nor
/// change in their values; `also` sees each change. `None` when the table goes.
pub(crate) fn followed(
    table: &Table,
    operations: &[Operation],
    mut also: impl FnMut(&TableChange, &mut Names),
) -> Option<(Name, Names)> {
    let mut name = table.name.clone();
    // A column that is computed follows those it is computed from.
    let plain = table.columns.iter().filter(|it| it.generated.is_none());
    let mut columns: Names = plain.map(|it| (it.name.clone(), it.name.clone())).collect();
    for operation in operations {
        match operation {
            Operation::DropTable(it) if it.name == name => return None,
            Operation::RenameTable { from, to } if *from == name => name = to.clone(),
            Operation::AlterTable { table, changes } if *table == name => {
                for change in changes {
                    follow(&mut columns, change);
                    also(change, &mut columns);
                }
            }
            _ => {}
        }
    }
    Some((name, columns))
}

fn follow(columns: &mut Names, change: &TableChange) {
    match change {
        TableChange::DropColumn(it) => columns.retain(|(_, now)| *now != it.name),
        TableChange::AlterColumn { from, to }
            if from.ty != to.ty || from.generated != to.generated =>
        {
            columns.retain(|(_, now)| *now != to.name);
        }
        TableChange::RenameColumn { from, to } => {
            for (_, now) in columns.iter_mut().filter(|(_, now)| now == from) {
                now.clone_from(to);
            }
        }
        _ => {}
    }
}

/// The rows of each, in order.
pub(crate) fn read<'a>(
    db: &mut dyn Connection,
    all: impl Iterator<Item = &'a Columns>,
) -> Result<Vec<Vec<Row>>, Stop> {
    let mut tables = Vec::new();
    for Columns { table, columns } in all {
        let sql = format!("SELECT {} FROM {table}", columns.join(", "));
        let mut rows = db.query(&sql, &[]).map_err(wrong)?;
        rows.sort();
        tables.push(rows);
    }
    Ok(tables)
}

pub(crate) fn same_rows(
    before: &[Vec<Row>],
    after: &[Vec<Row>],
    by: &[Operation],
) -> Result<(), Stop> {
    match before == after {
        true => Ok(()),
        false => Err(wrong(format!("{before:#?}\n\nbecame {after:#?}\n\nby{}", text(by)))),
    }
}
