//! Proof of a new revision before it is written: it runs on a scratch database that looks like
//! the live one, leads to what the models declare, comes back exactly, and keeps rows that were
//! made for the purpose.

mod baseline;
mod equal;
mod rows;

use std::time::Duration;

use crate::dialect::{Connection, DbError, Dialect, Dml, Limits, NormalizeError, Row, Scope};
use crate::diff::diff;
use crate::operation::{self, Operation, TableChange};
use crate::run::{self, Cause};
use crate::schema::{Name, Schema, Table};
use crate::script::{Entry, Script};

pub use baseline::prove_baseline;
pub use equal::{Equality, UnequalError, prove_equal, scratch_behind};

/// Why a revision is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// It does not run.
    #[error("its {direction} fails{}", at(.operation))]
    Fails {
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// The operation that fails.
        operation: Option<String>,
        /// Why.
        #[source]
        cause: Box<Cause>,
    },
    /// It leads elsewhere.
    #[error("after the {direction} the schema differs: {}", .differences.join("; "))]
    Differs {
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// What a second comparison finds.
        differences: Vec<String>,
    },
    /// It changes rows it should keep.
    #[error("the {direction} does not keep the rows of `{table}`")]
    Rows {
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// The table.
        table: Name,
    },
    /// The scratch database failed.
    #[error("the scratch database failed")]
    Db(#[from] DbError),
}

impl ProofError {
    /// Why nothing could be tried, with what helps, where that is all: the claim may hold.
    pub fn untried(&self) -> Option<String> {
        let ProofError::Db(error @ (DbError::NoScratch { .. } | DbError::Beyond { .. })) = self
        else {
            return None;
        };
        let hint = error.hint().map(|it| format!("; {it}")).unwrap_or_default();
        Some(format!("{error}{hint}"))
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        if let ProofError::Db(error) = self
            && error.is_end()
        {
            return Some("run the command again".to_owned());
        }
        let hint = "`--no-prove` writes it all the same, to be mended by hand";
        Some(hint.to_owned())
    }
}

fn at(operation: &Option<String>) -> String {
    operation.as_deref().map(|it| format!(" {it}")).unwrap_or_default()
}

/// What a proof starts from.
pub struct Claim<'a> {
    /// The language of the database.
    pub dialect: &'a dyn Dialect,
    /// What is tried.
    pub script: &'a Script,
    /// What the script is to do, in whichever words it says it: rows that none of these changes
    /// must be kept.
    pub operations: &'a [Operation],
    /// What the models declare.
    pub declared: &'a Schema,
    /// The same, as the database spells it.
    pub normalized: &'a Schema,
    /// Tables that are none of its business: the tool's own.
    pub except: &'a [Name],
    /// Leaves out of a schema what is not looked at.
    pub filter: &'a dyn Fn(&mut Schema),
}

/// Tries the claim on a scratch database that looks like `live`.
///
/// Rows can be refused for their own sake (a new check, a new required column): then the proof is
/// tried once more without rows, and what it says then counts.
///
/// # Errors
/// Why the claim does not hold.
pub fn prove(claim: &Claim, live: &mut dyn Connection) -> Result<(), ProofError> {
    match attempt(claim, live, true) {
        Err(ProofError::Fails { .. }) => attempt(claim, live, false),
        outcome => outcome,
    }
}

fn attempt(claim: &Claim, live: &mut dyn Connection, with_rows: bool) -> Result<(), ProofError> {
    let mut scratch = claim.dialect.scratch(live)?;
    let db = &mut *scratch;
    let before = inspect(claim, db)?;
    if with_rows {
        fill(claim.dialect, db, &before)?;
    }
    // As an upgrade does, and not before the rows are in: until then what they refer to must be.
    let limits = Limits { lock_timeout: Duration::ZERO, statement_timeout: None };
    claim.dialect.prepare(db, &limits)?;
    let kept = kept(&before, claim);
    let rows_before = read_all(claim.dialect, db, &kept, |kept| &kept.before)?;

    run(claim, db, "upgrade", &claim.script.upgrade)?;
    let after = inspect(claim, db)?;
    same(&difference(claim, &after, db)?, "upgrade")?;
    let rows_after = read_all(claim.dialect, db, &kept, |kept| &kept.after)?;
    same_rows(&kept, &rows_before, &rows_after, "upgrade")?;

    if claim.script.header.irreversible.is_some() {
        return Ok(());
    }
    run(claim, db, "downgrade", &claim.script.downgrade)?;
    same(&diff(&inspect(claim, db)?, &before), "downgrade")?;
    let rows_back = read_all(claim.dialect, db, &kept, |kept| &kept.before)?;
    same_rows(&kept, &rows_before, &rows_back, "downgrade")
}

/// What is still to be done. Some spellings can be told only where the thing is there: so what differs is
/// compared once more with the declaration as `check` will compare it.
fn difference(
    claim: &Claim,
    after: &Schema,
    db: &mut dyn Connection,
) -> Result<Vec<Operation>, ProofError> {
    let first = diff(after, claim.normalized);
    if first.is_empty() {
        return Ok(first);
    }
    match claim.dialect.normalize(claim.declared, after, db) {
        Ok(again) => Ok(diff(after, &again)),
        Err(NormalizeError::Db(error)) => Err(error.into()),
        Err(NormalizeError::Unsupported(_)) => Ok(first),
    }
}

fn inspect(claim: &Claim, db: &mut dyn Connection) -> Result<Schema, DbError> {
    let scope = Scope { tables: None, except: claim.except.to_vec() };
    let mut schema = claim.dialect.inspect(db, &scope)?;
    (claim.filter)(&mut schema);
    Ok(schema)
}

/// Fills every table. A row that a check or a trigger refuses is left out.
fn fill(dialect: &dyn Dialect, db: &mut dyn Connection, schema: &Schema) -> Result<(), DbError> {
    for insert in schema.tables.iter().flat_map(rows::rows) {
        match db.execute(&dialect.build(&Dml::Insert(insert))) {
            Err(error) if error.is_end() => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn run(
    claim: &Claim,
    db: &mut dyn Connection,
    direction: &'static str,
    entries: &[Entry],
) -> Result<(), ProofError> {
    let name = claim.dialect.name();
    let meant = entries.iter().filter(|entry| entry.is_for(name));
    let operations: Vec<Operation> = meant.map(|entry| entry.operation.clone()).collect();
    run::execute(claim.dialect, db, &operations, &|_| {}).map_err(|(at, cause)| {
        let cause = match cause {
            Cause::Db(error) if error.is_end() => return ProofError::Db(error),
            Cause::Db(error @ DbError::Beyond { .. }) => return ProofError::Db(error),
            cause => cause,
        };
        let operation = at.map(|at| brief(&operations[at].describe()));
        ProofError::Fails { direction, operation, cause: Box::new(cause) }
    })
}

/// The first of several changes, and how many there are.
fn brief(changes: &[String]) -> String {
    match changes {
        [] => String::new(),
        [only] => format!("({only})"),
        [first, rest @ ..] => format!("({first} and {} more)", rest.len()),
    }
}

fn same(operations: &[Operation], direction: &'static str) -> Result<(), ProofError> {
    let differences: Vec<String> = operation::describe(operations);
    match differences.is_empty() {
        true => Ok(()),
        false => Err(ProofError::Differs { direction, differences }),
    }
}

/// What of a table must be the same before and after.
struct Kept {
    before: Columns,
    after: Columns,
}

struct Columns {
    table: Name,
    columns: Vec<String>,
}

/// The tables and columns that the script neither drops nor changes, by both of their names.
fn kept(before: &Schema, claim: &Claim) -> Vec<Kept> {
    let kept = |table: &Table| {
        let mut name = table.name.clone();
        let mut columns: Vec<(String, String)> =
            table.columns.iter().map(|it| (it.name.clone(), it.name.clone())).collect();
        for operation in claim.operations {
            match operation {
                Operation::DropTable(it) if it.name == name => return None,
                Operation::RenameTable { from, to } if *from == name => name = to.clone(),
                Operation::AlterTable { table, changes } if *table == name => {
                    changes.iter().for_each(|change| follow(&mut columns, change));
                }
                _ => {}
            }
        }
        let (old, new) = columns.into_iter().unzip();
        Some(Kept {
            before: Columns { table: table.name.clone(), columns: old },
            after: Columns { table: name, columns: new },
        })
    };
    before.tables.iter().filter_map(kept).filter(|it| !it.before.columns.is_empty()).collect()
}

/// Follows columns, as pairs of their old and new name, through a change.
fn follow(columns: &mut Vec<(String, String)>, change: &TableChange) {
    match change {
        TableChange::DropColumn(it) => columns.retain(|(_, now)| *now != it.name),
        TableChange::AlterColumn { from, to } if from.ty != to.ty || to.generated.is_some() => {
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

fn read_all(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    kept: &[Kept],
    side: fn(&Kept) -> &Columns,
) -> Result<Vec<Vec<Row>>, DbError> {
    let mut read = |Columns { table, columns }: &Columns| {
        rows::read(dialect, db, table, columns.iter().map(String::as_str))
    };
    kept.iter().map(|it| read(side(it))).collect()
}

fn same_rows(
    kept: &[Kept],
    before: &[Vec<Row>],
    after: &[Vec<Row>],
    direction: &'static str,
) -> Result<(), ProofError> {
    let mut all = kept.iter().zip(before.iter().zip(after));
    match all.find(|(_, (before, after))| before != after) {
        Some((kept, _)) => Err(ProofError::Rows { direction, table: kept.before.table.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
