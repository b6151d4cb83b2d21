//! The command `db merge`.

use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::commute::{self, Pair};
use super::new_script::{self, Draft, NewScript};
use super::standing::standing_for;
use crate::commands::global::Global;
use crate::graph::Target;
use crate::script::{Header, Script};

/// Write a revision that joins several
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which: two ids or more, or heads
    #[arg(required = true, allow_negative_numbers = true)]
    revisions: Vec<Target>,
    #[command(flatten)]
    new: NewScript,
    /// Let it join revisions that are no heads
    #[arg(long)]
    splice: bool,
    /// Write it although the lines do not commute
    #[arg(long)]
    force: bool,
}

/// Judges whether it matters which line runs first, and writes an empty script with several
/// parents.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let format = global.script_format(&project);
    let graph = project.graph()?;
    let current = standing_for(&project, &graph, &args.revisions)?.unwrap_or_default();
    let parents = graph.parents_for(&args.revisions, args.splice, &current)?;
    for target in &args.revisions {
        if graph.resolve(target, &current)?.is_empty() {
            bail!("there is nothing to merge: there is no revision at `{target}`");
        }
    }
    if let [only] = parents[..] {
        bail!("there is nothing to merge: `{}` is the only one", only.id);
    }
    let header = titled(args.new.header(&project, &graph, &parents)?);
    let path = new_script::path(&project, &args.new, &parents, format, &header)?;
    let pairs = commute::judge(&project, &graph, &parents)?;
    let script = Script { header: with_judgement(header, &pairs), ..Script::default() };
    let draft = new_script::draft_at(&project, &graph, path, format, script.canonical())?;
    let retry = "write the merge all the same with `--force`";
    if let Err(error) = commute::require(&terminal, &pairs, args.force, retry) {
        if terminal.json {
            terminal.answer_json(&answer(None, &pairs))?;
        }
        return Err(error);
    }
    new_script::write(global, &project, &draft)?;
    if terminal.json {
        terminal.answer_json(&answer(Some(&draft), &pairs))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The head with a title of its own where the person gave none.
fn titled(header: Header) -> Header {
    let message = match header.message.trim() {
        "" => format!("merge {}", header.down_revision.join(" and ")),
        message => message.to_owned(),
    };
    Header { message, ..header }
}

/// The head with what was found about the lines below its title.
fn with_judgement(header: Header, pairs: &[Pair]) -> Header {
    if pairs.is_empty() {
        return header;
    }
    let sentences = commute::sentences(pairs).into_iter();
    let sentences: String = sentences.map(|(sentence, _)| format!("\n{sentence}")).collect();
    Header { message: format!("{}\n{sentences}", header.message), ..header }
}

fn answer(draft: Option<&Draft>, pairs: &[Pair]) -> Value {
    let mut answer = commute::object(pairs);
    answer["path"] = json!(draft.map(|it| &it.path));
    answer["revision"] = json!(draft.map(|it| &it.script.header.revision));
    answer
}
