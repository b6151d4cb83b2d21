//! What a comparison finds on PostgreSQL: every change, and nothing else.
//!
//! A file of `cases` holds many, each under a line `=== its name`: `--- sql` makes the database, each
//! `--- models` declares just that and must find nothing, `--- then` declares something else, and
//! `--- found` is what is said of the difference. What is found is carried out, and nothing more
//! is found then; it is taken back, and the catalogue and the rows are as they were. `--- sql` of
//! a case that begins with `-- 18` is for newer servers. `UPDATE_GOLDEN=1` writes what is found.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod both_ways;
mod case;
mod nothing_asked;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use case::{Case, FileOfCases};
use libtest_mimic::{Arguments, Failed, Trial};
use limbeck::dialect::postgres::{Postgres, PostgresConnection};
use limbeck::dialect::{Connection, Dialect, NormalizeError, Scope};
use limbeck::diff::{adopt_names, diff_renamed};
use limbeck::models::{self, Declared, Naming};
use limbeck::operation::{self, Operation};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::Script;
use support::law::{restated, text};
use support::server::{Database, Server};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let nothing_asked = Trial::test("where nothing changes nothing is asked", nothing_asked::check);
    let to_postgres = Trial::test("a script from SQLite runs as it is", both_ways::to_postgres);
    let to_sqlite = Trial::test("a script for SQLite runs as it is", both_ways::to_sqlite);
    let mut trials = vec![nothing_asked, to_postgres, to_sqlite];
    for file in FileOfCases::all() {
        for case in file.cases.clone() {
            let (name, file) = (format!("{}::{}", file.name, case.name), file.clone());
            trials.push(Trial::test(name, move || check(&file, &case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(file: &FileOfCases, case: &Case) -> Result<(), Failed> {
    let newer_only = case.sql.starts_with("-- 18");
    let servers = match newer_only {
        true => Server::postgres18().into_iter().collect(),
        false => Server::every_postgres(),
    };
    for server in servers {
        Live::of(case, &server).check(file, case)?;
    }
    Ok(())
}

/// What is found, and its script there and back.
type Difference = (Vec<Operation>, Vec<Operation>, Vec<Operation>);

/// The database of a case.
struct Live {
    database: Database,
    dialect: Postgres,
    db: PostgresConnection,
}

impl Live {
    fn of(case: &Case, server: &Server) -> Live {
        let database = server.database();
        database.client().batch_execute(&case.sql).unwrap();
        let (dialect, db) = database.session();
        Live { database, dialect, db }
    }

    fn check(mut self, file: &FileOfCases, case: &Case) -> Result<(), Failed> {
        let sequences = self.sequences();
        for models in &case.models {
            self.is_silent("at once", models)?;
        }
        same("numbers taken", &sequences, &self.sequences())?;
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

    /// Nothing is found, and the whole answer is what is there.
    fn is_silent(&mut self, when: &str, models: &str) -> Result<(), Failed> {
        let (operations, ..) = self.difference(&declared(models)?)?;
        match operations.is_empty() {
            true => Ok(()),
            false => Err(format!("found {when}:{}", text(&operations)).into()),
        }
    }

    /// What is found, as `migrate` finds it, and its script both ways.
    fn difference(&mut self, declared: &Declared) -> Result<Difference, Failed> {
        let dialect = &self.dialect;
        let live = dialect.inspect(&mut self.db, &Scope::default())?;
        let mut schema = declared.schema.clone();
        let normalized = dialect.normalize(&schema, &live, &mut self.db);
        let mut normalized = normalized.map_err(explained)?;
        let operations = compared(dialect, &live, declared, &mut schema, &mut normalized)?;
        let back = operation::reverse(&operations).unwrap_or_default();
        let script = Script {
            upgrade: operations.iter().cloned().map(Into::into).collect(),
            downgrade: back.into_iter().map(Into::into).collect(),
            ..Script::default()
        };
        let script = script.canonical();
        let there = script.upgrade.into_iter().map(|it| it.operation).collect();
        let back = script.downgrade.into_iter().map(|it| it.operation).collect();
        Ok((operations, there, back))
    }

    /// Runs operations as a revision.
    fn run(&mut self, operations: &[Operation]) -> Result<(), Failed> {
        self.db.execute("BEGIN")?;
        let outcome = run::execute(&self.dialect, &mut self.db, operations, &|_| {});
        outcome.map_err(|(at, cause)| {
            let at = at.map(|at| text(&operations[at..=at])).unwrap_or_default();
            format!("{cause:?}\nat{at}\nof{}", text(operations))
        })?;
        Ok(self.db.execute("COMMIT")?)
    }

    /// The catalogue. The server does not say of an expression made from what it has said what it
    /// said before: `(ARRAY['a'::varchar])::text[]` becomes `ARRAY[('a'::varchar)::text]`.
    fn portrait(&self) -> String {
        let said = self.database.query(include_str!("../support/portrait.sql")).join("\n");
        let said = said.replace("::text[]", "").replace("::text", "");
        said.replace("::character varying", "").replace(['(', ')'], "")
    }

    /// Every row of every table.
    fn rows(&self) -> String {
        let tables = "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'm')
            AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY oid::regclass::text";
        let mut lines = Vec::new();
        for table in self.database.query(tables) {
            let rows = format!("SELECT to_jsonb(it)::text FROM ONLY {table} AS it ORDER BY 1");
            let rows = self.database.query(&rows).into_iter();
            lines.extend(rows.map(|row| format!("{table} {row}")));
        }
        lines.join("\n")
    }

    /// How far every sequence has counted.
    fn sequences(&self) -> String {
        let sql = "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2";
        self.database.query(sql).join("\n")
    }
}

fn compared(
    dialect: &dyn Dialect,
    live: &Schema,
    declared: &Declared,
    schema: &mut Schema,
    normalized: &mut Schema,
) -> Result<Vec<Operation>, Failed> {
    let mut operations = diff_renamed(live, normalized, &declared.renames)?;
    if adopt_names(&operations, &declared.given_names, [&mut *schema, &mut *normalized]) {
        operations = diff_renamed(live, normalized, &declared.renames)?;
    }
    Ok(restated(dialect, operations, schema, normalized))
}

fn explained(error: NormalizeError) -> Failed {
    match error {
        NormalizeError::Unsupported(all) => format!("{all:#?}").into(),
        NormalizeError::Db(error) => error.into(),
    }
}

/// What models in a file say.
fn declared(models: &str) -> Result<Declared, Failed> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("models.toml"), models)?;
    let declared = models::load(folder.path(), &["models.toml".to_owned()], &Naming::default());
    declared.map_err(|error| format!("{error}: {error:#?}").into())
}

fn same(what: &str, expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected, found);
    Err(format!("{what}:\n{}", difference.unified_diff()).into())
}
