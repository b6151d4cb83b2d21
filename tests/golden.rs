//! Golden cases: a folder each with models as they were (`from.toml`) and as they become
//! (`to.toml`), and beside them what the tool makes of the difference: the lines it says
//! (`detected.txt`), the script it writes (`script.toml`), and the statements by which SQLite
//! carries the script out and takes it back (`sqlite.sql`; `sqlite-portable.sql` where SQL that
//! is printed for any client is another). Nothing is asked of a server.
//!
//! Each case is also run: the way there must lead to the models, the way back to where it began.
//! `UPDATE_GOLDEN=1` rewrites the files; review the difference like code.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, Dialect, Scope, Statement};
use limbeck::diff::{adopt_names, diff, diff_renamed};
use limbeck::error::Source;
use limbeck::lint;
use limbeck::models::{self, Declared, Naming};
use limbeck::operation::{self, Operation};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::{Entry, Header, Script, template};
use support::memory::{self, restated};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = fs::read_dir(&root).into_iter().flatten().flatten().map(|it| it.path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let trial = |folder: PathBuf| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(name, move || check(&folder))
    };
    let trials = folders.into_iter().map(trial).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(folder: &Path) -> Result<(), Failed> {
    let case = Case::new(folder)?;
    let sql = case.statements(Sqlite::bundled())?;
    let portable = case.statements(Sqlite::portable())?;
    let files = [
        ("detected.txt", Some(case.detected())),
        ("script.toml", Some(case.script_text()?)),
        ("sqlite.sql", Some(sql.clone())),
        ("sqlite-portable.sql", Some(portable).filter(|portable| *portable != sql)),
    ];
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut differences = String::new();
    for (name, text) in files {
        let path = folder.join(name);
        let expected = if path.exists() { Some(fs::read_to_string(&path)?) } else { None };
        match (&expected, &text) {
            _ if expected == text => {}
            (_, Some(text)) if update => fs::write(&path, text)?,
            (_, None) if update => fs::remove_file(&path)?,
            _ => {
                let (expected, text) = (expected.unwrap_or_default(), text.unwrap_or_default());
                let diff = similar::TextDiff::from_lines(&expected, &text);
                let diff = diff.unified_diff().header(name, "made").to_string();
                differences.push_str(&diff);
            }
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.into()) }
}

struct Case {
    from: Schema,
    to: Schema,
    operations: Vec<Operation>,
    script: Script,
}

impl Case {
    fn new(folder: &Path) -> Result<Case, Failed> {
        let from = declared(folder, "from.toml")?;
        let mut to = declared(folder, "to.toml")?;
        let dialect = Sqlite::bundled();
        let mut db = database(&from.schema)?;
        let live = dialect.inspect(&mut db, &Scope::default())?;
        let mut normalized = dialect.normalize(&to.schema, &live, &mut db)?;
        let mut operations = diff_renamed(&live, &normalized, &to.renames)?;
        let sides = [&mut to.schema, &mut normalized];
        if adopt_names(&operations, &to.given_names, sides) {
            operations = diff_renamed(&live, &normalized, &to.renames)?;
        }
        let operations = restated(operations, &to.schema, &normalized);
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

    /// The statements there and back, as they run one after the other.
    fn statements(&self, dialect: Sqlite) -> Result<String, Failed> {
        let mut db = database(&self.from)?;
        let first = dialect.inspect(&mut db, &Scope::default())?;
        let mut text = String::from("-- upgrade\n");
        carry_out(dialect, &mut db, &self.script.upgrade, &mut text)?;
        same(dialect, &mut db, &self.to)?;
        text.push_str("\n-- downgrade\n");
        carry_out(dialect, &mut db, &self.script.downgrade, &mut text)?;
        same(dialect, &mut db, &first)?;
        Ok(text)
    }
}

fn declared(folder: &Path, file: &str) -> Result<Declared, Failed> {
    Ok(models::load(folder, &[file.to_owned()], &Naming::default())?)
}

/// An empty database with the schema `declared`.
fn database(declared: &Schema) -> Result<SqliteConnection, Failed> {
    let dialect = Sqlite::bundled();
    let mut db = memory::database();
    let normalized = dialect.normalize(declared, &Schema::default(), &mut db)?;
    let operations = restated(diff(&Schema::default(), &normalized), declared, &normalized);
    run::execute(&dialect, &mut db, &operations, &|_| {}).map_err(|(_, cause)| cause)?;
    same(dialect, &mut db, &normalized)?;
    Ok(db)
}

fn same(dialect: Sqlite, db: &mut SqliteConnection, wanted: &Schema) -> Result<(), Failed> {
    let found = dialect.inspect(db, &Scope::default())?;
    let operations = diff(&found, wanted);
    match operations.is_empty() {
        true => Ok(()),
        false => Err(format!("it leads elsewhere: {operations:#?}").into()),
    }
}

fn carry_out(
    dialect: Sqlite,
    db: &mut SqliteConnection,
    entries: &[Entry],
    text: &mut String,
) -> Result<(), Failed> {
    db.execute("BEGIN IMMEDIATE")?;
    for Entry { operation, .. } in entries {
        let before = run::before(&dialect, db, operation)?;
        for Statement { sql, refuse } in dialect.render(operation, &before)? {
            match refuse {
                None => {
                    db.execute(&sql)?;
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
