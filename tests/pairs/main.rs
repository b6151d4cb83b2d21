//! Pairs: a schema as it is and as it is declared, both in SQL, and the way between them.
//!
//! A file in `sqlite`, `postgres`, `mysql` or `mariadb` holds many cases, each under a line
//! `-- case: its name`: `-- before` is what there is, `-- rows` fills it, `-- after` is what is wanted.
//! MariaDB takes those of MySQL, and some of its own. Each case goes four ways: from nothing to what is
//! wanted and back, from what there is to what is wanted and back. Each way leads to just what the
//! statements make by themselves, by the database's own account; what is found then is nothing; and
//! rows are kept. Some cases go these ways by the built binary, too. Then the other way round, without rows: what is wanted is there, and what was there is wanted.
//!
//! Above `-- before` may stand what a person would say: `-- rename: t.a=b`, `-- fill: t.c=1`; the columns
//! that the way changes (`-- changes: t.a`) or whose values do not come back (`-- loses: t.a`); and the one
//! server that has all this (`-- on: 18`, `-- on: mysql`, `-- on: mariadb`). `-- limit: ...` or `-- limit on mysql: ...`
//! is part of what is said of a case that should be done and is not yet; once it is, the test fails until the
//! line goes; `-- not as sql: ...` the same of a script of SQL. `-- refused` at the end is why it cannot be done, whole; `-- refused back` why the other way cannot.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod binary;
mod case;
mod live;
mod mysql;
mod postgres;
mod sqlite;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use case::Case;
use live::Place;
use support::server::Server;

/// Makes an empty database.
type Empty = fn() -> Box<dyn Place>;

/// One case in so many goes by the binary: it costs more.
const EACH: usize = 12;

fn main() -> ExitCode {
    let mut trials = Vec::new();
    let mut add = |kind: &str, folder: &str, place: Empty, each: usize, apart: Empty| {
        let cases = case::all(&format!("tests/pairs/{folder}"));
        // Of the two servers of PostgreSQL each takes every other case that both have.
        let turn = match kind {
            "postgres15" if Server::postgres18().is_some() => Some(0),
            "postgres18" => Some(1),
            _ => None,
        };
        let is_here = |(at, case): &(usize, Case)| match &case.on {
            Some(on) => kind.ends_with(on),
            None => turn.is_none_or(|turn| at % 2 == turn),
        };
        let cases = cases.into_iter().enumerate().filter(is_here).map(|(_, case)| case);
        for (at, case) in cases.enumerate() {
            let limit = case.limits.iter().find(|it| kind.ends_with(&it.0)).map(|it| it.1.clone());
            if limit.is_none() && case.refused.is_none() && at % each == 0 {
                let is_sql = at / each % 2 == 1 && case.not_as_sql.is_none();
                let format = if is_sql { "sql" } else { "toml" };
                let (name, case) =
                    (format!("{kind}::binary::{format}::{}", case.name), case.clone());
                let check = move || binary::check(&case, &mut *apart(), &mut *apart(), format);
                trials.push(Trial::test(name, check));
            }
            let name = format!("{kind}::{}", case.name);
            trials.push(Trial::test(name, move || check(&case, place, limit.as_deref())));
        }
    };
    let (postgres15, mariadb): (Empty, Empty) =
        (|| postgres::place(Server::postgres()), || mysql::place(Server::mariadb()));
    add("sqlite", "sqlite", sqlite::place, 3, sqlite::file);
    add("postgres15", "postgres", postgres15, EACH, postgres15);
    add("mariadb", "mysql", mariadb, EACH, mariadb);
    add("mariadb", "mariadb", mariadb, EACH, mariadb);
    if Server::postgres18().is_some() {
        let place: Empty = || postgres::place(Server::postgres18().unwrap());
        add("postgres18", "postgres", place, EACH, place);
    }
    if Server::mysql().is_some() {
        let place: Empty = || mysql::place(Server::mysql().unwrap());
        add("mysql", "mysql", place, EACH, place);
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(case: &Case, place: fn() -> Box<dyn Place>, limit: Option<&str>) -> Result<(), Failed> {
    let checked = live::check(case, &mut *place(), &mut *place());
    match (checked, limit) {
        (checked, None) => checked,
        (Ok(()), Some(limit)) => Err(format!("it is no limit any more: {limit}").into()),
        (Err(error), Some(limit)) => match error.message().is_some_and(|it| it.contains(limit)) {
            true => Ok(()),
            false => Err(error),
        },
    }
}
