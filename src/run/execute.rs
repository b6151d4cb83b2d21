//! Operations as statements. Knows nothing of history.

use crate::dialect::{Connection, DbError, Dialect, Statement};
use crate::operation::Operation;
use crate::run::Cause;
use crate::schema::Schema;

/// What is told of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// A statement runs.
    Statement(&'a str),
    /// What the database says beside its answer, on one line or several.
    Notice(&'a str),
    /// What whoever runs it should know.
    Warning(&'a str),
}

/// Runs `operations` and what must hold around them, within the caller's transaction if there is
/// one. `tell` hears every statement of theirs as it runs, and what the
/// database has to say about it.
///
/// # Errors
/// Why it stopped, and at which operation where it was one.
pub fn execute(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operations: &[Operation],
    tell: &dyn Fn(Told),
) -> Result<(), (Option<usize>, Cause)> {
    let checks = dialect.checks(operations);
    execute_all(db, &checks.before, &|_| {}).map_err(|cause| (None, cause))?;
    for (at, operation) in operations.iter().enumerate() {
        execute_one(dialect, db, operation, tell).map_err(|cause| (Some(at), cause))?;
    }
    execute_all(db, &checks.after, &|_| {}).map_err(|cause| (None, cause))
}

/// Runs one operation and nothing around it. `tell` hears every statement of its as it runs, and
/// what the database has to say about it.
///
/// # Errors
/// Why it stopped.
pub fn execute_one(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operation: &Operation,
    tell: &dyn Fn(Told),
) -> Result<(), Cause> {
    if let Operation::Run { command } = operation {
        return Err(Cause::ProgramInTransaction { command: command.join(" ") });
    }
    if db.passes_over(operation) {
        return Ok(());
    }
    let before = match db.known(operation) {
        Some(known) => known?,
        None => before(dialect, db, operation)?,
    };
    let statements = dialect.render(operation, &before)?;
    execute_all(db, &statements, tell)?;
    db.follow(operation);
    Ok(())
}

/// What `render` must know of the database.
///
/// # Errors
/// Whatever the database says.
pub fn before(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operation: &Operation,
) -> Result<Schema, DbError> {
    match dialect.looks_at(operation) {
        Some(scope) => dialect.inspect(db, &scope),
        None => Ok(Schema::default()),
    }
}

fn execute_all(
    db: &mut dyn Connection,
    statements: &[Statement],
    tell: &dyn Fn(Told),
) -> Result<(), Cause> {
    for statement in statements {
        match &statement.refuse {
            None => {
                tell(Told::Statement(&statement.sql));
                let outcome = db.execute(&statement.sql);
                db.notices().iter().for_each(|notice| tell(Told::Notice(notice)));
                outcome?;
            }
            Some(message) => {
                if let Some(row) = db.refuse(&statement.sql, message)? {
                    return Err(Cause::Refused { message: message.clone(), row });
                }
            }
        }
    }
    Ok(())
}
