//! The laws of the core on real servers of MySQL and MariaDB: what is made is what was declared, an upgrade
//! leads where it says and loses no row, and a downgrade leads back.

#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::cell::RefCell;

use limbeck::dialect::mysql::{MySql, MySqlConnection};
use limbeck::dialect::{Connection, Dialect, Scope};
use limbeck::diff::{diff, diff_renamed};
use limbeck::operation::{self, Operation, TableChange};
use limbeck::run::{self, Cause};
use limbeck::schema::{Column, Schema, Table, Type};
use limbeck::script::Script;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::generate::{self, Pair, mysql::fit};
use support::journey::{Columns, Kept, Stop, alike, followed, read, same_rows, wrong};
use support::law::{cases, restated, text};
use support::server::{Database, Server};

#[test]
fn mariadb_agrees() {
    agrees(&Server::mariadb(), 60);
}

#[test]
fn mysql_agrees() {
    if let Some(server) = Server::mysql() {
        agrees(&server, 25);
    }
}

fn agrees(server: &Server, number: u32) {
    let journeys = Journeys::on(server);
    let flavour = journeys.dialect.flavour;
    let outcome = TestRunner::new(cases(number))
        .run(&(generate::pair(), 0..1000u64), |(pair, seed)| {
            journeys.live(&fit(pair, flavour), seed)
        });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn mariadb_agrees_between_strangers() {
    let journeys = Journeys::on(&Server::mariadb());
    let flavour = journeys.dialect.flavour;
    let strangers = (generate::schema(), generate::schema(), 0..1000u64);
    let outcome = TestRunner::new(cases(40)).run(&strangers, |(from, to, seed)| {
        journeys.live(&fit(Pair { from, to, renames: Vec::new() }, flavour), seed)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// A database in which one journey begins where the last one has ended: with nothing.
struct Journeys {
    dialect: MySql,
    db: RefCell<MySqlConnection>,
    database: Database,
}

impl Journeys {
    fn on(server: &Server) -> Journeys {
        let database = server.database();
        let (dialect, db) = database.mysql_session();
        Journeys { dialect, db: RefCell::new(db), database }
    }

    fn live(&self, pair: &Pair, seed: u64) -> Result<(), TestCaseError> {
        let outcome = match self.journey(pair, Some(seed)) {
            Err(Stop::Refused) => self.journey(pair, None),
            outcome => outcome,
        };
        match outcome {
            Ok(()) => Ok(()),
            // Such a change has no way without the values' being given anew.
            Err(Stop::NoCast) => Ok(()),
            Err(Stop::Refused) => {
                Err(TestCaseError::fail("no rows, and still a constraint failed"))
            }
            Err(Stop::Wrong(what)) => Err(TestCaseError::fail(what)),
        }
    }

    fn journey(&self, pair: &Pair, seed: Option<u64>) -> Result<(), Stop> {
        let db = &mut *self.db.borrow_mut();
        let name = quoted(self.database.name());
        for statement in ["DROP DATABASE", "CREATE DATABASE", "USE"] {
            db.execute(&format!("{statement} {name}")).map_err(wrong)?;
        }
        let dialect = &self.dialect;

        let nothing = Schema::default();
        db.notices();
        let normalized = dialect.normalize(&pair.from, &nothing, db).map_err(wrong)?;
        // Otherwise the server was not asked.
        let said = db.notices();
        if !said.is_empty() {
            return Err(Stop::Wrong(said.join("\n")));
        }
        let created = restated(dialect, diff(&nothing, &normalized), &pair.from, &normalized);
        self.run(db, &created)?;
        let first = self.inspect(db)?;
        alike(&first, &normalized, "created", &created)?;
        if let Some(seed) = seed {
            fill(db, &first, seed);
        }

        let normalized = dialect.normalize(&pair.to, &first, db).map_err(wrong)?;
        let operations = diff_renamed(&first, &normalized, &pair.renames).map_err(wrong)?;
        let operations = restated(dialect, operations, &pair.to, &normalized);
        let reverse = operation::reverse(&operations).unwrap_or_default();
        let script = Script {
            upgrade: operations.iter().cloned().map(Into::into).collect(),
            downgrade: reverse.into_iter().map(Into::into).collect(),
            ..Script::default()
        };
        let script = script.canonical();
        let there: Vec<_> = script.upgrade.into_iter().map(|it| it.operation).collect();
        let back: Vec<_> = script.downgrade.into_iter().map(|it| it.operation).collect();

        let kept: Vec<Kept> =
            first.tables.iter().filter_map(|table| kept_of(table, &there)).collect();
        let before = read(db, kept.iter().map(|it| &it.before))?;
        self.run(db, &there)?;
        let reached = self.inspect(db)?;
        alike(&reached, &normalized, "upgraded", &there)?;
        // What is declared is what is there, whichever way it is looked at.
        let again = dialect.normalize(&pair.to, &reached, db).map_err(wrong)?;
        alike(&reached, &again, "compared once more", &there)?;
        let rows = read(db, kept.iter().map(|it| &it.after))?;
        same_rows(&before, &rows, &there)?;

        self.run(db, &back)?;
        alike(&self.inspect(db)?, &first, "downgraded", &back)?;
        let rows = read(db, kept.iter().map(|it| &it.before))?;
        same_rows(&before, &rows, &back)
    }

    fn inspect(&self, db: &mut MySqlConnection) -> Result<Schema, Stop> {
        self.dialect.inspect(db, &Scope::default()).map_err(wrong)
    }

    /// Runs operations as a revision.
    fn run(&self, db: &mut MySqlConnection, operations: &[Operation]) -> Result<(), Stop> {
        match run::execute(&self.dialect, db, operations, &|_| {}) {
            Ok(()) => Ok(()),
            Err((_, Cause::Db(error))) if error.to_string().starts_with("Cannot cast") => {
                Err(Stop::NoCast)
            }
            // Nothing is taken back: the next journey begins with nothing.
            Err((_, cause)) if refused(&cause) && operations.iter().any(asks_of_rows) => {
                Err(Stop::Refused)
            }
            Err((at, cause)) => {
                let at = at.map(|at| text(&operations[at..=at])).unwrap_or_default();
                Err(wrong(format!("{cause:?}\nat{at}\nof{}", text(operations))))
            }
        }
    }
}

fn refused(cause: &Cause) -> bool {
    match cause {
        Cause::Refused { .. } => true,
        Cause::Db(error) => is_about_rows(&error.to_string()),
        _ => false,
    }
}

fn is_about_rows(message: &str) -> bool {
    const WORDS: [&str; 11] = [
        "contains null values",
        "cannot be null",
        "Duplicate entry",
        "foreign key constraint fails",
        "is violated",
        "failed for",
        "Data truncated",
        "Data too long",
        "Out of range",
        "Incorrect",
        "Invalid",
    ];
    WORDS.iter().any(|it| message.contains(it))
}

/// Whether there are rows that could stand in the way of the operation.
fn asks_of_rows(operation: &Operation) -> bool {
    use TableChange::*;
    let Operation::AlterTable { changes, .. } = operation else { return false };
    changes.iter().any(|change| match change {
        AddPrimaryKey(_) | AddUnique(_) | AddCheck(_) | AddForeignKey(_) => true,
        AddIndex(index) => index.unique,
        AddColumn(column) => {
            (!column.nullable && column.default.is_none()) || column.generated.is_some()
        }
        AlterColumn { from, to } => {
            (from.nullable && !to.nullable)
                || from.ty != to.ty
                || from.collation != to.collation
                || from.generated != to.generated
        }
        _ => false,
    })
}

/// Three rows for each table, as far as its constraints take them.
fn fill(db: &mut MySqlConnection, schema: &Schema, seed: u64) {
    for (at, table) in schema.tables.iter().enumerate() {
        let columns: Vec<_> = table.columns.iter().filter(|it| it.generated.is_none()).collect();
        let names: Vec<_> = columns.iter().map(|it| quoted(&it.name)).collect();
        for row in 1..=3 {
            let value = |(place, column): (usize, &&Column)| {
                let mixed = seed * (7 * at as u64 + 3 * place as u64 + row);
                value(column, row, mixed % 11)
            };
            let values: Vec<_> = columns.iter().enumerate().map(value).collect();
            let (table, names) = (quoted(&table.name.name), names.join(", "));
            let _ = db
                .execute(&format!("INSERT INTO {table} ({names}) VALUES ({})", values.join(", ")));
        }
    }
}

/// A value for the column, mostly another one in each row.
fn value(column: &Column, row: u64, mixed: u64) -> String {
    if column.nullable && mixed == 1 {
        return "NULL".to_owned();
    }
    match &column.ty {
        Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => match mixed {
            2 => (30_000 + row).to_string(),
            _ => row.to_string(),
        },
        Type::Boolean => (row % 2 == 1).to_string(),
        Type::Float | Type::Double | Type::Numeric { .. } => format!("{row}.25"),
        Type::Binary(_) | Type::LargeBinary(_) => format!("x'00ff0{row}'"),
        Type::Enum(values) => {
            format!("'{}'", values[row as usize % values.len()].replace('\'', "''"))
        }
        Type::Date => format!("'2026-11-0{row}'"),
        Type::Time { .. } => format!("'10:00:0{row}'"),
        Type::DateTime { .. } => format!("'2026-11-0{row} 10:00:00'"),
        Type::Uuid => format!("'00000000-0000-0000-0000-00000000000{row}'"),
        Type::Json => format!("'{{\"a\": {row}}}'"),
        _ => match mixed {
            3 => format!("'00{row}'"),
            4 => format!("'it''s {row} \u{1f980}'"),
            _ => format!("'{row}'"),
        },
    }
}

fn quoted(name: &str) -> String {
    MySql::default().quote(name)
}

/// The columns that the operations neither drop nor change in their values.
fn kept_of(table: &Table, operations: &[Operation]) -> Option<Kept> {
    let (name, columns) = followed(table, operations, |_, _| {})?;
    let (old, new) = columns.iter().map(|(old, new)| (quoted(old), quoted(new))).unzip();
    // Rows count, also without columns.
    let counted = |mut columns: Vec<String>| {
        columns.push("1".to_owned());
        columns
    };
    Some(Kept {
        before: Columns { table: quoted(&table.name.name), columns: counted(old) },
        after: Columns { table: quoted(&name.name), columns: counted(new) },
    })
}
