//! The command `db verify`.

use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};
use similar::TextDiff;

use super::standing::standing;
use crate::commands::global::Global;
use crate::dialect::Access;
use crate::script;

/// Compare the scripts with what ran in the database
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Shows every script that was changed after it ran, as a diff, and fails when there is one.
pub fn run(global: &Global, _: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let mut database = project.connect(Access::Look)?;
    let heads = standing(&graph, &mut database)?;
    let ran = database.history.upgrades(&*database.dialect, &mut *database.db)?;
    let mut changed: Vec<(String, String)> = Vec::new();
    for revision in graph.ancestors(&heads)?.iter().filter_map(|id| graph.get(id)) {
        let Some(entry) = ran.get(&revision.id) else { continue };
        let source = project.source(revision)?;
        if script::checksum(&source.text) == entry.checksum {
            continue;
        }
        let path = revision.path.display().to_string();
        let then = format!("{path} (as it ran at {})", entry.started_at);
        let (ran, is) = (script::plain(&entry.script), script::plain(&source.text));
        let difference = TextDiff::from_lines(&ran, &is)
            .unified_diff()
            .header(&then, &format!("{path} (now)"))
            .to_string();
        changed.push((revision.id.clone(), difference));
    }
    if terminal.json {
        let object =
            |(id, difference): &(String, String)| json!({ "revision": id, "diff": difference });
        let all: Vec<Value> = changed.iter().map(object).collect();
        terminal.answer_json(&json!({ "changed": all }))?;
    } else {
        for (_, difference) in &changed {
            terminal.answer(difference.trim_end())?;
        }
    }
    if changed.is_empty() {
        terminal.talk("Every script is as it ran.");
        return Ok(ExitCode::SUCCESS);
    }
    terminal.talk(match changed.len() {
        1 => "1 script was changed after it ran.".to_owned(),
        several => format!("{several} scripts were changed after they ran."),
    });
    Ok(ExitCode::FAILURE)
}
