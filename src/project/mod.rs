//! A project: `db.toml`, its folders and its database. Opens graph, models and database when it
//! is asked for them, not before.

mod clock;
mod config;
mod database;
mod error;
mod filter;
mod given;
mod head_file;
mod path;
pub(crate) mod replace;
mod url;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

use crate::dialect::url::Url;
use crate::dialect::{Access, Limits};
use crate::error::{Mistakes, Source};
use crate::graph::{Direction, Places, Plan, Revision, RevisionGraph, Step};
use crate::models::{self, Declared, ModelSource};
use crate::parallel;
use crate::program::Surroundings;
use crate::run::History;
use crate::schema::Name;
use crate::script::{self, ReadError, ScriptFile};

pub use clock::{ClockError, Stopwatch};
pub use config::{Config, Database as DatabaseConfig, Environment, Options};
pub use database::Database;
pub use error::ProjectError;
pub use filter::{Filter, Looked, Pattern, PatternError};
pub use given::{Given, GivenError, Pair};
pub use url::DEFAULT_URL;

use path::{relative, shown};

/// What the command line says about the project.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// `-c`: the configuration file.
    pub config: Option<PathBuf>,
    /// `-d`: the migrations folder.
    pub directory: Option<PathBuf>,
    /// `-e`: the environment.
    pub environment: Option<String>,
    /// `--url`.
    pub url: Option<String>,
    /// `--db`: one of `[databases]`.
    pub database: Option<String>,
    /// `-x`: what is given to the run.
    pub given: Given,
}

/// A project with its configuration read.
#[derive(Debug)]
pub struct Project {
    /// What `db.toml` says.
    pub config: Config,
    /// What holds for the chosen environment.
    pub options: Options,
    /// The folder of `db.toml`; the working folder when there is none.
    root: PathBuf,
    selection: Selection,
    url: Option<config::Placed>,
    scratch_url: Option<config::Placed>,
    protected: bool,
    migrations: Vec<PathBuf>,
    models: Vec<ModelSource>,
}

impl Project {
    /// Finds and reads `db.toml`: the one that is named, or the nearest at or above the working
    /// folder. Without one the defaults hold.
    ///
    /// # Errors
    /// When the named file, the environment or the database is not there, or the file is wrong.
    pub fn open(selection: Selection) -> Result<Project, ProjectError> {
        clock::stopped()?;
        let folder = std::env::current_dir()
            .map_err(|source| ReadError::Io { path: PathBuf::from("."), source })?;
        let path = match &selection.config {
            Some(path) => Some(path.clone()),
            None => folder.ancestors().map(|it| it.join("db.toml")).find(|it| it.is_file()),
        };
        Project::configured(path, folder, selection)
    }

    /// The project whose `db.toml` is `config`, which may be missing yet; then the defaults hold. No
    /// folder above is looked into.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn begin(config: &Path, selection: Selection) -> Result<Project, ProjectError> {
        clock::stopped()?;
        let folder = std::env::current_dir()
            .map_err(|source| ReadError::Io { path: PathBuf::from("."), source })?;
        let path = config.is_file().then(|| folder.join(config));
        Project::configured(path, folder, selection)
    }

    fn configured(
        path: Option<PathBuf>,
        folder: PathBuf,
        selection: Selection,
    ) -> Result<Project, ProjectError> {
        let config = match &path {
            Some(path) => Config::parse(&script::read(&shown(path, &folder))?)?,
            None => Config::default(),
        };
        let root = match path.as_deref().and_then(Path::parent) {
            Some(parent) => folder.join(parent),
            None => folder,
        };
        Project::new(config, root, selection)
    }

    fn new(config: Config, root: PathBuf, selection: Selection) -> Result<Project, ProjectError> {
        let mut url = config.url.clone();
        let mut scratch_url = config.scratch_url.clone();
        let mut options = config.options.clone();
        let mut migrations = config.migrations.clone();
        let mut models = config.models.clone();
        let mut protected = false;
        if let Some(name) = &selection.environment {
            let environment = config.environments.get(name).ok_or_else(|| {
                ProjectError::unknown("environment", name, config.environments.keys())
            })?;
            url = environment.url.clone().or(url);
            scratch_url = environment.scratch_url.clone().or(scratch_url);
            options = environment.options.clone();
            protected = environment.protected;
        }
        if let Some(name) = &selection.database {
            let database = config
                .databases
                .get(name)
                .ok_or_else(|| ProjectError::unknown("database", name, config.databases.keys()))?;
            url = database.url.clone();
            scratch_url.clone_from(&database.scratch_url);
            migrations.clone_from(&database.migrations);
            models.clone_from(&database.models);
            if migrations.is_empty() {
                migrations = config.migrations.iter().map(|it| format!("{it}/{name}")).collect();
            }
        }
        let migrations = match &selection.directory {
            Some(directory) => vec![directory.clone()],
            None => migrations.iter().map(|folder| relative(&root.join(folder))).collect(),
        };
        Ok(Project {
            config,
            options,
            root,
            selection,
            url,
            scratch_url,
            protected,
            migrations,
            models,
        })
    }

    /// The folder that holds the script template; new revisions go below it.
    pub fn migrations(&self) -> &Path {
        self.migrations.first().map_or(Path::new("migrations"), PathBuf::as_path)
    }

    /// The folders that hold revisions.
    pub fn version_folders(&self) -> Vec<PathBuf> {
        self.migrations.iter().map(|folder| folder.join("versions")).collect()
    }

    /// The graph of all revisions; only the heads of the files are read.
    ///
    /// # Errors
    /// When a folder is missing, and everything that is wrong in the files and between them.
    pub fn graph(&self) -> Result<RevisionGraph, ProjectError> {
        for folder in &self.migrations {
            if !folder.is_dir() {
                return Err(ProjectError::NoMigrations { path: folder.clone() });
            }
        }
        let mut revisions = Vec::new();
        let mut mistakes = Vec::new();
        let paths = self.script_paths()?;
        for revision in parallel::map(&paths, |path| revision_at(path)) {
            match revision {
                Ok(revision) => revisions.push(revision),
                Err(ReadError::Mistakes(Mistakes(found))) => mistakes.extend(found),
                Err(error) => return Err(error.into()),
            }
        }
        if !mistakes.is_empty() {
            return Err(Mistakes(mistakes).into());
        }
        RevisionGraph::new(revisions).map_err(ProjectError::Graph)
    }

    /// Every script, in the order of their paths. A folder that can be reached in several ways is
    /// read once.
    fn script_paths(&self) -> Result<Vec<PathBuf>, ProjectError> {
        let mut paths = Vec::new();
        let mut read = HashSet::new();
        let mut folders = self.version_folders();
        folders.reverse();
        while let Some(folder) = folders.pop() {
            let wrong = |source| ReadError::Io { path: folder.clone(), source };
            if !folder.is_dir() || !read.insert(folder.canonicalize().map_err(wrong)?) {
                continue;
            }
            for entry in folder.read_dir().map_err(wrong)? {
                let entry = entry.map_err(wrong)?;
                let path = entry.path();
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                if hidden {
                    continue;
                }
                let kind = entry.file_type().map_err(wrong)?;
                if kind.is_dir() || (kind.is_symlink() && path.is_dir()) {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "toml" || it == "sql") {
                    paths.push(path);
                }
            }
        }
        // As bytes: comparing paths part by part takes many times as long.
        paths.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        Ok(paths)
    }

    /// The whole script of a revision.
    ///
    /// # Errors
    /// When it cannot be read, and everything that is wrong in it.
    pub fn script(&self, revision: &Revision) -> Result<ScriptFile, ProjectError> {
        let source = self.source(revision)?;
        let script = script::parse(&source)?;
        Ok(ScriptFile { script, source })
    }

    /// The whole scripts of `revisions`, in their order.
    ///
    /// # Errors
    /// When one cannot be read, and everything that is wrong in all of them.
    pub fn scripts(&self, revisions: &[&Revision]) -> Result<Vec<ScriptFile>, ProjectError> {
        all_or_mistakes(parallel::map(revisions, |revision| self.script(revision)))
    }

    /// The scripts of the steps of a plan, without what they say for the other direction: thousands
    /// of them take much room.
    ///
    /// # Errors
    /// As for [`Project::scripts`].
    pub fn scripts_of(&self, plan: &Plan) -> Result<Vec<ScriptFile>, ProjectError> {
        let one_way = |step: &Step| {
            let mut file = self.script(step.revision)?;
            match step.direction {
                Direction::Upgrade => file.script.downgrade = Vec::new(),
                Direction::Downgrade => file.script.upgrade = Vec::new(),
            }
            Ok(file)
        };
        all_or_mistakes(parallel::map(&plan.steps, one_way))
    }

    /// The text of a revision's script.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn source(&self, revision: &Revision) -> Result<Source, ProjectError> {
        match &revision.source {
            Some(source) => Ok(source.clone()),
            None => Ok(script::read(&revision.path)?),
        }
    }

    /// What the models declare. Programs that print some run now.
    ///
    /// # Errors
    /// Everything that is wrong in them.
    pub fn models(&self) -> Result<Declared, ProjectError> {
        // Not every model needs a database, so that one without an address is no mistake here.
        let address = self.url().and_then(|(url, _)| self.for_programs(&url));
        let url = address.as_ref().map(|(url, _)| url.as_str()).ok();
        let variables = self.given().variables();
        let surroundings = Surroundings { folder: &self.root, url, variables: &variables };
        Ok(models::load(surroundings, &self.models, &self.config.naming)?)
    }

    /// Opens the database.
    ///
    /// # Errors
    /// When its address is wrong or it does not answer.
    pub fn connect(&self, access: Access) -> Result<Database, ProjectError> {
        let (url, folder) = self.url()?;
        let (mut dialect, db) = crate::dialect::connect(&url, &folder, access)?;
        if let Some((url, folder)) = self.scratch_url()? {
            dialect.try_at(&url, &folder)?;
        }
        let history = self.history()?;
        let filter = self.config.looked_at.clone();
        Ok(Database { dialect, db, history, url, filter })
    }

    /// The tables that keep the history, named for this run.
    ///
    /// # Errors
    /// When a name asks for a variable that is not given.
    pub fn history(&self) -> Result<History, ProjectError> {
        let Options { version_table, version_table_schema, log_table, .. } = &self.options;
        let fill = |option: &'static str, text: &String| {
            url::fill(text, url::Origin::Option(option), &self.selection.given)
        };
        let schema = version_table_schema.as_ref();
        let schema = schema.map(|it| fill("version_table_schema", it)).transpose()?;
        let name = |name: String| Name { schema: schema.clone(), name };
        Ok(History {
            version_table: name(fill("version_table", version_table)?),
            log_table: name(fill("log_table", log_table)?),
        })
    }

    /// The address of the database for programs that run in the folder of `db.toml`, and that
    /// folder.
    ///
    /// # Errors
    /// When the working folder is gone.
    pub fn for_programs(&self, url: &Url) -> Result<(String, PathBuf), ProjectError> {
        let (_, folder) = self.url()?;
        // Seen from another folder `..` is another one.
        let folder = folder.canonicalize().unwrap_or(folder);
        let text = crate::dialect::for_programs(url, &folder).map_err(|source| {
            ProjectError::Read(ReadError::Io { path: PathBuf::from("."), source })
        })?;
        Ok((text, self.root.clone()))
    }

    /// The folder of `db.toml`, from which all paths in it count.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file as it is written from the folder of `db.toml`.
    ///
    /// # Errors
    /// When it is not there.
    pub fn path_from_root(&self, path: &Path) -> Result<PathBuf, ProjectError> {
        let whole = |path: &Path| {
            path.canonicalize().map_err(|source| ReadError::Io { path: path.to_owned(), source })
        };
        Ok(shown(&whole(path)?, &whole(&self.root)?))
    }

    /// How long it waits for locks and statements.
    pub fn limits(&self) -> Limits {
        let Options { lock_timeout, statement_timeout, .. } = self.options;
        Limits { lock_timeout, statement_timeout }
    }

    /// What is given to the run with `-x`.
    pub fn given(&self) -> &Given {
        &self.selection.given
    }

    /// Whether what loses data wants the database's name.
    pub fn is_protected(&self) -> bool {
        self.protected
    }

    /// Now, in the project's time zone.
    pub fn now(&self) -> DateTime<FixedOffset> {
        clock::now(&self.options.timezone)
    }
}

/// The revision whose script is at `path`, as its head tells it.
fn revision_at(path: &Path) -> Result<Revision, ReadError> {
    let located = script::read_header(path)?;
    let place = |span: &std::ops::Range<usize>| Some(located.place(span));
    let all = |spans: &[std::ops::Range<usize>]| spans.iter().map(place).collect();
    let places = Places {
        id: place(&located.places.revision),
        parents: all(&located.places.down_revision),
        depends_on: all(&located.places.depends_on),
        replaces: all(&located.places.replaces),
        labels: all(&located.places.branch_labels),
    };
    let revision = Revision::new(&located.header, path.to_owned(), places);
    Ok(Revision { source: located.whole, ..revision })
}

/// All scripts, or everything that is wrong in any of them.
fn all_or_mistakes(
    read: Vec<Result<ScriptFile, ProjectError>>,
) -> Result<Vec<ScriptFile>, ProjectError> {
    let (mut scripts, mut mistakes) = (Vec::new(), Vec::new());
    for script in read {
        match script {
            Ok(script) => scripts.push(script),
            Err(ProjectError::Mistakes(Mistakes(found))) => mistakes.extend(found),
            Err(error) => return Err(error),
        }
    }
    match mistakes.is_empty() {
        true => Ok(scripts),
        false => Err(Mistakes(mistakes).into()),
    }
}

/// Now, as RFC 3339 in UTC.
pub fn now_utc() -> String {
    clock::now("utc").with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true)
}
