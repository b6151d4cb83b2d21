//! Proof that one script does what several others do: both are run on scratch databases, up and
//! down, and leave the same schema and the same rows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::rows::read;
use super::{brief, fill};
use crate::dialect::{Connection, DbError, Dialect, Limits, Row, Scope};
use crate::diff::diff;
use crate::operation::{self, Operation};
use crate::run::{self, Cause};
use crate::schema::{Name, Schema, Table};
use crate::script::{Entry, Script};

/// That a script does what others do.
pub struct Equality<'a> {
    /// The language of the database.
    pub dialect: &'a dyn Dialect,
    /// What runs before all of them, oldest first.
    pub before: &'a [Script],
    /// The others, oldest first.
    pub originals: &'a [Script],
    /// The one that is tried.
    pub script: &'a Script,
}

/// Why a script does not do what others do, or why that cannot be known.
#[derive(Debug, thiserror::Error)]
pub enum UnequalError {
    /// One of the others does not run on a database in which nothing is but what came before it.
    #[error("revision `{revision}` does not run on a scratch database: its {direction} fails{}", super::at(.operation))]
    Original {
        /// The revision.
        revision: String,
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// The operation that fails.
        operation: Option<String>,
        /// Why.
        #[source]
        cause: Box<Cause>,
    },
    /// The script fails.
    #[error("its {direction} fails{}", super::at(.operation))]
    Fails {
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// The operation that fails.
        operation: Option<String>,
        /// Why.
        #[source]
        cause: Box<Cause>,
    },
    /// It leads to another schema.
    #[error("after its {direction} the schema is another one; to be the same it lacks: {}", .differences.join("; "))]
    Schema {
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// What would make it the same.
        differences: Vec<String>,
    },
    /// It leads to another order of columns.
    #[error("after its {direction} the columns of `{table}` stand in another order")]
    Order {
        /// `upgrade` or `downgrade`.
        direction: &'static str,
        /// The table.
        table: Name,
    },
    /// It leads to other rows.
    #[error("after its {direction} `{table}` holds other rows")]
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

impl UnequalError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some("`--no-prove` writes it all the same, to be tried by hand".to_owned())
    }

    /// Whether it is about the script, and not about what it should do the work of.
    pub fn is_about_script(&self) -> bool {
        !matches!(self, UnequalError::Original { .. } | UnequalError::Db(_))
    }
}

/// Tries the claim. Programs are passed over on both sides: they would work on another database.
///
/// Tables that are there before get rows made for the purpose. Those can be refused for their own
/// sake; then the claim is tried without them, and what it says then counts.
///
/// # Errors
/// Why the claim does not hold.
pub fn prove_equal(claim: &Equality, live: &mut dyn Connection) -> Result<(), UnequalError> {
    match attempt(claim, live, true) {
        Err(UnequalError::Original { .. }) => attempt(claim, live, false),
        outcome => outcome,
    }
}

/// A scratch database in which `scripts` have run, oldest first, programs apart.
///
/// # Errors
/// [`UnequalError::Original`], and whatever the database says.
pub fn scratch_behind(
    dialect: &dyn Dialect,
    live: &mut dyn Connection,
    scripts: &[Script],
) -> Result<Box<dyn Connection>, UnequalError> {
    let mut scratch = dialect.empty(live)?;
    prepare(dialect, &mut *scratch)?;
    for script in scripts {
        original(dialect, &mut *scratch, script, UPGRADE)?;
    }
    Ok(scratch)
}

const UPGRADE: &str = "upgrade";
const DOWNGRADE: &str = "downgrade";

fn attempt(claim: &Equality, live: &mut dyn Connection, made: bool) -> Result<(), UnequalError> {
    let wanted = original_way(claim, live, made)?;
    let found = way_of_script(claim, live, made)?;
    let mut sides = wanted.iter().zip(&found);
    if sides.all(|(wanted, found)| wanted.rows == found.rows) {
        return compare(&wanted, &found);
    }
    // Rows that the others do not give twice alike hold the time, or chance.
    let mut wanted = wanted;
    let mut found = found;
    let again = original_way(claim, live, made)?;
    for ((wanted, again), found) in wanted.iter_mut().zip(&again).zip(&mut found) {
        let masked = masked(wanted, again);
        wanted.mask(&masked);
        found.mask(&masked);
    }
    compare(&wanted, &found)
}

/// What is there after one of the two ways.
struct State {
    direction: &'static str,
    schema: Schema,
    rows: BTreeMap<Name, Vec<Row>>,
}

fn compare(wanted: &[State], found: &[State]) -> Result<(), UnequalError> {
    for (wanted, found) in wanted.iter().zip(found) {
        let direction = wanted.direction;
        let differences = operation::describe(&diff(&found.schema, &wanted.schema));
        if !differences.is_empty() {
            return Err(UnequalError::Schema { direction, differences });
        }
        for table in &wanted.schema.tables {
            let names = |table: &Table| -> Vec<String> {
                table.columns.iter().map(|it| it.name.clone()).collect()
            };
            if found.schema.table(&table.name).is_some_and(|it| names(it) != names(table)) {
                return Err(UnequalError::Order { direction, table: table.name.clone() });
            }
        }
        let mut rows = wanted.rows.iter();
        if let Some((table, _)) = rows.find(|(table, rows)| found.rows.get(table) != Some(rows)) {
            return Err(UnequalError::Rows { direction, table: table.clone() });
        }
    }
    Ok(())
}

/// The columns, by table, of which two runs of the same scripts make different values.
fn masked(one: &State, other: &State) -> BTreeSet<(Name, usize)> {
    let mut masked = BTreeSet::new();
    for (table, rows) in &one.rows {
        let others = other.rows.get(table).map(Vec::as_slice).unwrap_or_default();
        for column in 0..rows.first().map_or(0, Vec::len) {
            let values = |rows: &[Row]| {
                let mut values: Vec<_> = rows.iter().map(|row| row.get(column).cloned()).collect();
                values.sort();
                values
            };
            if values(rows) != values(others) {
                masked.insert((table.clone(), column));
            }
        }
    }
    masked
}

impl State {
    fn of(
        claim: &Equality,
        db: &mut dyn Connection,
        direction: &'static str,
    ) -> Result<State, UnequalError> {
        let schema = claim.dialect.inspect(db, &Scope::default())?;
        let mut rows = BTreeMap::new();
        for table in schema.tables.iter().filter(|it| !it.columns.is_empty()) {
            let columns = table.columns.iter().map(|it| it.name.as_str());
            rows.insert(table.name.clone(), read(claim.dialect, db, &table.name, columns)?);
        }
        Ok(State { direction, schema, rows })
    }

    /// Of the values in these columns only tells whether they are there.
    fn mask(&mut self, masked: &BTreeSet<(Name, usize)>) {
        for (table, rows) in &mut self.rows {
            for (column, value) in rows.iter_mut().flat_map(|row| row.iter_mut().enumerate()) {
                if masked.contains(&(table.clone(), column)) && value.is_some() {
                    *value = Some(String::new());
                }
            }
            rows.sort();
        }
    }
}

/// A scratch database in which everything before has run, with rows in its tables if `made`.
fn beginning(
    claim: &Equality,
    live: &mut dyn Connection,
    made: bool,
) -> Result<Box<dyn Connection>, UnequalError> {
    let mut scratch = scratch_behind(claim.dialect, live, claim.before)?;
    if made {
        let schema = claim.dialect.inspect(&mut *scratch, &Scope::default())?;
        fill(claim.dialect, &mut *scratch, &schema)?;
    }
    Ok(scratch)
}

/// What the others leave, up and, where they can, down again.
fn original_way(
    claim: &Equality,
    live: &mut dyn Connection,
    made: bool,
) -> Result<Vec<State>, UnequalError> {
    let mut scratch = beginning(claim, live, made)?;
    for script in claim.originals {
        original(claim.dialect, &mut *scratch, script, UPGRADE)?;
    }
    let mut states = vec![State::of(claim, &mut *scratch, UPGRADE)?];
    if claim.script.header.irreversible.is_none() {
        for script in claim.originals.iter().rev() {
            original(claim.dialect, &mut *scratch, script, DOWNGRADE)?;
        }
        states.push(State::of(claim, &mut *scratch, DOWNGRADE)?);
    }
    Ok(states)
}

/// What the script leaves, up and, where it can, down again.
fn way_of_script(
    claim: &Equality,
    live: &mut dyn Connection,
    made: bool,
) -> Result<Vec<State>, UnequalError> {
    let Equality { dialect, script, .. } = *claim;
    let mut scratch = beginning(claim, live, made)?;
    let mut states = Vec::new();
    for direction in [UPGRADE, DOWNGRADE] {
        if direction == DOWNGRADE && script.header.irreversible.is_some() {
            break;
        }
        run(dialect, &mut *scratch, script, direction)
            .map_err(|(operation, cause)| UnequalError::Fails { direction, operation, cause })?;
        states.push(State::of(claim, &mut *scratch, direction)?);
    }
    Ok(states)
}

fn original(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    script: &Script,
    direction: &'static str,
) -> Result<(), UnequalError> {
    run(dialect, db, script, direction).map_err(|(operation, cause)| match *cause {
        Cause::Db(error) if error.is_end() => UnequalError::Db(error),
        cause => UnequalError::Original {
            revision: script.header.revision.clone(),
            direction,
            operation,
            cause: Box::new(cause),
        },
    })
}

/// Runs one way of a script, programs apart.
fn run(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    script: &Script,
    direction: &'static str,
) -> Result<(), (Option<String>, Box<Cause>)> {
    let header = &script.header;
    if let Some(other) = header.dialect.as_ref().filter(|it| *it != dialect.name()) {
        let cause = Cause::OtherDialect { script: other.clone(), database: dialect.name() };
        return Err((None, Box::new(cause)));
    }
    let entries = if direction == UPGRADE { &script.upgrade } else { &script.downgrade };
    let runs = |entry: &&Entry| {
        entry.is_for(dialect.name()) && !matches!(entry.operation, Operation::Run { .. })
    };
    let operations: Vec<Operation> =
        entries.iter().filter(runs).map(|entry| entry.operation.clone()).collect();
    run::execute(dialect, db, &operations, &|_| {})
        .map_err(|(at, cause)| (at.map(|at| brief(&operations[at].describe())), Box::new(cause)))?;
    // Such a script may have changed settings of the session.
    match header.no_transaction {
        true => prepare(dialect, db).map_err(|error| (None, Box::new(error.into()))),
        false => Ok(()),
    }
}

fn prepare(dialect: &dyn Dialect, db: &mut dyn Connection) -> Result<(), DbError> {
    dialect.prepare(db, &Limits { lock_timeout: Duration::ZERO, statement_timeout: None })
}

#[cfg(test)]
mod tests;
