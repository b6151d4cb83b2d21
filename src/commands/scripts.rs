//! The scripts of a plan, all of them read before any of them runs.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::error::{Mistakes, Source};
use crate::graph::{Direction, Plan, RevisionId, Step};
use crate::project::{Project, ProjectError, parallel};
use crate::script::{Script, ScriptFile};

/// What the steps of a plan say.
#[derive(Default)]
pub(super) struct Scripts {
    scripts: BTreeMap<RevisionId, Script>,
    /// Their texts, which show where something went wrong.
    pub(super) sources: BTreeMap<RevisionId, Source>,
}

impl Scripts {
    /// Reads them all: nothing runs while one of them is wrong.
    ///
    /// # Errors
    /// Everything that is wrong in them, or the first one that cannot be read.
    pub(super) fn read(project: &Project, plan: &Plan) -> Result<Scripts> {
        let mut found = Scripts::default();
        let mut mistakes = Vec::new();
        let read = parallel::map(&plan.steps, |step| one_way(project, step));
        for (step, file) in plan.steps.iter().zip(read) {
            match file {
                Ok(ScriptFile { script, source }) => {
                    found.scripts.insert(step.revision.id.clone(), script);
                    found.sources.insert(step.revision.id.clone(), source);
                }
                Err(ProjectError::Mistakes(Mistakes(more))) => mistakes.extend(more),
                Err(error) => return Err(error.into()),
            }
        }
        match mistakes.is_empty() {
            true => Ok(found),
            false => Err(Mistakes(mistakes).into()),
        }
    }

    /// Gives the script of a step away: thousands of them take much room.
    ///
    /// # Errors
    /// When it was given away before and cannot be read again.
    pub(super) fn take(&mut self, project: &Project, step: &Step) -> Result<ScriptFile> {
        let id = &step.revision.id;
        match (self.scripts.remove(id), self.sources.get(id)) {
            (Some(script), Some(source)) => Ok(ScriptFile { script, source: source.clone() }),
            _ => Ok(one_way(project, step)?),
        }
    }
}

/// The script of a step, without what it says for the other direction.
fn one_way(project: &Project, step: &Step) -> Result<ScriptFile, ProjectError> {
    let mut file = project.script(step.revision)?;
    match step.direction {
        Direction::Upgrade => file.script.downgrade = Vec::new(),
        Direction::Downgrade => file.script.upgrade = Vec::new(),
    }
    Ok(file)
}
