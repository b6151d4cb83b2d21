//! What every command understands.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::project::{Given, Project, ProjectError, Selection};
use crate::script::Format;
use crate::terminal::Terminal;

/// What every command understands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Configuration file [default: the nearest db.toml]
    #[arg(short, long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Migrations folder [default: `migrations` of db.toml]
    #[arg(short, long, global = true, value_name = "FOLDER")]
    directory: Option<PathBuf>,
    /// One of the `[environments]` of db.toml
    #[arg(short, long, global = true, value_name = "NAME")]
    environment: Option<String>,
    /// Address of the database [default: DATABASE_URL, then db.toml]
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
    pub(crate) color: Color,
    /// Form of answers: text, json; of pictures: dot, mermaid; of new scripts and of models: toml, sql
    #[arg(
        long = "format",
        global = true,
        value_name = "FORM",
        default_value = "text",
        hide_possible_values = true
    )]
    format: Form,
    /// What is given with `-x`.
    #[arg(skip)]
    pub(crate) given: Given,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Lets every stream of the program know.
    pub(crate) fn write_global(self) {
        match self {
            Color::Auto => anstream::ColorChoice::Auto.write_global(),
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Form {
    Text,
    Json,
    Dot,
    Mermaid,
    Toml,
    Sql,
}

/// A language of pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Picture {
    Dot,
    Mermaid,
}

/// A form in which a schema is written down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Written {
    Toml,
    Json,
    Sql,
}

impl Written {
    /// How files of this form end.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Written::Toml => "toml",
            Written::Json => "json",
            Written::Sql => "sql",
        }
    }
}

impl Global {
    /// Where words go.
    pub fn terminal(&self) -> Terminal {
        Terminal { quiet: self.quiet, verbose: self.verbose, json: self.format == Form::Json }
    }

    /// Whether `--format` names the format of a script.
    pub(crate) fn names_script_format(&self) -> bool {
        matches!(self.format, Form::Toml | Form::Sql)
    }

    /// Whether `--format` names a language of pictures.
    pub(crate) fn names_picture(&self) -> bool {
        self.picture().is_some()
    }

    /// The language of a picture, if one was asked for.
    pub(super) fn picture(&self) -> Option<Picture> {
        match self.format {
            Form::Dot => Some(Picture::Dot),
            Form::Mermaid => Some(Picture::Mermaid),
            Form::Text | Form::Json | Form::Toml | Form::Sql => None,
        }
    }

    /// The form in which a schema is written down.
    pub(super) fn written(&self) -> Written {
        match self.format {
            Form::Sql => Written::Sql,
            Form::Json => Written::Json,
            Form::Text | Form::Toml | Form::Dot | Form::Mermaid => Written::Toml,
        }
    }

    /// The format of a new script: the one asked for, else the project's.
    pub fn script_format(&self, project: &Project) -> Format {
        match self.format {
            Form::Toml => Format::Toml,
            Form::Sql => Format::Sql,
            Form::Text | Form::Json | Form::Dot | Form::Mermaid => project.config.format,
        }
    }

    /// The migrations folder, if one was named.
    pub fn directory(&self) -> Option<&PathBuf> {
        self.directory.as_ref()
    }

    /// The configuration file, if one was named.
    pub fn config(&self) -> Option<&PathBuf> {
        self.config.as_ref()
    }

    /// The project as it is where no migrations folder is named.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn project_without_folder(&self) -> Result<Project, ProjectError> {
        Project::open(Selection { config: self.config.clone(), ..Selection::default() })
    }

    /// Finds and reads `db.toml`.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn project(&self) -> Result<Project, ProjectError> {
        Project::open(self.selection())
    }

    /// The project that begins with the `db.toml` at `config`.
    ///
    /// # Errors
    /// As [`Project::begin`].
    pub(super) fn new_project(&self, config: &Path) -> Result<Project, ProjectError> {
        Project::begin(config, self.selection())
    }

    fn selection(&self) -> Selection {
        Selection {
            config: self.config.clone(),
            directory: self.directory.clone(),
            environment: self.environment.clone(),
            url: self.url.clone(),
            database: self.database.clone(),
            given: self.given.clone(),
        }
    }
}
