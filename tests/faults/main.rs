//! What happens when something goes wrong in the middle: two at once, a statement that fails, a
//! kill, a full disk, a database that is held, gone or something else.

#![cfg(all(feature = "sqlite", unix))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod at_once;
mod failing;
mod held;
mod killed;
mod limited;
mod no_database;
mod programs;
#[path = "../support/mod.rs"]
mod support;
mod transactions;

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use support::project::{Project, answer, query};

/// Longer than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// A statement that runs until it is stopped.
const ENDLESS: &str = "INSERT INTO t SELECT n FROM
    (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0);";

fn start(project: &Project, args: &str) -> Child {
    project.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until `condition` holds.
fn until(condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < LONG, "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn rows(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[test]
fn statements_are_told_as_they_run() {
    let project = Project::new("");
    project.sql("r1", "", "CREATE TABLE t (a);\nINSERT INTO t VALUES ('x');", "DROP TABLE t;");
    assert_eq!(
        project.ok("upgrade -v"),
        "Running upgrade  -> r1, step r1\nCREATE TABLE t (a);\nINSERT INTO t VALUES ('x');\n"
    );
    assert_eq!(project.ok("upgrade"), "");
    assert_eq!(project.ok("upgrade -v"), "Nothing to do.\n");
    assert_eq!(project.ok("downgrade -v"), "Running downgrade r1 -> , step r1\nDROP TABLE t;\n");
    assert_eq!(query(&project.open(), "SELECT count(*) FROM limbeck_log"), ["2"]);
}
