//! A new revision's file: named, checked against all others, written whole or not at all.

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::standing::standing_for;
use crate::commands::global::Global;
use crate::error::{Source, list};
use crate::graph::{Places, Revision, RevisionGraph, RevisionId, Target};
use crate::lint;
use crate::operation::Operation;
use crate::program::{self, Surroundings};
use crate::project::{Project, ProjectError, replace};
use crate::script::template::{builtin, render_with};
use crate::script::{
    self, Entry, FileName, Format, Header, Script, check_branch_label, check_revision_id,
};
use crate::terminal::{ACTION, Terminal};

/// What every command that writes a revision understands.
#[derive(Debug, Default, clap::Args)]
pub(super) struct NewScript {
    /// What the revision is about
    #[arg(
        short,
        long,
        default_value = "",
        hide_default_value = true,
        value_name = "TEXT",
        allow_hyphen_values = true
    )]
    message: String,
    /// The label of a line that begins here
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,
    /// The folder for the file, one of the version folders or below one
    #[arg(long, value_name = "FOLDER")]
    version_path: Option<PathBuf>,
    /// The id, instead of a new one
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,
    /// A revision of another line that must have run before: an id or a label
    #[arg(long, value_name = "REVISION", allow_hyphen_values = true)]
    depends_on: Vec<Target>,
}

impl NewScript {
    /// A revision about this, of which nothing else is said.
    pub(super) fn about(message: &str) -> NewScript {
        NewScript { message: message.to_owned(), ..NewScript::default() }
    }

    /// The head of the new script, with these parents.
    pub(super) fn header(
        &self,
        project: &Project,
        graph: &RevisionGraph,
        parents: &[&Revision],
    ) -> Result<Header> {
        let revision = match &self.rev_id {
            Some(id) => {
                check_revision_id(id)?;
                if let Some(revision) = graph.get(id) {
                    let (id, path) = (id.clone(), revision.path.clone());
                    return Err(NewScriptError::IdTaken { id, path }.into());
                }
                if let Some(by) = graph.replacement(id) {
                    let (id, by) = (id.clone(), by.id.clone());
                    return Err(NewScriptError::IdReplaced { id, by }.into());
                }
                id.clone()
            }
            None => new_id(graph),
        };
        for label in &self.branch_label {
            check_branch_label(label)?;
            if let Some((_, owner)) = graph.labels().find(|(taken, _)| taken == label) {
                let (label, id) = (label.clone(), owner.id.clone());
                return Err(NewScriptError::LabelTaken { label, id }.into());
            }
        }
        let current = standing_for(project, graph, &self.depends_on)?.unwrap_or_default();
        let depends_on = self.depends_on.iter().map(|target| {
            // A label stays a label, so that it follows its line.
            let text = target.to_string();
            if graph.labels().any(|(label, _)| label == text) {
                return Ok(vec![text]);
            }
            let found = graph.resolve(target, &current)?;
            if found.is_empty() {
                return Err(NewScriptError::NoDependency { target: text }.into());
            }
            Ok(found.iter().map(|it| it.id.clone()).collect())
        });
        let depends_on: Vec<Vec<String>> = depends_on.collect::<Result<_>>()?;
        Ok(Header {
            message: self.message.clone(),
            revision,
            down_revision: parents.iter().map(|it| it.id.clone()).collect(),
            branch_labels: self.branch_label.clone(),
            depends_on: depends_on.concat(),
            created: Some(project.now()),
            behaviour: Some(script::BEHAVIOUR),
            ..Header::default()
        })
    }

    /// The folder of the new file: the one asked for, else that of the first parent.
    fn folder(&self, project: &Project, parents: &[&Revision]) -> Result<PathBuf> {
        let folders = project.version_folders();
        if let Some(asked) = &self.version_path {
            let inside = |folder: &PathBuf| {
                let (asked, folder) = (std::path::absolute(asked), std::path::absolute(folder));
                asked.ok().zip(folder.ok()).is_some_and(|(asked, folder)| asked.starts_with(folder))
            };
            let leaves = asked.components().any(|it| it == Component::ParentDir);
            if leaves || !folders.iter().any(inside) {
                return Err(NewScriptError::Outside { folder: asked.clone(), folders }.into());
            }
            return Ok(asked.clone());
        }
        let beside = |parent: &&Revision| {
            folders.iter().find(|folder| parent.path.starts_with(folder)).cloned()
        };
        match (parents.first().and_then(beside), &folders[..]) {
            (Some(folder), _) => Ok(folder),
            (None, [only]) => Ok(only.clone()),
            _ => Err(NewScriptError::ManyFolders { folders }.into()),
        }
    }
}

/// An id that no revision has. The variable `LIMBECK_REVISION_IDS` may list ids to take, parted
/// by commas, so that what is written can be the same twice.
fn new_id(graph: &RevisionGraph) -> String {
    let listed = std::env::var("LIMBECK_REVISION_IDS").unwrap_or_default();
    let free = |id: &&str| check_revision_id(id).is_ok() && graph.is_free(id);
    listed.split(',').find(free).map_or_else(script::new_revision_id, str::to_owned)
}

/// Why a new revision was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NewScriptError {
    #[error("revision `{id}` is there already: `{}`", path.display())]
    IdTaken { id: RevisionId, path: PathBuf },
    #[error("the id `{id}` is spent: `{by}` replaces the revision that had it")]
    IdReplaced { id: RevisionId, by: RevisionId },
    #[error("there is a file `{}` already", path.display())]
    FileTaken { path: PathBuf },
    #[error("branch label `{label}` is that of revision `{id}`")]
    LabelTaken { label: String, id: RevisionId },
    #[error("models and database are not compared, so there is nothing to say about it")]
    NotCompared,
    #[error("there is no revision at `{target}` to depend on")]
    NoDependency { target: String },
    #[error("`{}` is not in a version folder", folder.display())]
    Outside { folder: PathBuf, folders: Vec<PathBuf> },
    #[error("there are several version folders")]
    ManyFolders { folders: Vec<PathBuf> },
}

impl NewScriptError {
    pub(crate) fn hint(&self) -> Option<String> {
        let names = |folders: &[PathBuf], last: &str| {
            list(folders.iter().map(|it| it.display().to_string()), last)
        };
        Some(match self {
            Self::IdTaken { .. } | Self::IdReplaced { .. } => {
                "choose another id, or leave `--rev-id` out for a new one".to_owned()
            }
            Self::FileTaken { .. } => {
                "give another message, or put `{{ revision }}` into `file_template` of db.toml"
                    .to_owned()
            }
            Self::LabelTaken { .. } => {
                "choose another; all that comes after a labelled revision has its label".to_owned()
            }
            Self::NotCompared => "add `--autogenerate`, or use `db migrate`".to_owned(),
            Self::NoDependency { .. } => "`db history` shows the revisions there are".to_owned(),
            Self::Outside { folders, .. } => {
                format!("name {} or a folder below", names(folders, "or"))
            }
            Self::ManyFolders { folders } => {
                format!("name one with `--version-path`: {}", names(folders, "or"))
            }
        })
    }
}

/// Where the new revision is put: `--head` and `--splice`.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// The revision it comes after [default: head]
    #[arg(long, value_name = "REVISION", allow_hyphen_values = true)]
    head: Option<Target>,
    /// Let it come after a revision that is no head
    #[arg(long)]
    splice: bool,
}

impl Place {
    /// The parents of the new revision.
    pub(super) fn parents<'g>(
        &self,
        project: &Project,
        graph: &'g RevisionGraph,
    ) -> Result<Vec<&'g Revision>> {
        let targets = [self.head.clone().unwrap_or_else(Target::head)];
        let current = standing_for(project, graph, &targets)?.unwrap_or_default();
        Ok(graph.parents_for(&targets, self.splice, &current)?)
    }
}

/// The text of a new script and the file it is for.
pub(super) struct Draft {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) script: Script,
}

/// Makes the text of a new script. Nothing is written yet.
pub(super) fn draft(
    project: &Project,
    graph: &RevisionGraph,
    new: &NewScript,
    parents: &[&Revision],
    format: Format,
    script: Script,
) -> Result<Draft> {
    let path = path(project, new, parents, format, &script.header)?;
    draft_at(project, graph, path, format, script)
}

/// The file of a new script with this head.
pub(super) fn path(
    project: &Project,
    new: &NewScript,
    parents: &[&Revision],
    format: Format,
    header: &Header,
) -> Result<PathBuf> {
    let name = FileName {
        template: &project.options.file_template,
        slug_length: project.options.truncate_slug_length,
        format,
        given: project.given().names(),
    };
    Ok(new.folder(project, parents)?.join(name.of(header)?))
}

/// Makes the text of a new script for the file at `path`. Nothing is written yet.
pub(super) fn draft_at(
    project: &Project,
    graph: &RevisionGraph,
    path: PathBuf,
    format: Format,
    script: Script,
) -> Result<Draft> {
    fits(graph, &script.header, &path)?;
    let template = template(project, format)?;
    let text = render_with(&template, &path, &script, project.given().names(), &lint::note)?;
    Ok(Draft { path, text, script })
}

/// Whether the graph stays whole with the new revision in it.
fn fits(graph: &RevisionGraph, header: &Header, path: &Path) -> Result<()> {
    let revision = Revision::new(header, path, Places::default());
    graph.with(revision).map_err(ProjectError::Graph)?;
    Ok(())
}

/// The project's own template, or the built-in one when it has none.
fn template(project: &Project, format: Format) -> Result<Source> {
    let name = format!("script.{}.tera", format.extension());
    let path = project.migrations().join(&name);
    if path.is_file() {
        return Ok(script::read(&path)?);
    }
    let text = builtin().first().and_then(|template| template.text(&name)).unwrap_or_default();
    Ok(Source::new(name, text))
}

/// Writes the file, all of it or nothing, and the head file, and runs the hooks on it.
pub(super) fn write(global: &Global, project: &Project, draft: &Draft) -> Result<()> {
    write_instead(global, project, draft, || Ok(()))
}

/// Writes the file, all of it or nothing, has `remove` take away those whose place it takes, and
/// runs the hooks on it. Where those cannot be removed it goes again.
pub(super) fn write_instead(
    global: &Global,
    project: &Project,
    draft: &Draft,
    remove: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let terminal = global.terminal();
    let path = draft.path.display();
    let folder = draft.path.parent().unwrap_or(Path::new("."));
    let write = || -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut file = replace::temporary(folder)?;
        file.write_all(draft.text.as_bytes())?;
        replace::readable(&file)?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(&draft.path) {
            Ok(_) => Ok(()),
            Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => {
                Err(NewScriptError::FileTaken { path: draft.path.clone() }.into())
            }
            Err(failed) => Err(failed.error.into()),
        }
    };
    write().map_err(|error| match error.is::<NewScriptError>() {
        true => error,
        false => error.context(format!("cannot write `{path}`")),
    })?;
    if let Err(error) = remove() {
        std::fs::remove_file(&draft.path)?;
        return Err(error);
    }
    terminal.talk(format!("{ACTION}Generating{ACTION:#} {path} ... done"));
    if project.head_file().is_some() {
        project.write_head_file(&project.graph()?)?;
    }
    let hooks = &project.options.post_write_hooks;
    hooks.iter().try_for_each(|hook| run_hook(&terminal, project, hook, draft))?;
    if !hooks.is_empty() {
        let broken = || format!("the post-write hooks left no script at {path}");
        script::parse(&script::read(&draft.path).with_context(broken)?).with_context(broken)?;
    }
    Ok(())
}

/// Runs a program on the new file, in the folder of `db.toml` as everything that it names. The word
/// `{path}` stands for the file, which is the last argument where no word does.
fn run_hook(terminal: &Terminal, project: &Project, hook: &[String], draft: &Draft) -> Result<()> {
    let path = project.path_from_root(&draft.path)?;
    let mut words: Vec<OsString> = hook.iter().map(OsString::from).collect();
    match words.iter_mut().find(|word| *word == "{path}") {
        Some(word) => word.clone_from(&path.into_os_string()),
        None => words.push(path.into_os_string()),
    }
    let variables = project.given().variables();
    let surroundings = Surroundings { variables: &variables, ..project.root().into() };
    let Some(mut command) = program::command(&words, &surroundings) else { return Ok(()) };
    let shown = hook.join(" ");
    let kept = || format!("`{}` was written and stays", draft.path.display());
    let status = command
        // What a hook says is talk.
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("cannot run the post-write hook `{shown}`; {}", kept()))?;
    if !status.success() {
        bail!("the post-write hook `{shown}` failed: {status}; {}", kept());
    }
    terminal.talk(format!("Running post-write hook `{shown}` ... done"));
    Ok(())
}

/// Entries that every dialect runs.
pub(super) fn entries(
    operations: Vec<Operation>,
    dialects: impl Fn(&Operation) -> Vec<String>,
) -> Vec<Entry> {
    let entry = |operation| Entry { dialects: dialects(&operation), operation };
    operations.into_iter().map(entry).collect()
}
