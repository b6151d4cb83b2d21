//! The command `db diff`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value as Json, json};

use super::ask;
use super::beforehand::Beforehand;
use super::compare::{self, Comparison};
use super::migrate;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::lint;
use crate::operation::{self, Operation};
use crate::project::Database;
use crate::question::Answers;
use crate::script::{self, Format, Script};
use crate::terminal::ACTION;

/// Show what `db migrate` would write, as operations or SQL
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    beforehand: Beforehand,
    /// Exit with 1 when there is a difference
    #[arg(long)]
    exit_code: bool,
}

/// Compares as `migrate` does, asks nobody, and writes nothing.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph()?;
    let mut database = project.connect(Access::Look)?;

    let comparison = compare::compare(&project, &graph, &mut database, args.beforehand.renames())?;
    comparison.warn(&terminal);
    let (answers, questions) = args.beforehand.look(&comparison, &mut database)?;
    let lines: Vec<String> = operation::describe(&comparison.operations);
    let text = text(&mut database, &comparison, &answers, format)?;
    if terminal.json {
        let questions: Vec<Json> = questions.iter().map(ask::as_json).collect();
        terminal.answer_json(
            &json!({ "operations": lines, "upgrade": text, "questions": questions }),
        )?;
    } else if lines.is_empty() {
        terminal.talk("No changes in schema detected.");
    } else {
        for line in &lines {
            terminal.talk(format!("{ACTION}Detected{ACTION:#} {line}"));
        }
        questions.iter().for_each(|question| ask::warn(&terminal, question));
        terminal.answer(text)?;
    }
    match args.exit_code && !lines.is_empty() {
        true => Ok(ExitCode::FAILURE),
        false => Ok(ExitCode::SUCCESS),
    }
}

/// The part of the script that would be run by an upgrade.
fn text(
    database: &mut Database,
    comparison: &Comparison,
    answers: &Answers,
    format: Format,
) -> Result<String> {
    let script = migrate::script(database, comparison, answers, format, Script::default())?;
    Ok(match format {
        Format::Toml => script::toml::write_body(&script.canonical(), &lint::note).upgrade,
        Format::Sql => {
            let statements = script.upgrade.into_iter().map(|entry| match entry.operation {
                Operation::Execute(sql) => sql.text.unwrap_or_default(),
                _ => String::new(),
            });
            statements.collect()
        }
    })
}
