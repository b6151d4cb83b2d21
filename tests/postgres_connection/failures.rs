//! What the server says, and what became of the connection.

use super::*;

#[test]
fn failures_speak_as_the_server_does() {
    for server in Server::every_postgres() {
        let database = server.database();
        let mut db = session(&database);
        db.execute("CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0), b int UNIQUE)")
            .unwrap();
        db.execute("CREATE VIEW v AS SELECT a FROM t").unwrap();
        db.execute("INSERT INTO t VALUES (1, 1)").unwrap();
        db.execute(
            "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM no_such; END $$",
        )
        .unwrap();
        let mut failure = |sql: &str| match db.execute(sql) {
            Err(DbError::Statement { sql: echo, message, at }) => {
                assert_eq!(echo, sql);
                (message, at)
            }
            other => panic!("{sql}: {other:?}"),
        };
        let told = |message: &str, at: Option<usize>| (message.to_owned(), at);
        assert_eq!(
            failure("SELECT 'é', missing FROM t"),
            told("column \"missing\" does not exist", Some(13))
        );
        assert_eq!(failure("SELECT ("), told("syntax error at end of input", Some(8)));
        assert_eq!(
            failure("INSERT INTO t VALUES (2, 1)"),
            told(
                "duplicate key value violates unique constraint \"t_b_key\"\n  Key (b)=(1) already exists.",
                None
            )
        );
        assert_eq!(
            failure("INSERT INTO t VALUES (-1, 2)"),
            told(
                "new row for relation \"t\" violates check constraint \"positive\"\n  \
                 Failing row contains (-1, 2).",
                None
            )
        );
        assert_eq!(
            failure("DROP TABLE t"),
            told(
                "cannot drop table t because other objects depend on it\n  view v depends on table t\n  \
                 Use DROP ... CASCADE to drop the dependent objects too.",
                None
            )
        );
        assert_eq!(
            failure("SELECT f()"),
            told(
                "column \"no_such\" does not exist\n  in `SELECT no_such`\n  \
                 PL/pgSQL function f() line 1 at PERFORM",
                None
            )
        );
        assert_eq!(failure("SELECT '\0'"), told("the statement holds a zero byte", Some(8)));
        for (sql, what) in [
            ("COPY t FROM stdin", "COPY ... FROM stdin"),
            ("COPY t TO STDOUT", "COPY ... TO stdout"),
        ] {
            let message = format!("`{what}` needs a client that has the rows: write `INSERT`");
            assert_eq!(failure(sql), (message, None));
        }
        assert_eq!(db.query("SELECT count(*) FROM t", &[]).unwrap(), [[Some("1".to_owned())]]);
    }
}

#[test]
fn the_place_of_a_mistake_is_in_the_statement_wherever_it_runs() {
    let database = Server::postgres().database();
    let (dialect, mut db) = connect(&database);
    dialect.prepare(&mut *db, &limits(1_000, None)).unwrap();
    db.execute("BEGIN").unwrap();
    let sql = "ALTER TABLE no_such ADD a int -- nothing";
    let error = db.execute(sql).unwrap_err();
    assert_eq!(
        error,
        DbError::Statement {
            sql: sql.to_owned(),
            message: "relation \"no_such\" does not exist".to_owned(),
            at: None
        }
    );
    db.execute("ROLLBACK").unwrap();
    db.execute("BEGIN").unwrap();
    let sql = "CREATE INDEX é ON (a)";
    let error = db.execute(sql).unwrap_err();
    let message = "syntax error at or near \"(\"".to_owned();
    assert_eq!(error, DbError::Statement { sql: sql.to_owned(), message, at: Some(19) });
}

#[test]
fn notices_are_heard() {
    let database = Server::postgres().database();
    let mut db = session(&database);
    assert_eq!(db.notices(), [""; 0]);
    db.execute("DROP TABLE IF EXISTS t").unwrap();
    db.execute("DO $$ BEGIN RAISE WARNING 'beware' USING DETAIL = 'of this'; END $$").unwrap();
    assert_eq!(
        db.notices(),
        [
            "notice: table \"t\" does not exist, skipping",
            "warning: beware\n  of this\n  PL/pgSQL function inline_code_block line 1 at RAISE"
        ]
    );
    assert_eq!(db.notices(), [""; 0]);
}

#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    for server in [Server::postgres(), Server::pgbouncer()] {
        let database = server.database();
        let (dialect, mut db) = connect(&database);
        dialect.prepare(&mut *db, &limits(10_000, Some(200))).unwrap();
        db.execute("BEGIN").unwrap();
        let sql = "SELECT pg_sleep(20)";
        let late = DbError::Timeout { sql: sql.to_owned(), limit: Duration::from_millis(200) };
        assert_eq!(db.execute(sql).unwrap_err(), late);
        db.execute("ROLLBACK").unwrap();
        // Outside of a transaction, too.
        assert_eq!(db.execute(sql).unwrap_err(), late);
        // And no longer where it may run for ever.
        dialect.prepare(&mut *db, &limits(10_000, None)).unwrap();
        db.execute("SELECT pg_sleep(0.3)").unwrap();
    }
}

#[test]
fn a_statement_that_someone_else_stops_says_so() {
    let database = Server::postgres().database();
    let mut db = session(&database);
    let stop = thread::spawn({
        let mut other = database.client();
        move || {
            let sleeping = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity \
                            WHERE query = 'SELECT pg_sleep(20)' AND datname = current_database()";
            while query(&mut other, sleeping).is_empty() {
                thread::sleep(Duration::from_millis(20));
            }
        }
    });
    let error = db.execute("SELECT pg_sleep(20)").unwrap_err();
    assert_eq!(error.to_string(), "canceling statement due to user request");
    stop.join().unwrap();
}

#[test]
fn a_lost_connection_is_told() {
    let database = Server::postgres().database();
    let mut db = session(&database);
    let pid = db.query("SELECT pg_backend_pid()", &[]).unwrap()[0][0].clone().unwrap();
    database.query(&format!("SELECT pg_terminate_backend({pid})"));
    let error = db.execute("SELECT 1").unwrap_err();
    assert_eq!(
        said(&error),
        (
            "the connection to the database was lost: \
             terminating connection due to administrator command"
                .to_owned(),
            Some(
                "what was not committed is taken back: `db current` says where the database stands"
                    .to_owned()
            )
        )
    );
    let error = db.execute("SELECT 1").unwrap_err();
    assert!(matches!(error, DbError::Lost { .. }), "{error:?}");
}

#[test]
fn settings_are_put_right_again() {
    let database = Server::postgres().database();
    let (dialect, mut db) = connect(&database);
    let settings = "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings \
                    WHERE name IN ('lock_timeout', 'statement_timeout', 'client_min_messages', \
                    'standard_conforming_strings', 'idle_in_transaction_session_timeout')";
    let ready = "client_min_messages=notice idle_in_transaction_session_timeout=0 \
                 lock_timeout=2000 standard_conforming_strings=on statement_timeout=7000";
    for _ in 0..2 {
        dialect.prepare(&mut *db, &limits(12_000, Some(7_000))).unwrap();
        assert_eq!(db.query(settings, &[]).unwrap(), [[Some(ready.to_owned())]]);
        db.execute("SET lock_timeout = 1").unwrap();
        db.execute("SET standard_conforming_strings = off").unwrap();
    }
    let locks =
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
    assert_eq!(db.query(locks, &[]).unwrap(), [[Some("1".to_owned())]]);
}
