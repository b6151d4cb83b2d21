//! The laws of the core on real PostgreSQL servers: what is made is what was declared, an upgrade
//! leads where it says and loses no row, and a downgrade leads back.

#![cfg(all(feature = "sqlite", feature = "postgres"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::cell::RefCell;

use proptest::test_runner::TestRunner;
use support::generate::{self, Pair, postgres::fit};
use support::journey::server::{Journeys, Ways};
use support::law::cases;
use support::server::Server;

#[test]
fn postgres_agrees() {
    for server in Server::every_postgres() {
        let journeys = on(&server);
        let outcome = TestRunner::new(cases(60))
            .run(&(generate::pair(), 0..1000u64), |(pair, seed)| journeys.live(&fit(pair), seed));
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn postgres_agrees_between_strangers() {
    let journeys = on(&Server::postgres());
    let strangers = (generate::schema(), generate::schema(), 0..1000u64);
    let outcome = TestRunner::new(cases(60)).run(&strangers, |(from, to, seed)| {
        journeys.live(&fit(Pair { from, to, renames: Vec::new() }), seed)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// Journeys on a database of this server.
fn on(server: &Server) -> Journeys {
    const ABOUT_ROWS: &[&str] = &[
        "contains null values",
        "violates",
        "is violated by some row",
        "could not create unique index",
        "invalid input syntax",
        "out of range",
        "value too long",
        "cannot cast jsonb",
        "numeric field overflow",
        "invalid input value",
        "date/time field value",
        "invalid byte sequence",
    ];
    let database = server.database();
    let (dialect, db) = database.session();
    Journeys {
        ways: Ways {
            about_rows: ABOUT_ROWS,
            no_cast: "cannot cast type",
            overriding: "OVERRIDING SYSTEM VALUE",
            bytes: "'\\x{}'",
        },
        dialect: Box::new(dialect),
        db: RefCell::new(Box::new(db)),
        // A journey that was cut short is in a transaction.
        clear: vec!["ROLLBACK".into(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public".into()],
        database,
    }
}
