//! What a comparison finds on a server: every change, and nothing else.
//!
//! A file of cases holds many, each under a line `=== its name`: `--- sql` makes the database, each
//! `--- models` declares just that and must find nothing, `--- then` declares something else, and
//! `--- found` is what is said of the difference. What is found is carried out, and nothing more
//! is found then; it is taken back, and the catalogue and the rows are as they were.
//! `UPDATE_GOLDEN=1` writes what is found.

pub(crate) mod both_ways;
mod case;

use libtest_mimic::{Failed, Trial};
use limbeck::dialect::{Connection, Dialect, NormalizeError, Scope};
use limbeck::diff::{adopt_names, diff_renamed};
use limbeck::models::{self, Declared, ModelSource, Naming};
use limbeck::operation::{self, Operation};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::Script;

pub(crate) use self::case::{Case, FileOfCases};
use super::law::{restated, text};
use super::server::{Database, Server};

/// What a server speaks, and a session in one of its databases.
pub(crate) type Session = (Box<dyn Dialect>, Box<dyn Connection>);

/// What there is to know of a kind of server, without the tool.
pub(crate) trait Kind: Sync {
    /// The servers on which a case is run.
    fn servers(&self, case: &Case) -> Vec<Server>;

    /// A session of the tool.
    fn session(&self, database: &Database) -> Session;

    /// Runs SQL of a case.
    fn fill(&self, database: &Database, sql: &str);

    /// Everything that somebody made, in the server's own words.
    fn portrait(&self, database: &Database) -> String;

    /// Every row of every table.
    fn rows(&self, database: &Database) -> String;

    /// How far every counter has counted.
    fn counters(&self, database: &Database) -> String;
}

/// A test for each case in the files of `folder`.
pub(crate) fn trials(folder: &str, kind: &'static dyn Kind) -> Vec<Trial> {
    let mut trials = Vec::new();
    for file in FileOfCases::all(folder) {
        for case in file.cases.clone() {
            let (name, file) = (format!("{}::{}", file.name, case.name), file.clone());
            trials.push(Trial::test(name, move || check(&file, &case, kind)));
        }
    }
    trials
}

fn check(file: &FileOfCases, case: &Case, kind: &'static dyn Kind) -> Result<(), Failed> {
    for server in kind.servers(case) {
        let checked = Live::of(case, &server, kind).check(file, case);
        checked.map_err(|failed| match failed.message() {
            Some(message) => format!("on {}\n{message}", server.url()).into(),
            None => failed,
        })?;
    }
    Ok(())
}

/// What is found, and its script there and back.
pub(crate) type Difference = (Vec<Operation>, Vec<Operation>, Vec<Operation>);

/// The database of a case.
pub(crate) struct Live {
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) db: Box<dyn Connection>,
    kind: &'static dyn Kind,
    /// Dropped behind its connection.
    database: Database,
}

impl Live {
    /// One with nothing in it.
    pub(crate) fn empty(server: &Server, kind: &'static dyn Kind) -> Live {
        Live::of(&Case::default(), server, kind)
    }

    fn of(case: &Case, server: &Server, kind: &'static dyn Kind) -> Live {
        let database = server.database();
        kind.fill(&database, &case.sql);
        let (dialect, db) = kind.session(&database);
        Live { dialect, db, kind, database }
    }

    fn check(mut self, file: &FileOfCases, case: &Case) -> Result<(), Failed> {
        let counters = self.kind.counters(&self.database);
        for models in &case.models {
            self.is_silent("at once", models)?;
        }
        same("numbers taken", &counters, &self.kind.counters(&self.database))?;
        let Some(then) = &case.then else { return Ok(()) };
        let begun = (self.portrait(), self.rows());
        let (operations, there, back) = self.difference(&declared(then)?)?;
        let found = operation::describe(&operations).join("\n");
        let found = format!("{found}\n").trim_start().to_owned();
        if case.found.as_ref() != Some(&found) && std::env::var_os("UPDATE_GOLDEN").is_some() {
            file.rewrite(&case.name, &found)?;
        } else {
            same("found", case.found.as_deref().unwrap_or_default(), &found)?;
        }
        self.run(&there)?;
        self.is_silent("after the upgrade", then)?;
        let rows = self.rows();
        self.run(&back)?;
        same("the catalogue, back", &begun.0, &self.portrait())?;
        same("the rows, back", &begun.1, &self.rows())?;
        if let Some(models) = case.models.first() {
            self.is_silent("after the downgrade", models)?;
        }
        self.run(&there)?;
        same("the rows, there again", &rows, &self.rows())
    }

    fn portrait(&self) -> String {
        self.kind.portrait(&self.database)
    }

    fn rows(&self) -> String {
        self.kind.rows(&self.database)
    }

    /// Nothing is found, and the whole answer is what is there.
    fn is_silent(&mut self, when: &str, models: &str) -> Result<(), Failed> {
        let (operations, ..) = self.difference(&declared(models)?)?;
        match operations.is_empty() {
            true => Ok(()),
            false => Err(format!("found {when}:{}", text(&operations)).into()),
        }
    }

    /// What is found, as `migrate` finds it, and its script both ways.
    pub(crate) fn difference(&mut self, declared: &Declared) -> Result<Difference, Failed> {
        let operations = found(&*self.dialect, &mut *self.db, declared)?;
        let [there, back] = script(&operations);
        Ok((operations, there, back))
    }

    /// Runs operations as a revision.
    pub(crate) fn run(&mut self, operations: &[Operation]) -> Result<(), Failed> {
        carry_out(&*self.dialect, &mut *self.db, operations)
    }
}

/// What is found in a database, as `migrate` finds it.
fn found(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    declared: &Declared,
) -> Result<Vec<Operation>, Failed> {
    let live = dialect.inspect(db, &Scope::default())?;
    let mut schema = declared.schema.clone();
    let mut normalized = dialect.normalize(&schema, &live, db).map_err(explained)?;
    let mut operations = diff_renamed(&live, &normalized, &declared.renames)?;
    if adopt_names(&operations, &declared.given_names, [&mut schema, &mut normalized]) {
        operations = diff_renamed(&live, &normalized, &declared.renames)?;
    }
    Ok(restated(dialect, operations, &schema, &normalized))
}

/// Both ways of a script, as it is written.
fn script(operations: &[Operation]) -> [Vec<Operation>; 2] {
    let back = operation::reverse(operations).unwrap_or_default();
    let script = Script {
        upgrade: operations.iter().cloned().map(Into::into).collect(),
        downgrade: back.into_iter().map(Into::into).collect(),
        ..Script::default()
    };
    let script = script.canonical();
    [script.upgrade, script.downgrade].map(|way| way.into_iter().map(|it| it.operation).collect())
}

/// Runs operations as a revision.
fn carry_out(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    operations: &[Operation],
) -> Result<(), Failed> {
    db.execute("BEGIN")?;
    let outcome = run::execute(dialect, db, operations, &|_| {});
    outcome.map_err(|(at, cause)| {
        let at = at.map(|at| text(&operations[at..=at])).unwrap_or_default();
        format!("{cause:?}\nat{at}\nof{}", text(operations))
    })?;
    Ok(db.execute("COMMIT")?)
}

fn explained(error: NormalizeError) -> Failed {
    match error {
        NormalizeError::Unsupported(all) => format!("{all:#?}").into(),
        NormalizeError::Db(error) => error.into(),
    }
}

/// What models in a file say.
pub(crate) fn declared(models: &str) -> Result<Declared, Failed> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("models.toml"), models)?;
    let declared = models::load(
        folder.path(),
        &[ModelSource::Files("models.toml".to_owned())],
        &Naming::default(),
    );
    declared.map_err(|error| format!("{error}: {error:#?}").into())
}

/// Both are the same text.
pub(crate) fn same(what: &str, expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected, found);
    Err(format!("{what}:\n{}", difference.unified_diff()).into())
}
