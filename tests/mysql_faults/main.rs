//! What happens on a MySQL or MariaDB server, where every change of the schema commits by itself, when
//! something goes wrong in the middle: a kill, a lost connection, a statement that fails, a lock of
//! somebody else's, a missing right.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod failing;
mod half_done;
mod mixture;
mod relay;
mod rights;
mod secrets;
mod stopped;
#[path = "../support/mod.rs"]
mod support;
mod together;

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use relay::{At, Hold, Relay};
use support::project::{Answer, Project, answer};
use support::server::{Database, Server};

/// Longer than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// Waits until `condition` holds.
fn until(condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < LONG, "it never came");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// How it ended, and what it said to people.
fn end(child: Child) -> (Option<i32>, String) {
    let (code, out, err) = answer(child.wait_with_output().unwrap());
    assert_eq!(out, "", "{err}");
    (code, err)
}

/// A project whose database is on a server.
struct Place {
    project: Project,
    database: Database,
    is_mariadb: bool,
}

/// How far each run came, and of which script.
const LOG: &str = "SELECT revision, direction, done, operations, finished_at IS NOT NULL, checksum, script \
     FROM limbeck_log ORDER BY id";

impl Place {
    /// A project with these lines in its `[options]`, and an empty database.
    fn on(server: &Server, options: &str) -> Place {
        let (project, database) = (Project::new(options), server.database());
        let version = database.query("SELECT VERSION()");
        Place { project, database, is_mariadb: version[0].contains("MariaDB") }
    }

    /// One on each server.
    fn everywhere(options: &str) -> Vec<Place> {
        Server::every_mysql().iter().map(|server| Place::on(server, options)).collect()
    }

    /// What MariaDB says, or MySQL.
    fn either<T>(&self, mariadb: T, mysql: T) -> T {
        if self.is_mariadb { mariadb } else { mysql }
    }

    /// Runs the binary as the owner of everything.
    fn run(&self, args: &str) -> Answer {
        self.run_at(&self.database.url(), args)
    }

    /// Runs the binary with this address.
    fn run_at(&self, url: &str, args: &str) -> Answer {
        let (code, out, err) = self.project.run(&format!("{args} --url {url}"));
        (code, self.without_names(&out), self.without_names(&err))
    }

    /// The text without what is another at each run: the database and its server.
    fn without_names(&self, text: &str) -> String {
        text.replace(self.database.name(), "DB").replace(&self.database.place(), "HOST")
    }

    /// Runs the binary, which must succeed, and gives what it says on both streams.
    fn ok(&self, args: &str) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, Some(0), "db {args}: {out}{err}");
        format!("{out}{err}")
    }

    /// Runs the binary, which must fail, and gives what it says on standard error.
    fn fails(&self, args: &str) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!((code, out.as_str()), (Some(1), ""), "db {args}: {err}");
        err
    }

    /// Starts the binary.
    fn start(&self, args: &str) -> Child {
        self.start_at(&self.database.url(), args)
    }

    /// Starts the binary with this address.
    fn start_at(&self, url: &str, args: &str) -> Child {
        let mut command = self.project.command(&format!("{args} --url {url}"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Kills a run where the line is held.
    fn kill(&self, args: &str, hold: Hold) {
        let relay = Relay::before(&self.database, hold);
        let mut child = self.start_at(relay.url(), args);
        relay.wait();
        child.kill().unwrap();
        child.wait().unwrap();
        relay.cut();
    }

    /// Cuts the connection of a run where the line is held, and gives what it says then.
    fn cut(&self, args: &str, hold: Hold) -> String {
        let relay = Relay::before(&self.database, hold);
        let child = self.start_at(relay.url(), args);
        relay.wait();
        relay.cut();
        let (code, said) = end(child);
        assert_eq!(code, Some(1), "{hold:?}: {said}");
        self.without_names(&said)
    }

    /// Waits until a session of the database sleeps.
    fn wait_for_sleep(&self) {
        let sql = format!(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '{}' AND STATE = 'User sleep'",
            self.database.name()
        );
        until(|| !self.query(&sql).is_empty());
    }

    /// Runs statements in the database.
    fn execute(&self, statements: &[&str]) {
        use mysql::prelude::Queryable;
        let mut db = self.database.mysql();
        for sql in statements {
            db.query_drop(sql).unwrap_or_else(|err| panic!("{err}: {sql}"));
        }
    }

    /// Everything one query gives, a line a row.
    fn query(&self, sql: &str) -> Vec<String> {
        self.database.query(sql)
    }

    /// The whole database as text: how each table and view is made, and its rows, less the history.
    fn dump(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for line in self.query("SHOW FULL TABLES") {
            let (name, kind) = line.split_once(" | ").unwrap();
            if name.starts_with("limbeck_") {
                continue;
            }
            let kind = if kind == "VIEW" { "VIEW" } else { "TABLE" };
            for made in self.query(&format!("SHOW CREATE {kind} `{name}`")) {
                lines.push(self.without_names(&made));
            }
            let rows = self.query(&format!("SELECT * FROM `{name}` ORDER BY 1"));
            lines.extend(rows.into_iter().map(|row| format!("{name}: {row}")));
        }
        lines
    }
}
