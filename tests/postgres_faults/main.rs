//! What happens on a PostgreSQL server when something goes wrong in the middle: a kill, a lost
//! connection, a lock of somebody else's, a missing right, a name that means harm.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod concurrently;
mod killed;
mod locked;
mod names;
mod rights;
mod secrets;
#[path = "../support/mod.rs"]
mod support;
mod traces;

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

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

/// Sends the signal `name`.
fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args([name, &id]).status().unwrap();
    assert!(sent.success());
}

/// Whether the index of [`Place::before_index`] is whole, once there is one.
const VALID: &str = "SELECT indisvalid FROM pg_index WHERE indrelid = 'a'::regclass";

/// A project whose database is on a server.
struct Place {
    project: Project,
    database: Database,
}

impl Place {
    /// A project with these lines in its `[options]`, and an empty database on PostgreSQL 15.
    fn new(options: &str) -> Place {
        Place::on(&Server::postgres(), options)
    }

    /// The same on another server.
    fn on(server: &Server, options: &str) -> Place {
        let (project, database) = (Project::new(options), server.database());
        Place { project, database }
    }

    /// The same on PostgreSQL 15, where a table has come, and what comes next is an index on it that
    /// keeps no writer out.
    fn before_index(options: &str) -> Place {
        let place = Place::new(options);
        place.project.sql("r1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        place.project.toml(
            "r2",
            "r1",
            "[[upgrade]]\ncreate_index = \"ix_a\"\ntable = \"a\"\ncolumns = [\"id\"]\n\
             options = { postgres = { concurrently = true } }\n\
             [[downgrade]]\ndrop_index = \"ix_a\"\ntable = \"a\"\ncolumns = [\"id\"]\n\
             options = { postgres = { concurrently = true } }\n",
        );
        place.ok("upgrade r1");
        place
    }

    /// Writes the models.
    fn models(&self, text: &str) {
        self.project.write("models.toml", text);
    }

    /// Runs the binary as the owner of everything.
    fn run(&self, args: &str) -> Answer {
        self.run_at(&self.database.url(), args)
    }

    /// Runs the binary with this address.
    fn run_at(&self, url: &str, args: &str) -> Answer {
        let answer = self.project.run(&format!("{args} --url {url}"));
        let (code, out, err) = answer;
        (code, out, err.replace(self.database.name(), "DB"))
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
        let mut command = self.project.command(&format!("{args} --url {}", self.database.url()));
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits until a session of the database sleeps.
    fn wait_for_sleep(&self) {
        let sql = "SELECT pid FROM pg_stat_activity \
             WHERE wait_event = 'PgSleep' AND datname = current_database()";
        until(|| !self.query(sql).is_empty());
    }

    /// Ends all sessions of the database but this one.
    fn end_sessions(&self) {
        self.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
    }

    /// Runs statements in the database.
    fn execute(&self, sql: &str) {
        self.database.client().batch_execute(sql).unwrap();
    }

    /// Everything one query gives, a line a row.
    fn query(&self, sql: &str) -> Vec<String> {
        self.database.query(sql)
    }
}
