//! Operations on a real PostgreSQL, there and back: the catalogue must end as that of a database
//! that was made so from the beginning, and no row may be lost.

#![cfg(feature = "postgres")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod columns;
mod objects;
mod rows;
mod tables;

use limbeck::dialect::{self, Access, Connected, Limits, Role, Scope};
use limbeck::diff::diff;
use limbeck::operation::{Operation, TableChange};
use limbeck::run::{Cause, execute_one};
use limbeck::schema::{
    Check, Column, Enum, ForeignKey, Index, IndexColumn, Literal, Name, Object, OptionValue,
    Options, PrimaryKey, Schema, Sql, Table, Type, Unique, Value, View,
};
use std::path::Path;

use support::server::{Database, Server};

/// A database of a test, with a session of ours.
struct Here {
    database: Database,
    connected: Connected,
}

impl Here {
    /// One in which these statements have run.
    fn new(server: &Server, sql: &str) -> Here {
        let database = server.database();
        database.client().batch_execute(sql).unwrap_or_else(|err| panic!("{err:?}: {sql}"));
        let url = database.url().parse().unwrap();
        let mut connected = dialect::connect(&url, Path::new("."), Access::Change).unwrap();
        let (dialect, db) = &mut connected;
        dialect.prepare(&mut **db, &Limits::default()).unwrap();
        Here { database, connected }
    }

    fn schema(&mut self) -> Schema {
        let (dialect, db) = &mut self.connected;
        dialect.inspect(&mut **db, &Scope::default()).unwrap()
    }

    /// The catalogue, a line each.
    fn portrait(&self) -> String {
        self.database.query(include_str!("../support/portrait.sql")).join("\n")
    }

    /// Runs operations in one transaction, but for what cannot stand in one.
    fn run(&mut self, operations: &[Operation]) -> Result<(), String> {
        let mut said = Vec::new();
        for operation in operations {
            let ran = self.run_one(operation, &mut said);
            ran.map_err(|err| format!("{err}\n{}", said.join(";\n")))?;
        }
        Ok(())
    }

    fn run_one(&mut self, operation: &Operation, said: &mut Vec<String>) -> Result<(), String> {
        let (dialect, db) = &mut self.connected;
        let before = limbeck::run::before(&**dialect, &mut **db, operation).unwrap();
        let statements = dialect.render(operation, &before).map_err(|err| err.to_string())?;
        let alone = statements.iter().any(|it| dialect.role(&it.sql) == Role::Alone);
        said.extend(statements.iter().map(|it| it.sql.clone()));
        if !alone {
            db.execute("BEGIN").unwrap();
        }
        let outcome = execute_one(&**dialect, &mut **db, operation, &|_| {});
        if !alone {
            db.execute(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" }).unwrap();
        }
        outcome.map_err(|cause| match cause {
            Cause::Refused { message, row } => format!("{message}: {row:?}"),
            other => other.to_string(),
        })
    }
}

/// What changes in a database, and what of its rows is looked at.
struct Case {
    name: &'static str,
    /// What stands on both sides.
    common: &'static str,
    from: &'static str,
    to: &'static str,
    /// Statements that run before the change, about rows.
    rows: &'static str,
    /// A query, what it gives after the change, and what it gives when that is undone.
    query: &'static str,
    there: &'static [&'static str],
    back: &'static [&'static str],
}

const EMPTY: Case = Case {
    name: "",
    common: "",
    from: "",
    to: "",
    rows: "",
    query: "SELECT",
    there: &[""],
    back: &[""],
};

fn check(server: &Server, case: &Case) {
    let mut here = Here::new(server, &format!("{};{}", case.common, case.from));
    let mut other = Here::new(server, &format!("{};{}", case.common, case.to));
    here.database.client().batch_execute(case.rows).unwrap();
    let (from, to) = (here.schema(), other.schema());
    let begun = here.portrait();

    let operations = diff(&from, &to);
    assert!(!operations.is_empty(), "{}: there is no difference", case.name);
    here.run(&operations).unwrap_or_else(|err| panic!("{}: {err}", case.name));
    assert_eq!(here.portrait(), other.portrait(), "{}", case.name);
    assert_eq!(diff(&here.schema(), &to), [], "{}", case.name);
    assert_eq!(here.database.query(case.query), case.there, "{}", case.name);

    here.run(&diff(&to, &from)).unwrap_or_else(|err| panic!("{}, back: {err}", case.name));
    assert_eq!(here.portrait(), begun, "{}, back", case.name);
    assert_eq!(here.database.query(case.query), case.back, "{}, back", case.name);
}

fn check_all(cases: &[Case]) {
    for server in Server::every_postgres() {
        for case in cases {
            check(&server, case);
        }
    }
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn alter(table: &str, changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: name(table), changes }
}

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}
