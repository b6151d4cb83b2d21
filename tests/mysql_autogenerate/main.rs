//! What a comparison finds on MariaDB and MySQL: every change, and nothing else. How a case is written is
//! told in `support/autogenerate`; `--- sql` that begins with `-- mariadb` or `-- mysql` is for that one alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::process::{ExitCode, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use limbeck::dialect::{Limits, mysql};
use support::autogenerate::both_ways::{Home, lead};
use support::autogenerate::{Case, Kind, Session, trials};
use support::portrait;
use support::server::{Database, Server};

fn main() -> ExitCode {
    let mut trials = trials("tests/mysql_autogenerate/cases", &Here);
    trials.extend([
        Trial::test("a script from SQLite runs as it is", || to_all(&Home::Sqlite)),
        Trial::test("a script from PostgreSQL runs as it is", || to_all(&postgres())),
        Trial::test("a script from MariaDB runs everywhere", || everywhere(Server::mariadb())),
        Trial::test("a script from MySQL runs everywhere", || {
            Server::mysql().map_or(Ok(()), everywhere)
        }),
    ]);
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn here() -> impl Iterator<Item = Home> {
    Server::every_mysql().into_iter().map(|it| Home::of(it, &Here))
}

fn postgres() -> Home {
    Home::of(Server::postgres(), &Postgres)
}

fn to_all(from: &Home) -> Result<(), Failed> {
    here().try_for_each(|to| lead(from, &to, ""))
}

fn everywhere(server: Server) -> Result<(), Failed> {
    let from = Home::of(server, &Here);
    let mut all = here().chain([Home::Sqlite, postgres()]);
    all.try_for_each(|to| lead(&from, &to, ""))
}

/// MariaDB and MySQL.
struct Here;

impl Kind for Here {
    fn servers(&self, case: &Case) -> Vec<Server> {
        match case.sql.lines().next() {
            Some("-- mariadb") => vec![Server::mariadb()],
            Some("-- mysql") => Server::mysql().into_iter().collect(),
            _ => Server::every_mysql(),
        }
    }

    fn session(&self, database: &Database) -> Session {
        let url = database.url().parse().unwrap();
        let (dialect, mut db) = mysql::connect(&url, Path::new(".")).unwrap();
        dialect.prepare(&mut *db, &Limits::default()).unwrap();
        (dialect, db)
    }

    /// By the server's own client, which knows `DELIMITER`.
    fn fill(&self, database: &Database, sql: &str) {
        let mut client = database.command();
        let mut client = client.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::io::Write::write_all(&mut client.stdin.take().unwrap(), sql.as_bytes()).unwrap();
        let output = client.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn portrait(&self, database: &Database) -> String {
        portrait::portrait(database)
    }

    fn rows(&self, database: &Database) -> String {
        portrait::rows(database)
    }

    fn counters(&self, database: &Database) -> String {
        portrait::counters(database)
    }
}

/// PostgreSQL, of which no case speaks.
struct Postgres;

impl Kind for Postgres {
    fn servers(&self, _: &Case) -> Vec<Server> {
        Vec::new()
    }

    fn session(&self, database: &Database) -> Session {
        let (dialect, db) = database.session();
        (Box::new(dialect), Box::new(db))
    }

    fn fill(&self, database: &Database, sql: &str) {
        database.client().batch_execute(sql).unwrap();
    }

    fn portrait(&self, _: &Database) -> String {
        String::new()
    }

    fn rows(&self, _: &Database) -> String {
        String::new()
    }

    fn counters(&self, _: &Database) -> String {
        String::new()
    }
}
