//! The laws of the core on real servers of MySQL and MariaDB: what is made is what was declared, an upgrade
//! leads where it says and loses no row, and a downgrade leads back.

#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::cell::RefCell;

use limbeck::dialect::Dialect;
use limbeck::dialect::mysql::Flavour;
use proptest::test_runner::TestRunner;
use support::generate::{self, Pair, mysql::fit};
use support::journey::server::{Journeys, Ways};
use support::law::cases;
use support::server::Server;

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
    let (journeys, flavour) = on(server);
    let outcome = TestRunner::new(cases(number))
        .run(&(generate::pair(), 0..1000u64), |(pair, seed)| {
            journeys.live(&fit(pair, flavour), seed)
        });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn mariadb_agrees_between_strangers() {
    let (journeys, flavour) = on(&Server::mariadb());
    let strangers = (generate::schema(), generate::schema(), 0..1000u64);
    let outcome = TestRunner::new(cases(40)).run(&strangers, |(from, to, seed)| {
        journeys.live(&fit(Pair { from, to, renames: Vec::new() }, flavour), seed)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// Journeys on a database of this server.
fn on(server: &Server) -> (Journeys, Flavour) {
    const ABOUT_ROWS: &[&str] = &[
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
    let database = server.database();
    let (dialect, db) = database.mysql_session();
    let (flavour, name) = (dialect.flavour, dialect.quote(database.name()));
    let clear = ["DROP DATABASE", "CREATE DATABASE", "USE"].map(|it| format!("{it} {name}"));
    let journeys = Journeys {
        ways: Ways {
            about_rows: ABOUT_ROWS,
            no_cast: "Cannot cast",
            overriding: "",
            bytes: "x'{}'",
        },
        dialect: Box::new(dialect),
        db: RefCell::new(Box::new(db)),
        clear: clear.into(),
        database,
    };
    (journeys, flavour)
}
