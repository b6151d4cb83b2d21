//! Operations on a real MySQL and MariaDB, there and back: the tables must end as those of a database
//! that was made so from the beginning, and no row may be lost.

#![cfg(feature = "mysql")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod columns;
mod keys;
mod objects;
mod rows;

use limbeck::dialect::mysql::{Flavour, MySql, MySqlConnection};
use limbeck::dialect::{Connection, Dialect, Scope};
use limbeck::diff::diff;
use limbeck::operation::{Operation, TableChange};
use limbeck::run::{Cause, execute_one};
use limbeck::schema::{
    Column, ForeignKey, Identity, Index, Literal, Name, PrimaryKey, Schema, Sql, Table, Value,
};

use support::server::{Database, Server};

/// A database of a test, with a session of ours.
struct Here {
    database: Database,
    dialect: MySql,
    db: MySqlConnection,
}

impl Here {
    /// One in which these statements have run.
    fn new(server: &Server, sql: &str) -> Here {
        let database = server.database();
        let (dialect, mut db) = database.mysql_session();
        execute(&dialect, &mut db, sql);
        Here { database, dialect, db }
    }

    fn schema(&mut self) -> Schema {
        self.dialect.inspect(&mut self.db, &Scope::default()).unwrap()
    }

    /// How the server would make each table again, and what else is there.
    fn portrait(&mut self) -> Vec<String> {
        let tables = self.database.query(
            "SELECT CONCAT(table_type, ' `', REPLACE(table_name, '`', '``'), '`') \
             FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name",
        );
        let mut portrait = Vec::new();
        for table in tables {
            let kind = table.split_whitespace().next().unwrap_or_default();
            let name = &table[table.find('`').unwrap_or_default()..];
            let kind = if kind == "VIEW" { "VIEW" } else { "TABLE" };
            let shown = self.database.query(&format!("SHOW CREATE {kind} {name}")).join("\n");
            let shown = shown.replace(self.database.name(), "here");
            portrait.extend(lines(&shown));
        }
        portrait.extend(self.database.query(
            "SELECT trigger_name, action_statement FROM information_schema.triggers \
             WHERE trigger_schema = DATABASE() ORDER BY trigger_name",
        ));
        portrait
    }

    fn run(&mut self, operations: &[Operation]) -> Result<(), String> {
        for operation in operations {
            let said = std::cell::RefCell::new(Vec::new());
            let tell = |told: limbeck::run::Told| {
                if let limbeck::run::Told::Statement(sql) = told {
                    said.borrow_mut().push(sql.to_owned());
                }
            };
            let ran = execute_one(&self.dialect, &mut self.db, operation, &tell);
            ran.map_err(|cause| match cause {
                Cause::Refused { message, row } => format!("{message}: {row:?}"),
                other => format!("{other}\n{}", said.borrow().join(";\n")),
            })?;
        }
        Ok(())
    }
}

/// The lines of what the server says of a table, its keys in the order of their names. The number that
/// the next row gets is left out: tables made alike may differ in it.
fn lines(shown: &str) -> Vec<String> {
    let mut lines: Vec<_> = shown
        .lines()
        .map(|line| {
            let words = line.split(' ').filter(|it| !it.starts_with("AUTO_INCREMENT="));
            words.collect::<Vec<_>>().join(" ").trim_end_matches(',').to_owned()
        })
        .collect();
    let is_key = |line: &String| {
        let word = line.split_whitespace().next().unwrap_or_default();
        ["KEY", "UNIQUE", "FULLTEXT", "CONSTRAINT"].contains(&word)
    };
    for keys in lines.chunk_by_mut(|a, b| is_key(a) == is_key(b)) {
        if keys.iter().all(is_key) {
            keys.sort();
        }
    }
    lines
}

/// Runs the statements of a text.
fn execute(dialect: &MySql, db: &mut MySqlConnection, sql: &str) {
    for piece in dialect.split(sql).unwrap() {
        db.execute(piece.sql).unwrap_or_else(|err| panic!("{err}: {}", piece.sql));
    }
}

/// What changes in a database, and what of its rows is looked at.
#[derive(Clone, Copy)]
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
    /// The only one that has it, where one has not.
    only: Option<Flavour>,
}

const EMPTY: Case = Case {
    name: "",
    common: "",
    from: "",
    to: "",
    rows: "",
    query: "SELECT 1",
    there: &["1"],
    back: &["1"],
    only: None,
};

fn check(server: &Server, case: &Case) {
    if case.only.is_some_and(|it| it != Here::new(server, "").dialect.flavour) {
        return;
    }
    let mut here = Here::new(server, &format!("{};{}", case.common, case.from));
    let mut other = Here::new(server, &format!("{};{}", case.common, case.to));
    let title = format!("{} on {}", case.name, here.dialect.title());
    execute(&here.dialect, &mut here.db, case.rows);
    let (from, to) = (here.schema(), other.schema());
    let begun = here.portrait();

    let operations = diff(&from, &to);
    assert!(!operations.is_empty(), "{title}: there is no difference");
    here.run(&operations).unwrap_or_else(|err| panic!("{title}: {err}"));
    assert_eq!(here.portrait(), other.portrait(), "{title}");
    assert_eq!(diff(&here.schema(), &to), [], "{title}");
    assert_eq!(here.database.query(case.query), case.there, "{title}");

    here.run(&diff(&to, &from)).unwrap_or_else(|err| panic!("{title}, back: {err}"));
    assert_eq!(here.portrait(), begun, "{title}, back");
    assert_eq!(here.database.query(case.query), case.back, "{title}, back");
}

fn check_all(cases: &[Case]) {
    for server in Server::every_mysql() {
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
