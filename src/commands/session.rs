//! What the commands ask of an open database.

use std::env;

use anyhow::Result;

use crate::commands::global::Global;
use crate::dialect::{DbError, Limits};
use crate::graph::Heads;
use crate::project::{Database, Project, now_utc};
use crate::run::{LogEntry, Programs, Session, Surroundings};

impl Database {
    /// Where the database stands.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn heads(&mut self) -> Result<Heads, DbError> {
        self.history.heads(&*self.dialect, &mut *self.db)
    }

    /// The revision that is half done, if there is one.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn half_done(&mut self) -> Result<Option<LogEntry>, DbError> {
        self.history.half_done(&*self.dialect, &mut *self.db)
    }

    /// Waits in line with other migrators, and readies the session for work.
    ///
    /// # Errors
    /// When another one holds the database for too long, and whatever the database says.
    pub(super) fn prepare(&mut self, project: &Project) -> Result<(), DbError> {
        self.dialect.prepare(&mut *self.db, &limits(project))
    }
}

/// How long this project waits.
pub(super) fn limits(project: &Project) -> Limits {
    Limits {
        lock_timeout: project.options.lock_timeout,
        statement_timeout: project.options.statement_timeout,
    }
}

/// Has `work` done in a session in which revisions can run. Statements are told as they run when
/// the person wants to know more.
pub(super) fn within<T>(
    global: &Global,
    project: &Project,
    database: &mut Database,
    tag: Option<&str>,
    work: impl FnOnce(&mut Session) -> Result<T>,
) -> Result<T> {
    let terminal = global.terminal();
    let (url, folder) = project.for_programs(&database.url)?;
    let variables = project.given().variables();
    let who = who(tag);
    let tell = |sql: &str| {
        if terminal.verbose {
            terminal.talk(format!("{sql};"));
        }
    };
    work(&mut Session {
        dialect: &*database.dialect,
        db: &mut *database.db,
        history: &database.history,
        transaction: project.options.transaction,
        limits: limits(project),
        programs: Programs::Run(Surroundings { folder: &folder, url: &url, variables: &variables }),
        who: &who,
        now: &now_utc,
        tell: &tell,
    })
}

/// Who runs this, on which machine, and what for.
pub(super) fn who(tag: Option<&str>) -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| env::var(name).ok());
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "unknown".to_owned());
    let host = variable(&["HOSTNAME", "COMPUTERNAME"])
        .or_else(|| std::fs::read_to_string("/etc/hostname").ok())
        .unwrap_or_else(|| "unknown".to_owned());
    let tag = tag.map(|tag| format!(": {tag}")).unwrap_or_default();
    format!("{user}@{}{tag}", host.trim()).chars().take(255).collect()
}
