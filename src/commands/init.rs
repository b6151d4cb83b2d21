//! The command `db init`.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::baseline::Baseline;
use crate::commands::global::Global;
use crate::error::{Source, list, nearest};
use crate::project::Config;
use crate::script::template::{Folder, Template, builtin};
use crate::terminal::{ACTION, Terminal};

/// Make the migrations folder, db.toml and a first model
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The template: a name that `db list-templates` shows, or a folder of your own
    #[arg(short, long, default_value = "generic")]
    template: String,
    /// Begin with the database that is there: its models, a revision that makes it, stamped
    #[arg(long)]
    from_database: bool,
    /// With --from-database: what the first revision is about
    #[arg(
        short,
        long,
        value_name = "TEXT",
        default_value = "baseline",
        requires = "from_database",
        allow_hyphen_values = true
    )]
    message: String,
    /// With --from-database: write the revision without trying it on a scratch database
    #[arg(long, requires = "from_database")]
    no_prove: bool,
}

/// Writes what a project needs. Nothing that is there is overwritten.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let place = Place::of(global);
    let template = template(&args.template)?;
    let files = template.project(&place.named()?)?;
    refuse_occupied(&place.migrations)?;
    let baseline = match args.from_database {
        true => Some(baseline(global, args, &place, &files)?),
        false => None,
    };

    create_folder(&terminal, &place.migrations)?;
    create_folder(&terminal, &place.migrations.join("versions"))?;
    let mut is_config_kept = false;
    for (folder, path, text) in files {
        let is_config = folder == Folder::Project && path == Path::new("db.toml");
        let path = match folder {
            Folder::Project if is_config => place.config.clone(),
            Folder::Project => place.root.join(path),
            Folder::Migrations => place.migrations.join(path),
        };
        let text = match &baseline {
            Some(baseline) if path == place.models() => &baseline.models,
            _ => &text,
        };
        let written = write(&terminal, &path, text)?;
        is_config_kept |= is_config && !written;
    }
    if let Some(baseline) = baseline {
        baseline.write(global, &global.new_project(&place.config)?, &args.message)?;
        terminal.talk("\nThe models say what is there, and the database stands at the first revision: change models.toml, then run `db migrate -m \"what changed\"`.");
        return Ok(ExitCode::SUCCESS);
    }
    let config = place.config.display();
    terminal.talk("\nDeclare your tables in models.toml, then run `db migrate -m \"what changed\"` and `db upgrade`.");
    terminal.talk(format!(
        "The database is app.db in this folder unless {config} or DATABASE_URL says otherwise."
    ));
    if is_config_kept && global.project_without_folder()?.migrations() != place.migrations {
        let line = format!("migrations = \"{}\"", place.named()?);
        terminal.warn(format!("{config} names another folder: `{line}` in it names this one"));
    }
    Ok(ExitCode::SUCCESS)
}

/// What the database says, before anything is written.
fn baseline(
    global: &Global,
    args: &Args,
    place: &Place,
    files: &[(Folder, PathBuf, String)],
) -> Result<Baseline> {
    let terminal = global.terminal();
    let path = place.models();
    if path.exists() {
        return Err(InitError::ModelsTaken { path }.into());
    }
    let project = global.new_project(&place.config)?;
    let own = files.iter().find(|(_, path, _)| path == Path::new("db.toml"));
    let config = match own.filter(|_| !place.config.exists()) {
        Some((_, path, text)) => Config::parse(&Source::new(path, text.as_str()))?,
        None => project.config.clone(),
    };
    let mut baseline = Baseline::read(&terminal, &project, &config)?;
    if !args.no_prove {
        baseline.prove(&terminal)?;
    }
    Ok(baseline)
}

/// Where the parts of a project go.
struct Place {
    root: PathBuf,
    config: PathBuf,
    migrations: PathBuf,
}

impl Place {
    fn of(global: &Global) -> Place {
        let config = global.config().cloned().unwrap_or_else(|| PathBuf::from("db.toml"));
        let root = config.parent().unwrap_or(Path::new("")).to_owned();
        let migrations = global.directory().cloned().unwrap_or_else(|| root.join("migrations"));
        Place { root, config, migrations }
    }

    /// The file of the models.
    fn models(&self) -> PathBuf {
        self.root.join("models.toml")
    }

    /// The migrations folder as db.toml names it: as seen from there, or else from anywhere.
    fn named(&self) -> Result<String> {
        let folder = match self.migrations.strip_prefix(&self.root) {
            Ok(below) => below.to_owned(),
            Err(_) => std::path::absolute(&self.migrations)?,
        };
        Ok(folder.to_str().context("the folder's name is not UTF-8")?.to_owned())
    }
}

fn template(name: &str) -> Result<Template> {
    if let Some(found) = builtin().iter().find(|it| it.name == name) {
        return Ok(found.clone());
    }
    let folder = Path::new(name);
    if folder.is_dir() {
        return Template::read(folder)
            .with_context(|| format!("cannot read the template `{name}`"));
    }
    Err(InitError::NoTemplate { name: name.to_owned() }.into())
}

/// Refuses a folder with something in it, and what is no folder.
fn refuse_occupied(folder: &Path) -> Result<()> {
    let path = folder.to_owned();
    match folder.read_dir() {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(InitError::Occupied { path }.into()),
            None => Ok(()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(_) if folder.is_file() => Err(InitError::NoFolder { path }.into()),
        Err(error) => Err(error).with_context(|| format!("cannot use `{}`", folder.display())),
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InitError {
    #[error("the folder `{}` is there already and is not empty", path.display())]
    Occupied { path: PathBuf },
    #[error("`{}` is there already and is not a folder", path.display())]
    NoFolder { path: PathBuf },
    #[error("there are models in `{}` already", path.display())]
    ModelsTaken { path: PathBuf },
    #[error("there is no template `{name}`")]
    NoTemplate { name: String },
}

impl InitError {
    pub(crate) fn hint(&self) -> Option<String> {
        let names = || builtin().iter().map(|it| it.name.as_str());
        Some(match self {
            Self::Occupied { .. } | Self::NoFolder { .. } => {
                "`-d` names another folder; nothing was written".to_owned()
            }
            Self::ModelsTaken { .. } => {
                "move them away, or leave `--from-database` out; nothing was written".to_owned()
            }
            Self::NoTemplate { name } => match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("there are {}; a folder of your own works, too", list(names(), "and"))
                }
            },
        })
    }
}

fn create_folder(terminal: &Terminal, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the folder `{}`", folder.display()))?;
    terminal.talk(format!("  {ACTION}Creating{ACTION:#} directory {} ... done", folder.display()));
    Ok(())
}

/// Writes a file unless there is one; whether it did.
fn write(terminal: &Terminal, path: &Path, text: &str) -> Result<bool> {
    let shown = path.display();
    let file = std::fs::File::options().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(|| format!("cannot write `{shown}`"))?;
            terminal.talk(format!("  {ACTION}Generating{ACTION:#} {shown} ... done"));
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.talk(format!("  {ACTION}Keeping{ACTION:#} {shown}, which is there already"));
            Ok(false)
        }
        Err(error) => Err(error).with_context(|| format!("cannot write `{shown}`")),
    }
}
