//! The command `db migrate`.

use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::json;

use super::as_sql::as_sql;
use super::ask::Manner;
use super::beforehand::Beforehand;
use super::compare::{self, Comparison};
use super::new_script::{self, NewScript, Place};
use crate::commands::global::Global;
use crate::dialect::{Access, Connection, Dialect};
use crate::operation::{self, Operation};
use crate::project::Database;
use crate::proof::{self, Claim, ProofError};
use crate::question::{self, Answers};
use crate::schema::Sql;
use crate::script::{Entry, Format, Script};
use crate::terminal::{ACTION, Terminal};

/// Compare the models with the database and write what is missing as a revision
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    new: NewScript,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    choices: Choices,
}

/// What a person says about the comparison.
#[derive(Debug, Default, PartialEq, clap::Args)]
pub struct Choices {
    #[command(flatten)]
    beforehand: Beforehand,
    /// Never ask: stop and name the questions, as without a terminal
    #[arg(long)]
    no_input: bool,
    /// Write the revision though the models declare nothing and the database has tables
    #[arg(long)]
    allow_drop_all: bool,
    /// Write the revision without trying it on a scratch database
    #[arg(long)]
    no_prove: bool,
}

/// Writes the difference down.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    generate(global, &args.new, &args.place, &args.choices)
}

/// Compares, proves and writes.
pub(super) fn generate(
    global: &Global,
    new: &NewScript,
    place: &Place,
    choices: &Choices,
) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph_at_heads()?;
    let parents = place.parents(&project, &graph)?;
    let mut database = project.connect(Access::Look)?;

    let mut comparison =
        compare::compare(&project, &graph, &mut database, choices.beforehand.renames())?;
    comparison.warn(&terminal);
    if comparison.operations.is_empty() {
        terminal.talk("No changes in schema detected.");
        if terminal.json {
            terminal.answer_json(&json!({ "path": null, "revision": null, "operations": [] }))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if comparison.declares_nothing() && !choices.allow_drop_all {
        return Err(NothingDeclared { tables: comparison.live.tables.len() }.into());
    }
    let manner = Manner { asks: !choices.no_input, accepts_loss: choices.allow_drop_all };
    let answers = choices.beforehand.settle(&terminal, &mut comparison, &mut database, manner)?;
    let described: Vec<String> = operation::describe(&comparison.operations);
    for line in &described {
        terminal.talk(format!("{ACTION}Detected{ACTION:#} {line}"));
    }

    let header = new.header(&project, &graph, &parents)?;
    let script = script(
        &mut database,
        &comparison,
        &answers,
        format,
        Script { header, ..Script::default() },
    )?;
    let draft = new_script::draft(&project, &graph, new, &parents, format, script.canonical())?;
    if !choices.no_prove {
        prove(&terminal, &mut database, &draft.script, &comparison)?;
    }
    new_script::write(global, &project, &draft)?;
    if terminal.json {
        terminal.answer_json(&json!({
            "path": draft.path,
            "revision": draft.script.header.revision,
            "operations": described,
        }))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The script that carries the comparison out and takes it back.
pub(super) fn script(
    database: &mut Database,
    comparison: &Comparison,
    answers: &Answers,
    format: Format,
    mut script: Script,
) -> Result<Script> {
    let there = question::fill(comparison.operations.clone(), &answers.fills);
    // What rows were given goes with its column, or stays.
    let back = operation::reverse(&comparison.operations).unwrap_or_default();
    match format {
        Format::Toml => {
            let dialects = |op: &Operation| comparison.dialects_of(op);
            script.upgrade = new_script::entries(there, dialects);
            script.downgrade = new_script::entries(back, dialects);
        }
        Format::Sql => {
            script.header.dialect = Some(database.dialect.name().to_owned());
            script.header.no_transaction =
                there.iter().chain(&back).any(|it| database.dialect.stands_alone(it));
            let dialect = database.dialect.portable();
            let mut scratch = database.dialect.scratch(&mut *database.db)?;
            let [there, back] = in_sql(&*dialect, &mut *scratch, [there, back])?;
            script.upgrade = vec![there];
            script.downgrade = vec![back];
        }
    }
    Ok(script)
}

/// Both ways as SQL, written where it runs: on a scratch database.
pub(super) fn in_sql(
    dialect: &dyn Dialect,
    scratch: &mut dyn Connection,
    ways: [Vec<Operation>; 2],
) -> Result<[Entry; 2]> {
    let mut way = |operations: Vec<Operation>| -> Result<Entry> {
        let texts = operations.iter().map(|it| as_sql(dialect, scratch, it));
        let texts = texts.collect::<Result<Vec<String>>>()?;
        Ok(Operation::Execute(Sql::new(texts.join("\n"))).into())
    };
    let [there, back] = ways;
    Ok([way(there)?, way(back)?])
}

/// Tries the script before it is written, where the database gives a place for it.
fn prove(
    terminal: &Terminal,
    database: &mut Database,
    script: &Script,
    comparison: &Comparison,
) -> Result<()> {
    let except = [database.history.tables(), comparison.foreign.clone()].concat();
    let Database { dialect, db, .. } = database;
    let filter = database.filter.clone();
    let claim = Claim {
        dialect: &**dialect,
        script,
        operations: &comparison.operations,
        declared: &comparison.declared.schema,
        normalized: &comparison.normalized,
        except: &except,
        filter: &|schema| filter.apply(schema),
    };
    let proven = proof::prove(&claim, &mut **db);
    if let Some(why) = proven.as_ref().err().and_then(ProofError::untried) {
        terminal.warn(format!("the new revision was not tried: {why}"));
        return Ok(());
    }
    proven.context("the new revision failed its proof and was not written")
}

/// An empty models file beside a full database: far more often a mistake than a wish.
#[derive(Debug, thiserror::Error)]
#[error("the models declare no table, and the database has {tables}")]
pub(crate) struct NothingDeclared {
    tables: usize,
}

impl NothingDeclared {
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = "is `models` in db.toml right? `--allow-drop-all` writes a revision that drops all tables";
        Some(hint.to_owned())
    }
}
