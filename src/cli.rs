//! The command line: one variant a command, one arm a command.

use std::error::Error;
use std::process::ExitCode;

use anyhow::Result;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::global::Global;
use crate::commands::{
    branches, check, completions, current, diff, downgrade, edit, graph, heads, history, init,
    inspect, list_templates, merge, migrate, rebase, revision, show, squash, stamp, upgrade,
    verify,
};
use crate::graph::{Target, TargetError};
use crate::project::{Given, Pair};

/// Database migrations: compares declared models with the live database, writes revision
/// scripts, and runs them.
#[derive(Debug, Parser)]
#[command(
    name = "db",
    version,
    arg_required_else_help = true,
    infer_long_args = true,
    after_help = "To begin: `db init`, then `db migrate -m \"what changed\"` and `db upgrade`."
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(flatten)]
    pairs: Pairs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    ListTemplates(list_templates::Args),
    Migrate(migrate::Args),
    Revision(revision::Args),
    Edit(edit::Args),
    Diff(diff::Args),
    Check(check::Args),
    Inspect(inspect::Args),
    Upgrade(upgrade::Args),
    Downgrade(downgrade::Args),
    Stamp(stamp::Args),
    Current(current::Args),
    History(history::Args),
    Graph(graph::Args),
    Show(show::Args),
    Heads(heads::Args),
    Branches(branches::Args),
    Verify(verify::Args),
    Merge(merge::Args),
    Rebase(rebase::Args),
    Squash(squash::Args),
    Completions(completions::Args),
}

// What stands with `-x` on one side of the command's name. It is read on each side by itself: of a
// global option clap keeps the values of one side and loses those of the other. (A doc comment
// would be the help text of every command.)
#[derive(Debug, clap::Args)]
struct Pairs {
    /// A value for `${x.NAME}` in db.toml, `x.NAME` in templates and LIMBECK_X_NAME in programs
    #[arg(
        short = 'x',
        long,
        value_name = "NAME=VALUE",
        help_heading = "Global options",
        display_order = 100
    )]
    x_arg: Vec<Pair>,
}

/// The command line with all its commands.
fn command() -> clap::Command {
    Cli::command().mut_subcommands(Pairs::augment_args)
}

/// What is given with `-x` on both sides of the command's name.
fn given(before: Pairs, matches: &ArgMatches) -> Result<Given, clap::Error> {
    let after = match matches.subcommand() {
        Some((_, matches)) => Pairs::from_arg_matches(matches)?.x_arg,
        None => Vec::new(),
    };
    Given::new(before.x_arg.into_iter().chain(after))
        .map_err(|error| command().error(ErrorKind::ValueValidation, error))
}

/// An argument like `-1x`, which clap takes for options, is a place that was meant to begin with
/// steps.
fn as_place(error: clap::Error) -> clap::Error {
    let begins_with_steps = |it: &String| {
        it.strip_prefix('-').is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
    };
    let wrong = std::env::args().skip(1).filter(begins_with_steps);
    let mut wrong = wrong.filter_map(|it| it.parse::<Target>().err());
    match (error.kind(), wrong.next()) {
        (ErrorKind::UnknownArgument, Some(wrong)) => {
            command().error(ErrorKind::ValueValidation, wrong)
        }
        _ => with_tip(error),
    }
}

/// What to write instead of a place that is none: of an error clap shows its words alone.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let wrong = error.source().and_then(|it| it.downcast_ref::<TargetError>());
    if let Some(hint) = wrong.and_then(TargetError::hint) {
        let tip = ContextValue::StyledStrs(vec![hint.into()]);
        error.insert(ContextKind::Suggested, tip);
    }
    error
}

/// Reads the command line and runs what it says.
///
/// # Errors
/// Whatever the command could not do.
pub fn run() -> Result<ExitCode> {
    let matches = command().try_get_matches().unwrap_or_else(|error| as_place(error).exit());
    let Cli { mut global, pairs, command } =
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    global.given = given(pairs, &matches).unwrap_or_else(|error| error.exit());
    global.color.write_global();
    let writes = matches!(
        command,
        Command::Revision(_)
            | Command::Migrate(_)
            | Command::Merge(_)
            | Command::Squash(_)
            | Command::Diff(_)
            | Command::Inspect(_)
    );
    if global.names_script_format() && !writes {
        let message =
            "only a new revision and models are written as toml or sql: answers are text or json";
        self::command().error(ErrorKind::InvalidValue, message).exit();
    }
    if global.names_picture() && !matches!(command, Command::Graph(_)) {
        let message = "only `db graph` answers as dot or mermaid: answers are text or json";
        self::command().error(ErrorKind::InvalidValue, message).exit();
    }
    let range = match &command {
        Command::Upgrade(args) => args.range_without_sql(),
        Command::Downgrade(args) => args.range_without_sql(),
        Command::Stamp(args) => args.range_without_sql(),
        _ => None,
    };
    if let Some(range) = range {
        let message = format!(
            "`{range}` is a range, which only `--sql` takes: a run begins where the database stands"
        );
        Cli::command().error(ErrorKind::ValueValidation, message).exit();
    }
    crate::interrupt::install();
    match command {
        Command::Init(args) => init::run(&global, &args),
        Command::ListTemplates(args) => list_templates::run(&global, &args),
        Command::Migrate(args) => migrate::run(&global, &args),
        Command::Revision(args) => revision::run(&global, &args),
        Command::Edit(args) => edit::run(&global, &args),
        Command::Diff(args) => diff::run(&global, &args),
        Command::Check(args) => check::run(&global, &args),
        Command::Inspect(args) => inspect::run(&global, &args),
        Command::Upgrade(args) => upgrade::run(&global, &args),
        Command::Downgrade(args) => downgrade::run(&global, &args),
        Command::Stamp(args) => stamp::run(&global, &args),
        Command::Current(args) => current::run(&global, &args),
        Command::History(args) => history::run(&global, &args),
        Command::Graph(args) => graph::run(&global, &args),
        Command::Show(args) => show::run(&global, &args),
        Command::Heads(args) => heads::run(&global, &args),
        Command::Branches(args) => branches::run(&global, &args),
        Command::Verify(args) => verify::run(&global, &args),
        Command::Merge(args) => merge::run(&global, &args),
        Command::Rebase(args) => rebase::run(&global, &args),
        Command::Squash(args) => squash::run(&global, &args),
        Command::Completions(args) => completions::run(&args, self::command()),
    }
}

#[cfg(test)]
mod tests;
