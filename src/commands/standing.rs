//! Where a database stands, and where a run that stopped has left it.

use std::error::Error;
use std::fmt;

use anyhow::Result;

use crate::dialect::Access;
use crate::error::{Place, Source};
use crate::graph::{Heads, RevisionGraph, RevisionId, Target, in_words};
use crate::project::{Database, Project};
use crate::run::{Cause, LogEntry, Outcome, RunError};
use crate::schema::Name;
use crate::script::ScriptFile;

/// Where the database stands, all of it revisions that have a file: one that has run all that a
/// revision replaces stands at that revision.
///
/// # Errors
/// [`UnknownHead`], `GraphError::Inside`, and whatever the database says.
pub(super) fn standing(graph: &RevisionGraph, database: &mut Database) -> Result<Heads> {
    let heads = graph.accepted(&database.heads()?)?;
    match heads.iter().find(|id| graph.get(id).is_none()) {
        None => Ok(heads),
        Some(id) => Err(UnknownHead::new(id, database).into()),
    }
}

/// Where the database stands, if one of `targets` speaks of it; it is opened only then.
///
/// # Errors
/// As for [`standing`], and when the database cannot be opened.
pub(super) fn standing_for<'a>(
    project: &Project,
    graph: &RevisionGraph,
    targets: impl IntoIterator<Item = &'a Target>,
) -> Result<Option<Heads>> {
    match targets.into_iter().any(Target::asks_database) {
        true => Ok(Some(standing(graph, &mut project.connect(Access::Look)?)?)),
        false => Ok(None),
    }
}

/// Refuses a database that a revision has left half done which has no file any more: nothing goes on
/// with it, and what stands in its place has not run.
///
/// # Errors
/// [`HalfDoneGone`], and whatever the database says.
pub(super) fn require_begun_is_there(graph: &RevisionGraph, database: &mut Database) -> Result<()> {
    match database.half_done()?.filter(|it| graph.get(&it.revision).is_none()) {
        None => Ok(()),
        Some(LogEntry { revision: id, direction, .. }) => {
            let by = graph.replacement(&id).map(|it| it.id.clone());
            Err(HalfDoneGone { id, direction, by }.into())
        }
    }
}

/// A revision that is half done and that only the database knows.
#[derive(Debug, thiserror::Error)]
#[error("the {direction} of `{id}` is half done, and {}", match .by { Some(by) => format!("`{by}` replaces it"), None => "it has no file".to_owned() })]
pub(crate) struct HalfDoneGone {
    id: RevisionId,
    direction: String,
    by: Option<RevisionId>,
}

impl HalfDoneGone {
    pub(crate) fn hint(&self) -> Option<String> {
        let HalfDoneGone { id, direction, by } = self;
        let target = if direction == "downgrade" { format!("{id}-1") } else { id.clone() };
        let files = match by {
            Some(by) => format!("the files that `{by}` replaces, without that of `{by}`"),
            None => "its file".to_owned(),
        };
        Some(format!(
            "bring back {files}, and `db {direction} {target}` goes on with it; `db stamp` says that it is settled"
        ))
    }
}

/// An id that only the database knows.
#[derive(Debug, thiserror::Error)]
#[error("the database stands at revision `{id}`, which has no file; its table `{table}` says so")]
pub(crate) struct UnknownHead {
    id: RevisionId,
    table: Name,
}

impl UnknownHead {
    pub(super) fn new(id: &str, database: &Database) -> UnknownHead {
        UnknownHead { id: id.to_owned(), table: database.history.version_table.clone() }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        let hint = "another folder or a newer version of this one wrote it: bring its file back, or \
                    say where the database really stands with `db stamp --purge REVISION`";
        Some(hint.to_owned())
    }
}

/// A run that stopped in a step. Says what its error says, and where the database is left.
#[derive(Debug)]
pub(crate) struct Stopped {
    error: RunError,
    /// The statement that failed, where its file shows it.
    place: Option<Place>,
    /// What became of the step, and where the database stands.
    note: Option<String>,
    /// What leads on.
    lead: Option<String>,
}

impl Stopped {
    /// Asks the database where it was left. `scripts` were to run.
    pub(super) fn new(error: RunError, database: &mut Database, scripts: &[ScriptFile]) -> Stopped {
        let RunError::Step { revision, operation, outcome, cause } = &error else {
            return Stopped { error, place: None, note: None, lead: None };
        };
        let place = place(scripts, revision, cause);
        // Where nothing ran nothing is new.
        let note = (*outcome != Outcome::Refused).then(|| left(database, cause)).flatten();
        let has_hint = matches!(outcome, Outcome::HalfDone { .. }) || cause.hint().is_some();
        let lead = match (&**cause, source(scripts, revision)) {
            // What is said of it leads on already.
            _ if has_hint => None,
            // It is not the script that failed.
            (Cause::Db(_), _) if operation.is_none() => None,
            (Cause::Irreversible { .. }, _) => {
                Some(format!("`db downgrade {revision}` stops above it"))
            }
            (_, source) => source
                .map(|it| format!("correct `{}` and run the command again", it.path.display())),
        };
        Stopped { error, place, note, lead }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        self.error.hint()
    }

    pub(crate) fn lead(&self) -> Option<&str> {
        self.lead.as_deref()
    }

    pub(crate) fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    pub(crate) fn places(&self) -> &[Place] {
        self.place.as_slice()
    }
}

/// Where the database is left; `None` when it does not answer.
fn left(database: &mut Database, cause: &Cause) -> Option<String> {
    let stands = in_words(&database.heads().ok()?);
    Some(match cause {
        Cause::Program { .. } => {
            format!("the database stands at {stands}; what the program did is not taken back")
        }
        _ => format!("the database stands at {stands}"),
    })
}

/// The text of a revision's script.
fn source<'a>(scripts: &'a [ScriptFile], revision: &str) -> Option<&'a Source> {
    scripts.iter().find(|it| it.script.header.revision == revision).map(|it| &it.source)
}

/// Where the script of `revision` has the statement that failed.
pub(super) fn place(scripts: &[ScriptFile], revision: &str, cause: &Cause) -> Option<Place> {
    let source = source(scripts, revision)?;
    let (sql, at) = cause.statement()?;
    let begin = source.text.find(sql)? + at.unwrap_or(0);
    let rest = source.text.get(begin..)?;
    let length = match at {
        Some(_) => rest.find(|c: char| !(c.is_alphanumeric() || c == '_')),
        None => sql.find('\n').or(Some(sql.len())),
    };
    Some(source.place(begin..begin + length.unwrap_or(rest.len()).max(1)))
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for Stopped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}
