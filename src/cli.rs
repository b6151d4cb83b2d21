//! The command line: one variant a command, one arm a command.

use std::process::ExitCode;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::global::Global;
use crate::commands::{
    branches, check, completions, current, diff, downgrade, edit, heads, history, init,
    list_templates, merge, migrate, revision, show, stamp, upgrade, verify,
};

/// Database migrations: compares declared models with the live database, writes revision
/// scripts, and runs them.
#[derive(Debug, Parser)]
#[command(name = "db", version, arg_required_else_help = true, infer_long_args = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    ListTemplates(list_templates::Args),
    Revision(revision::Args),
    Migrate(migrate::Args),
    Edit(edit::Args),
    Merge(merge::Args),
    Upgrade(upgrade::Args),
    Downgrade(downgrade::Args),
    Show(show::Args),
    History(history::Args),
    Heads(heads::Args),
    Branches(branches::Args),
    Current(current::Args),
    Stamp(stamp::Args),
    Check(check::Args),
    Diff(diff::Args),
    Verify(verify::Args),
    Completions(completions::Args),
}

/// Reads the command line and runs what it says.
///
/// # Errors
/// Whatever the command could not do.
pub fn run() -> Result<ExitCode> {
    let Cli { global, command } = Cli::parse();
    global.color.write_global();
    let writes = matches!(
        command,
        Command::Revision(_) | Command::Migrate(_) | Command::Merge(_) | Command::Diff(_)
    );
    if global.names_script_format() && !writes {
        let message = "only a new revision is written as toml or sql: answers are text or json";
        Cli::command().error(ErrorKind::InvalidValue, message).exit();
    }
    match command {
        Command::Init(args) => init::run(&global, &args),
        Command::ListTemplates(args) => list_templates::run(&global, &args),
        Command::Revision(args) => revision::run(&global, &args),
        Command::Migrate(args) => migrate::run(&global, &args),
        Command::Edit(args) => edit::run(&global, &args),
        Command::Merge(args) => merge::run(&global, &args),
        Command::Upgrade(args) => upgrade::run(&global, &args),
        Command::Downgrade(args) => downgrade::run(&global, &args),
        Command::Show(args) => show::run(&global, &args),
        Command::History(args) => history::run(&global, &args),
        Command::Heads(args) => heads::run(&global, &args),
        Command::Branches(args) => branches::run(&global, &args),
        Command::Current(args) => current::run(&global, &args),
        Command::Stamp(args) => stamp::run(&global, &args),
        Command::Check(args) => check::run(&global, &args),
        Command::Diff(args) => diff::run(&global, &args),
        Command::Verify(args) => verify::run(&global, &args),
        Command::Completions(args) => completions::run::<Cli>(&args),
    }
}

#[cfg(test)]
mod tests;
