//! What whole commands ask a PostgreSQL server: so many statements, however many tables and
//! revisions there are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;

use support::project::Project;
use support::server::{Database, Server};
use support::wire::Wire;

/// Models of so many tables with a little of everything that tables have.
fn models(tables: usize) -> String {
    let mut models = "[enums]\nmood = [\"sad\", \"ok\"]\n".to_owned();
    for at in 0..tables {
        let before = at.saturating_sub(1);
        let _ = write!(
            models,
            r#"
[t{at}.columns]
id = {{ type = "big_integer", primary_key = true, identity = {{ always = true }} }}
parent_id = {{ type = "big_integer", references = "t{before}" }}
name = {{ type = "string(60)", nullable = false, default = "it's", unique = true }}
mood = {{ type = "mood", default = "sad", comment = "of today" }}
price = {{ type = "numeric(10, 2)", default = 3.50, check = "price >= 0" }}
[[t{at}.indexes]]
name = "ix_t{at}"
columns = ["lower(name)", "price desc"]
"#
        );
    }
    models
}

/// A project whose database stands where its models and its `revisions` lead.
fn project(tables: usize, revisions: usize) -> (Project, Database) {
    let database = Server::postgres().database();
    let project = Project::new("");
    project.write("db.toml", &format!("url = {:?}\n", database.url()));
    project.write("models.toml", &models(tables));
    project.ok("migrate -m all --no-prove --rev-id r0");
    for at in 1..revisions {
        project.sql(&format!("r{at}"), &format!("r{}", at - 1), "SELECT 1;", "");
    }
    project.ok("upgrade");
    (project, database)
}

/// What a command sends, the first line of each statement.
fn sent(project: &Project, database: &Database, command: &str) -> Vec<String> {
    let wire = Wire::before(database);
    project.ok(&format!("{command} --url {}?sslmode=disable", wire.url()));
    let first = |it: &String| it.lines().next().unwrap_or_default().to_owned();
    wire.statements().iter().map(first).collect()
}

#[test]
fn check_asks_at_most_15_times() {
    let expected = [
        "SELECT current_setting('server_version_num'), current_schema()",
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "version_num" FROM "limbeck_version""#,
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "finished_at" FROM "limbeck_log" ORDER BY "id" DESC LIMIT 1"#,
        "-- What has rows, or shows them: tables, partitioned and foreign ones, views.",
        "-- Sequences, with the column that owns each: 'i' is an identity, 'a' another column.",
        "-- The columns of tables, also those that a table has from others: constraints may name them.",
        "-- The names of types that columns have, with their modifiers; of an enum, or an array of it, also",
        "-- The constraints of tables, less those that a table has from others.",
        "-- Of the keys of indexes, those that are more than a column: expressions, collations that are not",
        "-- Indexes, less those behind constraints and those that a partition has from its table.",
        "-- Triggers, less those that are behind constraints and those that a partition has from its table.",
        "-- Schemas, and extensions with the schema their objects live in.",
    ];
    assert!(expected.len() <= 15);
    for tables in [1, 100] {
        let (project, database) = project(tables, 1);
        assert_eq!(sent(&project, &database, "check"), expected);
    }
}

#[test]
fn an_upgrade_with_nothing_to_do_asks_as_often_behind_any_number_of_revisions() {
    const SETTINGS: &str = "SET lock_timeout = 5000;SET statement_timeout = 0;\
        SET idle_in_transaction_session_timeout = 0;SET standard_conforming_strings = on;\
        SET client_min_messages = notice";
    let expected = [
        "SELECT current_setting('server_version_num'), current_schema()",
        "SELECT pg_backend_pid()",
        "SELECT pg_try_advisory_lock(1818848610, 6644587)",
        "SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'limbeck_lease' AND pg_table_is_visible(oid))",
        SETTINGS,
        SETTINGS,
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "finished_at" FROM "limbeck_log" ORDER BY "id" DESC LIMIT 1"#,
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "version_num" FROM "limbeck_version""#,
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "revision", "checksum" FROM "limbeck_log" WHERE "direction" = 'upgrade' ORDER BY "id" ASC"#,
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "version_num" FROM "limbeck_version""#,
        "-- The names of the columns of one table; a table without any gives a row, too.",
        r#"SELECT "finished_at" FROM "limbeck_log" ORDER BY "id" DESC LIMIT 1"#,
        "SELECT pg_advisory_unlock(1818848610, 6644587)",
    ];
    for revisions in [1, 50] {
        let (project, database) = project(1, revisions);
        assert_eq!(sent(&project, &database, "upgrade"), expected);
    }
}
