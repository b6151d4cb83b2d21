//! A project for a database that is there already: its models, a first revision that makes it all from
//! nothing, and the database standing at it.

use anyhow::{Context, Result};

use super::compare::set_aside;
use super::inspect::Found;
use super::migrate::in_sql;
use super::new_script::{self, NewScript};
use super::session;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::diff::diff;
use crate::graph::{Heads, RevisionId, Stamp};
use crate::models::write;
use crate::operation::{self, Operation};
use crate::project::{Config, Database, Looked, Project};
use crate::proof::{self, Claim, ProofError};
use crate::run;
use crate::schema::Schema;
use crate::script::{Format, Script};
use crate::terminal::{ACTION, Terminal};

/// What is read of the database before anything is written.
pub(super) struct Baseline {
    database: Database,
    /// The text of the models.
    pub(super) models: String,
    script: Script,
    format: Format,
}

impl Baseline {
    /// Reads the database of `project`, which will be configured as `config` says, and makes its first
    /// revision.
    ///
    /// # Errors
    /// [`BaselineError`], and whatever the database says.
    pub(super) fn read(
        terminal: &Terminal,
        project: &Project,
        config: &Config,
    ) -> Result<Baseline> {
        let mut database = project.connect(Access::Change)?;
        let heads = database.heads()?;
        if let Some(id) = heads.into_iter().next() {
            let table = database.history.version_table.to_string();
            return Err(BaselineError::HasHistory { id, table }.into());
        }
        let found = Found::of(&mut database, &Looked::default())?;
        if found.schema.tables.is_empty() && found.schema.objects.is_empty() {
            return Err(BaselineError::Nothing { url: database.url.to_string() }.into());
        }
        let dialect = database.dialect.name();
        let document = write::document(&found.schema, &config.naming, dialect);
        let models = found.comments(&document.unsaid, "#") + &document.toml();
        found.warn(terminal, &document.unsaid);
        let format = config.format;
        let script = script(&mut database, &found.schema, format)?;
        Ok(Baseline { database, models, script, format })
    }

    /// Runs the revision in an empty place, and compares what it has made with what is there.
    ///
    /// # Errors
    /// When it is not the same.
    pub(super) fn prove(&mut self, terminal: &Terminal) -> Result<()> {
        let live = Found::of(&mut self.database, &Looked::default())?.schema;
        let except = self.database.history.tables();
        let Database { dialect, db, filter, .. } = &mut self.database;
        let claim = Claim {
            dialect: &**dialect,
            script: &self.script,
            operations: &[],
            declared: &live,
            normalized: &live,
            except: &except,
            filter: &|schema| filter.apply(schema),
        };
        let proven = proof::prove_baseline(&claim, &mut **db);
        if let Some(why) = proven.as_ref().err().and_then(ProofError::untried) {
            terminal.warn(format!("the first revision was not tried: {why}"));
            return Ok(());
        }
        proven.context("the first revision does not make what is there; nothing was written")
    }

    /// Writes the revision into the project, which is there by now, and says that the database stands
    /// at it.
    ///
    /// # Errors
    /// When it cannot be written, and whatever the database says.
    pub(super) fn write(mut self, global: &Global, project: &Project, message: &str) -> Result<()> {
        let terminal = global.terminal();
        let graph = project.graph()?;
        let new = NewScript::about(message);
        let Script { header, upgrade, downgrade } = self.script;
        let own = new.header(project, &graph, &[])?;
        let header = crate::script::Header {
            dialect: header.dialect,
            no_transaction: header.no_transaction,
            ..own
        };
        let script = Script { header, upgrade, downgrade };
        let draft = new_script::draft(project, &graph, &new, &[], self.format, script)?;
        new_script::write(global, project, &draft)?;
        let id = draft.script.header.revision;
        let stamp = Stamp { from: Heads::new(), to: Heads::from([id]) };
        self.database.prepare(&project.limits())?;
        session::within(global, project, &mut self.database, None, None, |session| {
            Ok(run::stamp(session, &Heads::new(), std::slice::from_ref(&stamp))?)
        })?;
        terminal.talk(format!("{ACTION}Running{ACTION:#} {stamp}"));
        Ok(())
    }
}

/// What makes `live` from nothing, and takes it away. It is said as it is there, and not as the models
/// say it: what they leave open is left as it is by a comparison, and was made in one way.
fn script(database: &mut Database, live: &Schema, format: Format) -> Result<Script> {
    let Database { dialect, db, .. } = database;
    let there = diff(&Schema::default(), live);
    let back = operation::reverse(&there).unwrap_or_default();
    let mut script = Script::default();
    match (format, dialect.empty(&mut **db).ok()) {
        (Format::Sql, Some(mut empty)) => {
            script.header.dialect = Some(dialect.name().to_owned());
            let alone = |it: &Operation| dialect.stands_alone(it);
            script.header.no_transaction = there.iter().chain(&back).any(alone);
            let [there, back] = in_sql(&*dialect.portable(), &mut *empty, [there, back])?;
            (script.upgrade, script.downgrade) = (vec![there], vec![back]);
        }
        (Format::Sql, None) => return Err(BaselineError::NoScratch.into()),
        (Format::Toml, _) => {
            script.upgrade = new_script::entries(there, |_| Vec::new());
            script.downgrade = new_script::entries(back, |_| Vec::new());
        }
    }
    Ok(script.canonical())
}

/// Why a project cannot begin with the database.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BaselineError {
    #[error("the database has a history already: it stands at revision `{id}`")]
    HasHistory { id: RevisionId, table: String },
    #[error("there is nothing in `{url}` to begin with")]
    Nothing { url: String },
    #[error(
        "a first revision in SQL is written where it runs, and there is no place for it beside the database"
    )]
    NoScratch,
    #[error("the database has {tables} and no history: it was not made by these revisions")]
    NotEmpty { tables: String },
}

impl BaselineError {
    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            Self::HasHistory { table, .. } => {
                format!("its table `{table}` says so; `db inspect` writes its models all the same")
            }
            Self::Nothing { .. } => {
                "is the address right? without `--from-database` a project begins empty".to_owned()
            }
            Self::NoScratch => "leave `-t sql` out: a revision of operations needs no such place".to_owned(),
            Self::NotEmpty { .. } => {
                "`db init --from-database` begins a project with what is there; `db stamp` says which revisions it has; \
                 `--allow-dirty` runs them beside it"
                    .to_owned()
            }
        })
    }
}

/// Refuses a database that has tables and no history: a run would begin as if there were nothing, and
/// stop in the middle, or go on beside what somebody else has made. What `db.toml` passes over is none of
/// it, and neither is what is in other schemas.
///
/// # Errors
/// `BaselineError::NotEmpty`, and whatever the database says.
pub(super) fn require_empty(database: &mut Database) -> Result<()> {
    let version = database.history.version_table.clone();
    if database.dialect.columns(&mut *database.db, &version)?.is_some() {
        return Ok(());
    }
    let mut live = database.inspect()?;
    let mut here = database.filter.clone();
    here.declare(&Schema::default());
    here.apply(&mut live);
    // The history of another tool is no table of an application.
    set_aside(&mut live, &Schema::default());
    let names: Vec<String> = live.tables.iter().map(|it| format!("`{}`", it.name)).collect();
    let tables = match &names[..] {
        [] => return Ok(()),
        [only] => format!("table {only}"),
        [first, second] => format!("tables {first} and {second}"),
        [first, rest @ ..] => format!("table {first} and {} others", rest.len()),
    };
    Err(BaselineError::NotEmpty { tables }.into())
}
