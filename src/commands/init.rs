//! The command `db init`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::commands::global::Global;
use crate::error::nearest;
use crate::script::template::{Folder, Template, builtin};
use crate::terminal::Terminal;

/// Make the migrations folder, db.toml and a first model
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The template: a name that `db list-templates` shows, or a folder of your own
    #[arg(short, long, default_value = "generic")]
    template: String,
}

/// Writes what a project needs. Nothing that is there is overwritten.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let migrations = global.directory().cloned().unwrap_or_else(|| PathBuf::from("migrations"));
    let template = template(&args.template)?;
    let name = migrations.to_str().context("the folder's name is not UTF-8")?;
    let files = template.project(name)?;
    if occupied(&migrations)? {
        bail!("the folder {} is there already and is not empty", migrations.display());
    }

    create_folder(&terminal, &migrations)?;
    create_folder(&terminal, &migrations.join("versions"))?;
    for (folder, path, text) in files {
        let path = match folder {
            Folder::Project => path,
            Folder::Migrations => migrations.join(path),
        };
        write(&terminal, &path, &text)?;
    }
    terminal.talk("\nDeclare your tables in models.toml, then run `db migrate -m \"what changed\"` and `db upgrade`.");
    terminal
        .talk("db.toml says where the database is: app.db in this folder unless you change it.");
    Ok(ExitCode::SUCCESS)
}

fn template(name: &str) -> Result<Template> {
    if let Some(found) = builtin().iter().find(|it| it.name == name) {
        return Ok(found.clone());
    }
    let folder = Path::new(name);
    if folder.is_dir() {
        return Template::read(folder).with_context(|| format!("cannot read the template {name}"));
    }
    let names: Vec<_> = builtin().iter().map(|it| it.name.as_str()).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => bail!("there is no template `{name}`; did you mean `{near}`?"),
        None => {
            bail!("there is no template `{name}`: there are {}, or name a folder", names.join(", "))
        }
    }
}

/// Whether the folder is there with something in it, or something else stands in its place.
fn occupied(folder: &Path) -> Result<bool> {
    match folder.read_dir() {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot use {}", folder.display())),
    }
}

fn create_folder(terminal: &Terminal, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    terminal.talk(format!("  Creating directory {} ... done", folder.display()));
    Ok(())
}

fn write(terminal: &Terminal, path: &Path, text: &str) -> Result<()> {
    use std::io::{ErrorKind, Write};
    let shown = path.display();
    let file = std::fs::File::options().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(|| format!("cannot write {shown}"))?;
            terminal.talk(format!("  Generating {shown} ... done"));
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.talk(format!("  Keeping {shown}, which is there already"));
            Ok(())
        }
        Err(error) => Err(error).with_context(|| format!("cannot write {shown}")),
    }
}
