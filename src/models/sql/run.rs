//! Carrying the statements out, in whatever order they can be.

use super::statement::{File, State, Statement};
use crate::dialect::{Connection, DbError, Dialect, Scope};
use crate::schema::Schema;

/// Marks the place to which a refused statement is taken back.
const MARK: &str = "limbeck_model";

/// Carries out the statements of `files`, as far as the database lets it, and gives what they have
/// made. `beside` is what others declare: it is made when something seems to need it.
///
/// # Errors
/// What ends everything.
pub(super) fn run(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    files: &mut [File],
    beside: Vec<String>,
) -> Result<Schema, DbError> {
    let features = dialect.features();
    let begin = features.begin.filter(|_| features.transactional_ddl);
    let back = dialect.settings(db)?;
    if let Some(begin) = begin {
        db.execute(begin)?;
    }
    let mut trial = Trial { db, marks: begin.is_some() };
    let mut beside: Vec<Option<String>> = beside.into_iter().map(Some).collect();
    loop {
        let mut moved = false;
        let mut waiting = false;
        for file in &mut *files {
            trial.all(&back)?;
            if trial.at_once(file)? {
                moved = true;
                continue;
            }
            for statement in &mut file.statements {
                moved |= trial.statement(statement)?;
                waiting |= matches!(statement.state, State::Refused(_));
            }
        }
        trial.all(&back)?;
        if !waiting {
            break;
        }
        if !moved {
            for sql in &mut beside {
                moved |= trial.other(sql)?;
            }
        }
        if !moved {
            break;
        }
    }
    let found = match trial.db.inspected() {
        Some(found) => found,
        None => dialect.inspect(trial.db, &Scope::default()),
    };
    if begin.is_some() {
        trial.db.execute("ROLLBACK")?;
    }
    found
}

/// The database in which everything is tried.
struct Trial<'a> {
    db: &'a mut dyn Connection,
    /// Whether what is refused ends a transaction unless a place in it is marked.
    marks: bool,
}

impl Trial<'_> {
    fn all(&mut self, statements: &[String]) -> Result<(), DbError> {
        statements.iter().try_for_each(|it| self.db.execute(it))
    }

    /// Carries out a whole file of which nothing was tried yet: many statements take less time
    /// together. Whether that was done; otherwise nothing is.
    fn at_once(&mut self, file: &mut File) -> Result<bool, DbError> {
        let is_new = |it: &Statement| matches!(it.state, State::Waiting | State::Setting);
        if !self.marks || file.statements.len() < 2 || !file.statements.iter().all(is_new) {
            return Ok(false);
        }
        let all: Vec<&str> = file.statements.iter().map(|it| &*it.sql).collect();
        let refused = self.marked(&mut |db| db.execute_all(&all))?;
        if refused.is_some() {
            return Ok(false);
        }
        for statement in &mut file.statements {
            if matches!(statement.state, State::Waiting) {
                statement.state = State::Done;
            }
        }
        Ok(true)
    }

    /// Carries out what is still to be carried out; whether that was done.
    fn statement(&mut self, statement: &mut Statement) -> Result<bool, DbError> {
        let result = match statement.state {
            State::Done => return Ok(false),
            // What the database does not know means nothing to it.
            State::Setting => {
                return self.execute(&statement.sql)?.map_or(Ok(false), |_| Ok(false));
            }
            State::Waiting | State::Refused(_) => self.execute(&statement.sql)?,
        };
        let is_done = result.is_none();
        statement.state = result.map_or(State::Done, State::Refused);
        Ok(is_done)
    }

    /// As [`Trial::statement`], for what others declare.
    fn other(&mut self, sql: &mut Option<String>) -> Result<bool, DbError> {
        let Some(text) = sql else { return Ok(false) };
        let is_done = self.execute(text)?.is_none();
        if is_done {
            *sql = None;
        }
        Ok(is_done)
    }

    /// Executes a statement, and gives what the database has against it.
    fn execute(&mut self, sql: &str) -> Result<Option<DbError>, DbError> {
        self.marked(&mut |db| db.execute(sql))
    }

    /// Does something whole or not at all, and gives what the database has against it.
    fn marked(
        &mut self,
        act: &mut dyn FnMut(&mut dyn Connection) -> Result<(), DbError>,
    ) -> Result<Option<DbError>, DbError> {
        if !self.marks {
            return refusal(act(self.db));
        }
        self.db.execute(&format!("SAVEPOINT {MARK}"))?;
        let refused = refusal(act(self.db))?;
        if refused.is_some() {
            self.db.execute(&format!("ROLLBACK TO {MARK}"))?;
        }
        self.db.execute(&format!("RELEASE {MARK}"))?;
        Ok(refused)
    }
}

/// What the database has against a statement; what ends everything is no refusal.
fn refusal(result: Result<(), DbError>) -> Result<Option<DbError>, DbError> {
    match result {
        Ok(()) => Ok(None),
        Err(error) if error.is_end() || matches!(error, DbError::Machine { .. }) => Err(error),
        Err(error) => Ok(Some(error)),
    }
}
