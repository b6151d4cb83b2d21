//! Golden cases: a folder each with models as they were (`from.toml`) and as they become
//! (`to.toml`), and beside them what the tool makes of the difference: the lines it says
//! (`detected.txt`) and the script it writes (`script.toml`), both on SQLite, and the statements by
//! which each database carries its own difference out and takes it back (`sqlite.sql`,
//! `postgres.sql`, `mysql.sql`, and `mariadb.sql` where that is another; `sqlite-portable.sql` where SQL
//! that is printed for any client is another), or why it cannot.
//!
//! Each case is also run: the way there must lead to the models, the way back to where it began.
//! And the script that was written on SQLite must lead to the same on the others; where SQLite could
//! not tell all of it, `sqlite-to-postgres.txt` has what is left to do, and so on.
//! `UPDATE_GOLDEN=1` rewrites the files; review the difference like code.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use limbeck::dialect::sqlite::Sqlite;
use limbeck::dialect::{Connection, Dialect, NormalizeError, Scope, Statement};
use limbeck::diff::{adopt_names, diff, diff_renamed};
use limbeck::error::Source;
use limbeck::lint;
use limbeck::models::{self, Declared, ModelSource, Naming};
use limbeck::operation::{self, Operation};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::{Entry, Header, Script, template};
use support::law::restated;
use support::memory;
use support::server::{Database, Server};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = fs::read_dir(&root).into_iter().flatten().flatten().map(|it| it.path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let trials = folders.into_iter().flat_map(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let trial = |database: &str, check: fn(&Path) -> Result<(), Failed>| {
            let folder = folder.clone();
            Trial::test(format!("{database}::{name}"), move || check(&folder))
        };
        [
            trial("sqlite", on_sqlite),
            trial("postgres", on_postgres),
            trial("from_sqlite_to_postgres", from_sqlite_to_postgres),
            trial("mysql", on_mysql),
            trial("mariadb", on_mariadb),
            trial("from_sqlite_to_mysql", from_sqlite_to_mysql),
            trial("from_sqlite_to_mariadb", from_sqlite_to_mariadb),
        ]
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn on_sqlite(folder: &Path) -> Result<(), Failed> {
    let case = Case::new(folder, &mut Place::sqlite(Sqlite::bundled()))?;
    let sql = case.statements(|| Place::sqlite(Sqlite::bundled()))?;
    let portable = case.statements(|| Place::sqlite(Sqlite::portable()))?;
    compare(
        folder,
        &[
            ("detected.txt", Some(case.detected())),
            ("script.toml", Some(case.script_text()?)),
            ("sqlite.sql", Some(sql.clone())),
            ("sqlite-portable.sql", Some(portable).filter(|portable| *portable != sql)),
        ],
    )
}

fn on_postgres(folder: &Path) -> Result<(), Failed> {
    compare(folder, &[("postgres.sql", Some(statements(folder, Place::postgres)?))])
}

fn on_mysql(folder: &Path) -> Result<(), Failed> {
    match Server::mysql() {
        Some(server) => {
            let text = statements(folder, || Place::mysql(&server))?;
            compare(folder, &[("mysql.sql", Some(text))])
        }
        None => Ok(()),
    }
}

/// Has no file of its own where it is as for MySQL.
fn on_mariadb(folder: &Path) -> Result<(), Failed> {
    let text = statements(folder, || Place::mysql(&Server::mariadb()))?;
    let of_mysql = fs::read_to_string(folder.join("mysql.sql")).unwrap_or_default();
    compare(folder, &[("mariadb.sql", Some(text).filter(|text| *text != of_mysql))])
}

/// The statements by which a database carries its own difference out, or why it cannot.
fn statements(folder: &Path, place: impl Fn() -> Place) -> Result<String, Failed> {
    match Case::new(folder, &mut place()) {
        Ok(case) => case.statements(place).or_else(refused),
        Err(Stop::Unsupported(lines)) => Ok(lines),
        Err(Stop::Failed(failed)) => refused(failed),
    }
}

/// A comment, where a case says in SQL what the server does not have. It is the server's word, which is
/// another one in each version.
fn refused(failed: Failed) -> Result<String, Failed> {
    let message = failed.message().unwrap_or_default();
    match message.starts_with("You have an error in your SQL syntax") {
        true => Ok("-- SQL that this server does not have\n".to_owned()),
        false => Err(failed),
    }
}

fn from_sqlite_to_postgres(folder: &Path) -> Result<(), Failed> {
    from_sqlite_to(folder, "sqlite-to-postgres.txt", Place::postgres)
}

fn from_sqlite_to_mysql(folder: &Path) -> Result<(), Failed> {
    match Server::mysql() {
        Some(server) => from_sqlite_to(folder, "sqlite-to-mysql.txt", || Place::mysql(&server)),
        None => Ok(()),
    }
}

fn from_sqlite_to_mariadb(folder: &Path) -> Result<(), Failed> {
    let place = || Place::mysql(&Server::mariadb());
    from_sqlite_to(folder, "sqlite-to-mariadb.txt", place)
}

/// The script that SQLite's difference made leads another database to the models, and back.
fn from_sqlite_to(folder: &Path, file: &str, place: impl Fn() -> Place) -> Result<(), Failed> {
    let written = Case::new(folder, &mut Place::sqlite(Sqlite::bundled()))?.script;
    let left = match Case::new(folder, &mut place()) {
        Ok(own) => {
            let left = Case { script: written, ..own }.left(place());
            left.or_else(|failed| refused(failed).map(|_| String::new()))?
        }
        // What it cannot hold is in its own file.
        Err(Stop::Unsupported(_)) => String::new(),
        Err(Stop::Failed(failed)) => refused(failed).map(|_| String::new())?,
    };
    compare(folder, &[(file, Some(left).filter(|left| !left.is_empty()))])
}

/// Compares files of the case with what was made, or rewrites them.
fn compare(folder: &Path, files: &[(&str, Option<String>)]) -> Result<(), Failed> {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut differences = String::new();
    for (name, text) in files {
        let path = folder.join(name);
        let expected = if path.exists() { Some(fs::read_to_string(&path)?) } else { None };
        match (&expected, text) {
            _ if expected == *text => {}
            (_, Some(text)) if update => fs::write(&path, text)?,
            (_, None) if update => fs::remove_file(&path)?,
            _ => {
                let (expected, text) =
                    (expected.unwrap_or_default(), text.as_deref().unwrap_or_default());
                let diff = similar::TextDiff::from_lines(expected.as_str(), text);
                let diff = diff.unified_diff().header(name, "made").to_string();
                differences.push_str(&diff);
            }
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.into()) }
}

/// An empty database and what it speaks.
struct Place {
    dialect: Box<dyn Dialect>,
    db: Box<dyn Connection>,
    /// Dropped behind its connection.
    _database: Option<Database>,
}

impl Place {
    fn sqlite(dialect: Sqlite) -> Place {
        Place { dialect: Box::new(dialect), db: Box::new(memory::database()), _database: None }
    }

    fn postgres() -> Place {
        let database = Server::postgres().database();
        let (dialect, db) = database.session();
        Place { dialect: Box::new(dialect), db: Box::new(db), _database: Some(database) }
    }

    fn mysql(server: &Server) -> Place {
        let database = server.database();
        let (dialect, db) = database.mysql_session();
        Place { dialect: Box::new(dialect), db: Box::new(db), _database: Some(database) }
    }

    fn inspect(&mut self) -> Result<Schema, Failed> {
        Ok(self.dialect.inspect(&mut *self.db, &Scope::default())?)
    }

    /// Makes what is declared in an empty database.
    fn make(&mut self, declared: &Schema) -> Result<(), Stop> {
        let normalized = self.dialect.normalize(declared, &Schema::default(), &mut *self.db)?;
        let operations = diff(&Schema::default(), &normalized);
        let operations = restated(&*self.dialect, operations, declared, &normalized);
        run::execute(&*self.dialect, &mut *self.db, &operations, &|_| {})
            .map_err(|(_, cause)| Failed::from(cause))?;
        Ok(self.same(&normalized)?)
    }

    /// What is still to be done to look as `wanted`.
    fn left(&mut self, wanted: &Schema) -> Result<Vec<Operation>, Failed> {
        Ok(diff(&self.inspect()?, wanted))
    }

    fn same(&mut self, wanted: &Schema) -> Result<(), Failed> {
        let operations = self.left(wanted)?;
        match operations.is_empty() {
            true => Ok(()),
            false => Err(format!("it leads elsewhere: {operations:#?}").into()),
        }
    }
}

/// Why there is no case.
enum Stop {
    /// The database cannot hold it: a line each, as comments.
    Unsupported(String),
    Failed(Failed),
}

impl From<NormalizeError> for Stop {
    fn from(error: NormalizeError) -> Stop {
        match error {
            NormalizeError::Unsupported(all) => {
                let line = |it: &limbeck::dialect::Unsupported| {
                    let hint = it.hint().map(|hint| format!("; hint: {hint}")).unwrap_or_default();
                    format!("-- {}\n", format!("{it}{hint}").replace('\n', "\n--"))
                };
                Stop::Unsupported(all.iter().map(line).collect())
            }
            NormalizeError::Db(error) => Stop::Failed(error.into()),
        }
    }
}

impl From<Failed> for Stop {
    fn from(failed: Failed) -> Stop {
        Stop::Failed(failed)
    }
}

impl From<Stop> for Failed {
    fn from(stop: Stop) -> Failed {
        match stop {
            Stop::Unsupported(lines) => lines.into(),
            Stop::Failed(failed) => failed,
        }
    }
}

struct Case {
    from: Schema,
    to: Schema,
    operations: Vec<Operation>,
    script: Script,
}

impl Case {
    fn new(folder: &Path, place: &mut Place) -> Result<Case, Stop> {
        let from = declared(folder, "from.toml")?;
        let mut to = declared(folder, "to.toml")?;
        for declared in [&from, &to] {
            // All that it cannot hold, before anything is made.
            place.dialect.normalize(&declared.schema, &Schema::default(), &mut *place.db)?;
        }
        place.make(&from.schema)?;
        let live = place.inspect()?;
        let mut normalized = place.dialect.normalize(&to.schema, &live, &mut *place.db)?;
        let failed = |error: limbeck::diff::RenameError| Stop::Failed(error.into());
        let mut operations = diff_renamed(&live, &normalized, &to.renames).map_err(failed)?;
        let sides = [&mut to.schema, &mut normalized];
        if adopt_names(&operations, &to.given_names, sides) {
            operations = diff_renamed(&live, &normalized, &to.renames).map_err(failed)?;
        }
        let operations = restated(&*place.dialect, operations, &to.schema, &normalized);
        let back = operation::reverse(&operations).unwrap_or_default();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let entries = |operations: &[Operation]| -> Vec<Entry> {
            operations.iter().cloned().map(Entry::from).collect()
        };
        let script = Script {
            header: Header {
                message: name.replace('-', " "),
                revision: "780739b227a7".to_owned(),
                down_revision: vec!["e517276bb1c2".to_owned()],
                ..Header::default()
            },
            upgrade: entries(&operations),
            downgrade: entries(&back),
        };
        let script = script.canonical();
        Ok(Case { from: from.schema, to: normalized, operations, script })
    }

    fn detected(&self) -> String {
        let lines = operation::describe(&self.operations);
        lines.iter().map(|line| format!("Detected {line}\n")).collect()
    }

    fn script_text(&self) -> Result<String, Failed> {
        let name = "script.toml.tera";
        let text = template::builtin()[0].text(name).unwrap_or_default();
        let path = Path::new("versions/script.toml");
        Ok(template::render(&Source::new(name, text), path, &self.script, &lint::note)?)
    }

    /// What the script leaves to do on its way there and back.
    fn left(&self, mut place: Place) -> Result<String, Failed> {
        place.make(&self.from)?;
        let first = place.inspect()?;
        let mut text = String::new();
        let ways = [
            ("upgrade", &self.script.upgrade, &self.to),
            ("downgrade", &self.script.downgrade, &first),
        ];
        for (way, entries, end) in ways {
            carry_out(&mut place, entries, &mut String::new())?;
            for line in operation::describe(&place.left(end)?) {
                text.push_str(&format!("after {way}: {line}\n"));
            }
        }
        Ok(text)
    }

    /// The statements there and back, as they run one after the other.
    fn statements(&self, place: impl Fn() -> Place) -> Result<String, Failed> {
        let mut place = place();
        place.make(&self.from)?;
        let first = place.inspect()?;
        let mut text = String::from("-- upgrade\n");
        carry_out(&mut place, &self.script.upgrade, &mut text)?;
        place.same(&self.to)?;
        text.push_str("\n-- downgrade\n");
        carry_out(&mut place, &self.script.downgrade, &mut text)?;
        place.same(&first)?;
        Ok(text)
    }
}

fn declared(folder: &Path, file: &str) -> Result<Declared, Failed> {
    Ok(models::load(folder, &[ModelSource::Files(file.to_owned())], &Naming::default())?)
}

fn carry_out(place: &mut Place, entries: &[Entry], text: &mut String) -> Result<(), Failed> {
    let Place { dialect, db, .. } = place;
    db.execute(dialect.features().begin.unwrap_or_default())?;
    for Entry { operation, .. } in entries {
        let before = run::before(&**dialect, &mut **db, operation)?;
        for Statement { sql, refuse } in dialect.render(operation, &before)? {
            match refuse {
                None => {
                    db.execute(&sql).map_err(|error| format!("{error}: {sql}"))?;
                    text.push_str(&format!("{sql};\n"));
                }
                Some(message) => {
                    if !db.query(&sql, &[])?.is_empty() {
                        return Err(message.into());
                    }
                    let lines: Vec<_> = sql.lines().map(|line| format!("--   {line}\n")).collect();
                    text.push_str(&format!("-- refuses: {message}\n{}", lines.concat()));
                }
            }
        }
    }
    db.execute("COMMIT")?;
    Ok(())
}
