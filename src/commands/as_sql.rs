//! Operations as SQL that any client of the database can run.

use std::cell::RefCell;

use anyhow::Result;

use crate::dialect::{Connection, Dialect};
use crate::lint;
use crate::operation::Operation;
use crate::run::{self, Told};

/// The statements of an operation, each with its end, below a note of what they lose. What a
/// statement must say depends on what the ones before it left, so they run in `db` as they are
/// written. Questions about the rows are left out: no client could act on the answers.
///
/// # Errors
/// When it does not run.
pub(super) fn as_sql(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operation: &Operation,
) -> Result<String> {
    let note = lint::note(operation).map(|note| format!("-- {note}"));
    let lines = RefCell::new(Vec::from_iter(note));
    let tell = |told: Told| {
        if let Told::Statement(sql) = told {
            lines.borrow_mut().push(format!("{sql};"));
        }
    };
    run::execute_one(dialect, db, operation, &tell)?;
    Ok(lines.into_inner().join("\n"))
}
