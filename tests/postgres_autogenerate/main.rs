//! What a comparison finds on PostgreSQL: every change, and nothing else. How a case is written is
//! told in `support/autogenerate`; `--- sql` that begins with `-- 18` is for newer servers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod nothing_asked;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use support::autogenerate::both_ways::{Home, lead};
use support::autogenerate::{Case, Kind, Session, inspected, trials};
use support::server::{Database, Server};

/// What both have, and not every database.
const MORE: &str = r#"
[[portable.indexes]]
columns = ["lower(name)"]
where = "truth"
[moment.columns]
id = { type = "integer", primary_key = true }
at = { type = "datetime(tz)", default = 2026-01-31T07:30:00Z }
"#;

fn main() -> ExitCode {
    let mut trials = trials("tests/postgres_autogenerate/cases", &Here);
    trials.extend(inspected::trials(
        "tests/postgres_autogenerate/cases",
        "tests/postgres_inspect",
        &Here,
    ));
    let servers = || Server::every_postgres().into_iter().map(|it| Home::of(it, &Here));
    trials.extend([
        Trial::test("where nothing changes nothing is asked", nothing_asked::check),
        Trial::test("a script from SQLite runs as it is", move || {
            servers().try_for_each(|to| lead(&Home::Sqlite, &to, MORE))
        }),
        Trial::test("a script for SQLite runs as it is", move || {
            servers().try_for_each(|from| lead(&from, &Home::Sqlite, MORE))
        }),
    ]);
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// PostgreSQL.
struct Here;

impl Kind for Here {
    fn servers(&self, case: &Case) -> Vec<Server> {
        match case.sql.starts_with("-- 18") {
            true => Server::postgres18().into_iter().collect(),
            false => Server::every_postgres(),
        }
    }

    fn session(&self, database: &Database) -> Session {
        let (dialect, db) = database.session();
        (Box::new(dialect), Box::new(db))
    }

    fn fill(&self, database: &Database, sql: &str) {
        database.client().batch_execute(sql).unwrap();
    }

    /// The server does not say of an expression made from what it has said what it said before:
    /// `(ARRAY['a'::varchar])::text[]` becomes `ARRAY[('a'::varchar)::text]`.
    fn portrait(&self, database: &Database) -> String {
        let said = database.query(include_str!("../support/portrait.sql")).join("\n");
        let said = said.replace("::text[]", "").replace("::text", "");
        said.replace("::character varying", "").replace(['(', ')'], "")
    }

    fn rows(&self, database: &Database) -> String {
        let tables = "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'm')
            AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY oid::regclass::text";
        let mut lines = Vec::new();
        for table in database.query(tables) {
            let rows = format!("SELECT to_jsonb(it)::text FROM ONLY {table} AS it ORDER BY 1");
            let rows = database.query(&rows).into_iter();
            lines.extend(rows.map(|row| format!("{table} {row}")));
        }
        lines.join("\n")
    }

    fn counters(&self, database: &Database) -> String {
        let sql = "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2";
        database.query(sql).join("\n")
    }
}
