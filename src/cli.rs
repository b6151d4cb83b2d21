//! The command line: one variant a command, one arm a command.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::commands::{
    branches, check, completions, current, downgrade, edit, heads, history, init, list_templates,
    merge, migrate, revision, show, stamp, upgrade, verify,
};
use crate::project::{Project, ProjectError, Selection};
use crate::script::Format;
use crate::terminal::Terminal;

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

/// What every command understands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Configuration file [default: the nearest db.toml at or above this folder]
    #[arg(short, long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Migrations folder [default: `migrations` of db.toml]
    #[arg(short, long, global = true, value_name = "FOLDER")]
    directory: Option<PathBuf>,
    /// One of the `[environments]` of db.toml
    #[arg(short, long, global = true, value_name = "NAME")]
    environment: Option<String>,
    /// Address of the database, like sqlite:///app.db [default: DATABASE_URL, then db.toml]
    #[arg(long, global = true, value_name = "URL")]
    url: Option<String>,
    /// One of the `[databases]` of db.toml
    #[arg(long = "db", global = true, value_name = "NAME")]
    database: Option<String>,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Say nothing but answers and errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    color: Color,
    /// The form of answers: text or json; of a new revision: toml or sql
    #[arg(
        long = "format",
        global = true,
        value_name = "FORM",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Form {
    Text,
    Json,
    Toml,
    Sql,
}

impl Global {
    /// Where words go.
    pub fn terminal(&self) -> Terminal {
        Terminal { quiet: self.quiet, verbose: self.verbose, json: self.format == Form::Json }
    }

    /// The format of a new script: the one asked for, else the project's.
    pub fn script_format(&self, project: &Project) -> Format {
        match self.format {
            Form::Toml => Format::Toml,
            Form::Sql => Format::Sql,
            Form::Text | Form::Json => project.config.format,
        }
    }

    /// The migrations folder, if one was named.
    pub fn directory(&self) -> Option<&PathBuf> {
        self.directory.as_ref()
    }

    /// Finds and reads `db.toml`.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn project(&self) -> Result<Project, ProjectError> {
        Project::open(Selection {
            config: self.config.clone(),
            directory: self.directory.clone(),
            environment: self.environment.clone(),
            url: self.url.clone(),
            database: self.database.clone(),
        })
    }
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
    Verify(verify::Args),
    Completions(completions::Args),
}

/// Reads the command line and runs what it says.
///
/// # Errors
/// Whatever the command could not do.
pub fn run() -> Result<ExitCode> {
    let Cli { global, command } = Cli::parse();
    match global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let writes = matches!(command, Command::Revision(_) | Command::Migrate(_) | Command::Merge(_));
    if matches!(global.format, Form::Toml | Form::Sql) && !writes {
        let message = "only a new revision is written as toml or sql: answers are text or json";
        Cli::command().error(clap::error::ErrorKind::InvalidValue, message).exit();
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
        Command::Verify(args) => verify::run(&global, &args),
        Command::Completions(args) => completions::run::<Cli>(&args),
    }
}
