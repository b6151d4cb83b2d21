//! Consent of a person, in words, before something is lost in a protected environment.

use anyhow::Result;

use crate::commands::global::Global;
use crate::graph::{Direction, Plan};
use crate::lint;
use crate::project::{Database, Project};
use crate::script::ScriptFile;
use crate::terminal::Terminal;

/// What commands that may lose data understand.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Consent {
    /// In a protected environment: the database's name, to say that losing data there is meant
    #[arg(long, value_name = "NAME")]
    yes_i_mean: Option<String>,
}

impl Consent {
    /// Refuses a plan that loses data in a protected environment, unless the person named the
    /// database on the command line or names it now. `scripts` are those of its steps.
    ///
    /// # Errors
    /// When nobody consents.
    pub(super) fn require(
        &self,
        global: &Global,
        project: &Project,
        database: &Database,
        plan: &Plan,
        scripts: &[ScriptFile],
    ) -> Result<()> {
        if !project.is_protected() {
            return Ok(());
        }
        let mut losses = Vec::new();
        for (step, ScriptFile { script, .. }) in plan.steps.iter().zip(scripts) {
            let entries = match step.direction {
                Direction::Upgrade => &script.upgrade,
                Direction::Downgrade => &script.downgrade,
            };
            let found = entries.iter().flat_map(|entry| lint::losses(&entry.operation));
            losses.extend(found.map(|loss| format!("{}: {loss}", step.revision.id)));
        }
        if losses.is_empty() {
            return Ok(());
        }
        let terminal = global.terminal();
        let name = database.url.name();
        terminal.warn(format!("this environment is protected, and data will be lost in `{name}`:"));
        losses.iter().for_each(|loss| terminal.say(format!("  {loss}")));
        let said = match &self.yes_i_mean {
            Some(said) => said.clone(),
            None if Terminal::can_ask() => {
                terminal.ask("Type the database's name to go on:")?.unwrap_or_default()
            }
            None => String::new(),
        };
        match said == name {
            true => Ok(()),
            false => Err(NoConsent { name }.into()),
        }
    }
}

/// Nobody said that the loss is meant.
#[derive(Debug, thiserror::Error)]
#[error("nothing was done: nobody consented to losing data in `{name}`")]
pub(crate) struct NoConsent {
    name: String,
}

impl NoConsent {
    pub(crate) fn hint(&self) -> Option<String> {
        Some(format!("a person who means it says `--yes-i-mean {}`", self.name))
    }
}
