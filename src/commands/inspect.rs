//! The command `db inspect`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::compare::set_aside;
use super::files;
use super::statements::statements;
use crate::commands::global::{Global, Written};
use crate::dialect::Access;
use crate::models::write::{self, Document};
use crate::project::{Database, Looked, Pattern};
use crate::schema::{Name, Schema};
use crate::terminal::Terminal;

/// Write the live database down as models, or as SQL
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only what is called like this: a pattern for tables, or `schemas=...`, `kinds=...`
    #[arg(long, value_name = "PATTERN")]
    include: Vec<Pattern>,
    /// Nothing that is called like this: a pattern for tables, or `schemas=...`, `kinds=...`
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<Pattern>,
    /// A file for what is written; with --split a folder
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// A file for each schema of the database
    #[arg(long, requires = "output")]
    split: bool,
    /// Write over files that are there
    #[arg(long, requires = "output")]
    force: bool,
}

/// Reads the schema and writes it; the database is not changed.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let mut database = project.connect(Access::Look)?;
    let asked = Looked::at(&args.include, &args.exclude).context("too many patterns")?;
    let found = Found::of(&mut database, &asked)?;
    if found.schema.tables.is_empty() && found.schema.objects.is_empty() {
        terminal.warn(format!("there is nothing in `{}`", database.url));
    }
    let parts = match global.written() {
        Written::Sql if args.split => return Err(InspectError::SplitSql.into()),
        Written::Sql => {
            let text = statements(&*database.dialect, &found.schema)?;
            vec![Part { name: None, text: found.comments(&[], "--") + &text }]
        }
        form => {
            let (naming, dialect) = (&project.config.naming, database.dialect.name());
            let document = write::document(&found.schema, naming, dialect);
            let unsaid = document.unsaid.clone();
            if form == Written::Json {
                found.warn(&terminal, &unsaid);
            }
            let documents = match args.split {
                true => document.by_schema(),
                false => vec![(None, document)],
            };
            let part = |(at, (name, document)): (usize, (Option<String>, Document))| {
                let comments = if at == 0 { found.comments(&unsaid, "#") } else { String::new() };
                let text = match form {
                    Written::Json => format!("{:#}\n", document.json()),
                    _ => comments + &document.toml(),
                };
                Part { name, text }
            };
            documents.into_iter().enumerate().map(part).collect()
        }
    };
    match &args.output {
        None => parts.iter().try_for_each(|it| terminal.answer_as_it_is(&it.text))?,
        Some(path) => {
            let extension = global.written().extension();
            for part in parts {
                let path = match args.split {
                    true => path.join(part.file_name(extension)),
                    false => path.clone(),
                };
                files::write(&terminal, &path, &part.text, args.force)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is there.
pub(super) struct Found {
    /// What models can speak of.
    pub(super) schema: Schema,
    /// Everything else, a line each.
    others: Vec<String>,
}

impl Found {
    /// Looks at `database`, as far as it is `asked` for.
    pub(super) fn of(database: &mut Database, asked: &Looked) -> Result<Found> {
        let mut schema = database.inspect()?;
        asked.apply(&mut schema);
        let versions = set_aside(&mut schema, &Schema::default());
        let version =
            |it: &Name| format!("table `{it}`, the version table of another tool or project");
        let others = schema.others.iter().map(|it| format!("{} `{}`", it.kind, it.name));
        let others = others.chain(versions.iter().map(version)).collect();
        Ok(Found { schema, others })
    }

    /// How much is not in what is written, and what it is.
    fn tell(&self, unsaid: &[String]) -> Vec<String> {
        let all: Vec<&String> = self.others.iter().chain(unsaid).collect();
        let head = match all.len() {
            0 => return Vec::new(),
            1 => "1 thing in the database is not written down here:".to_owned(),
            count => format!("{count} things in the database are not written down here:"),
        };
        [head].into_iter().chain(all.into_iter().map(|it| format!("  {it}"))).collect()
    }

    /// Warns of it.
    pub(super) fn warn(&self, terminal: &Terminal, unsaid: &[String]) {
        let lines = self.tell(unsaid);
        if !lines.is_empty() {
            terminal.warn(lines.join("\n"));
        }
    }

    /// The same as comments of TOML or SQL.
    pub(super) fn comments(&self, unsaid: &[String], sign: &str) -> String {
        let lines = self.tell(unsaid);
        let lines = lines.iter().flat_map(|it| it.split(['\n', '\r']));
        let mut text: String = lines.map(|it| format!("{sign} {it}\n")).collect();
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

/// What is written to one place.
struct Part {
    /// The schema that it is about; `None` is the default one, or all.
    name: Option<String>,
    text: String,
}

impl Part {
    /// The file of a schema: what no name of a file may hold is left out.
    fn file_name(&self, extension: &str) -> String {
        let is_plain = |c: &char| !c.is_control() && !"/\\:*?\"<>|".contains(*c);
        let name: String = self.name.iter().flat_map(|it| it.chars()).filter(is_plain).collect();
        match name.trim_matches('.') {
            "" => format!("models.{extension}"),
            name => format!("{name}.{extension}"),
        }
    }
}

/// What cannot be written as it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InspectError {
    #[error("SQL is one file: its statements stand in the order in which they can run")]
    SplitSql,
}

impl InspectError {
    pub(crate) fn hint(&self) -> Option<String> {
        let Self::SplitSql = self;
        Some("leave `--split` out, or choose `--format toml` or `--format json`".to_owned())
    }
}
