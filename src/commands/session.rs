//! A session of the live database, in which revisions can run.

use std::env;

use anyhow::Result;

use crate::commands::global::Global;
use crate::program::Surroundings;
use crate::project::{Database, Project, now_utc};
use crate::run::{Programs, Session, Told};

/// Has `work` done in a session. Statements are told as they run when
/// the person wants to know more.
pub(super) fn within<T>(
    global: &Global,
    project: &Project,
    database: &mut Database,
    tag: Option<&str>,
    restart: Option<usize>,
    work: impl FnOnce(&mut Session) -> Result<T>,
) -> Result<T> {
    let terminal = global.terminal();
    let (url, folder) = project.for_programs(&database.url)?;
    let variables = project.given().variables();
    let who = who(tag);
    let tell = |told: Told| match told {
        Told::Warning(text) => terminal.warn(text),
        _ if !terminal.verbose => {}
        Told::Statement(sql) => terminal.talk(format!("{sql};")),
        Told::Notice(text) => terminal.talk(format!("-- {}", text.replace('\n', "\n-- "))),
    };
    work(&mut Session {
        dialect: &*database.dialect,
        db: &mut *database.db,
        history: &database.history,
        transaction: project.options.transaction,
        restart,
        limits: project.limits(),
        programs: Programs::Run(Surroundings {
            folder: &folder,
            url: Some(&url),
            variables: &variables,
        }),
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
