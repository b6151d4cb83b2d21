//! Sessions of real PostgreSQL servers: what is said when they fail, how long they wait, and that one
//! migrator works at a time, with and without a pooler in between.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use limbeck::dialect::postgres::PostgresConnection;
use limbeck::dialect::{self, Access, Connected, Connection, DbError, Limits, Scope};
use support::server::{Database, Server, query};

/// A session of the database at `url`.
fn open(url: &str) -> Result<PostgresConnection, DbError> {
    PostgresConnection::open(&url.parse().unwrap(), Path::new("."))
}

fn session(database: &Database) -> PostgresConnection {
    open(&database.url()).unwrap()
}

fn connect(database: &Database) -> Connected {
    let url = database.url().parse().unwrap();
    dialect::connect(&url, Path::new("."), Access::Change).unwrap()
}

/// The message and the hint.
fn said(error: &DbError) -> (String, Option<String>) {
    (error.to_string(), error.hint())
}

fn limits(lock: u64, statement: Option<u64>) -> Limits {
    Limits {
        lock_timeout: Duration::from_millis(lock),
        statement_timeout: statement.map(Duration::from_millis),
    }
}

/// The text with numbers of processes and times taken out.
fn without_numbers(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        match c.is_ascii_digit() {
            true if plain.ends_with('N') => {}
            true => plain.push('N'),
            false => plain.push(c),
        }
    }
    plain
}

const TIME: &str = "N-N-NTN:N:NZ";

#[test]
fn what_cannot_be_opened_is_told() {
    let server = Server::postgres();
    let port = port_of(&server);
    let open_hint = "is the server running, and are the host and the port right?";
    let cases = [
        (
            format!("postgres://me:secret@127.0.0.1:{port}/postgres"),
            "role \"me\" does not exist".to_owned(),
            Some("is `me` the right user? `createuser me` makes one".to_owned()),
        ),
        (
            format!("postgres://postgres:secret@127.0.0.1:{port}/app"),
            "database \"app\" does not exist".to_owned(),
            Some("`createdb app` makes it".to_owned()),
        ),
        (
            "postgres://me:secret@127.0.0.1:1/app".to_owned(),
            "nobody answers at `127.0.0.1:1`".to_owned(),
            Some(open_hint.to_owned()),
        ),
        (
            "postgres://me:secret@127.0.0.1:1,127.0.0.1:2/app".to_owned(),
            "nobody answers at `127.0.0.1:1`; nobody answers at `127.0.0.1:2`".to_owned(),
            Some(open_hint.to_owned()),
        ),
        (
            "postgres://me:secret@no-such-host.invalid/app".to_owned(),
            "the host `no-such-host.invalid` is not known: name or service not known".to_owned(),
            None,
        ),
        (
            "postgres://me:secret@/app?host=/no/such/folder".to_owned(),
            "there is no socket `/no/such/folder/.s.PGSQL.5432`".to_owned(),
            Some(open_hint.to_owned()),
        ),
        (
            format!("postgres://postgres:secret@127.0.0.1:{port}/postgres?sslmode=require"),
            format!("the server at `127.0.0.1:{port}` has no TLS"),
            Some("`sslmode=disable` or `prefer` goes without".to_owned()),
        ),
        (
            format!("postgres://postgres@127.0.0.1:{port}/postgres?target_session_attrs=standby"),
            format!("`127.0.0.1:{port}` follows no other server"),
            Some("`target_session_attrs` says which server is wanted".to_owned()),
        ),
        (
            format!("postgres://postgres@127.0.0.1:{port}/postgres?options=-c%20no_such%3D1"),
            "unrecognized configuration parameter \"no_such\"".to_owned(),
            None,
        ),
    ];
    for (url, message, hint) in cases {
        let error = open(&url).err().unwrap_or_else(|| panic!("{url}"));
        let place = url.replace("secret", "***");
        assert_eq!(said(&error), (format!("cannot open `{place}`: {message}"), hint));
    }
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let url = format!("postgres://me@127.0.0.1:{port}/app?connect_timeout=1");
    let error = open(&url).err().unwrap();
    assert_eq!(
        said(&error),
        (
            format!("cannot open `{url}`: `127.0.0.1:{port}` gave no answer within 1 s"),
            Some("is the host right? `connect_timeout` says how long to wait".to_owned())
        )
    );
}

#[test]
fn the_first_host_that_answers_is_taken() {
    let database = Server::postgres().database();
    let url = database.url().replacen('@', "@127.0.0.1:1,", 1);
    let mut db =
        open(&format!("{url}?application_name=a%20b&search_path=pg_catalog,public")).unwrap();
    let facts = "SELECT current_setting('application_name'), current_setting('search_path'), \
                 current_database(), $1, $2";
    let row = db.query(facts, &[Some("it's"), None]).unwrap();
    let expected =
        [Some("a b"), Some("pg_catalog,public"), Some(database.name()), Some("it's"), None];
    assert_eq!(row, [expected.map(|it| it.map(str::to_owned)).to_vec()]);
}

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

#[test]
fn one_migrator_at_a_time() {
    for server in Server::every_postgres() {
        let database = server.database();
        let (dialect, mut one) = connect(&database);
        dialect.prepare(&mut *one, &limits(0, None)).unwrap();
        dialect.prepare(&mut *one, &limits(0, None)).unwrap();
        let (_, mut two) = connect(&database);
        let error = dialect.prepare(&mut *two, &limits(30, None)).unwrap_err();
        assert_eq!(
            (without_numbers(&error.to_string()), error.hint()),
            (
                format!(
                    "the database is locked by process N (`limbeck` of `postgres`) since {TIME}"
                ),
                Some("wait for it to end; `lock_timeout` in db.toml says for how long".to_owned())
            )
        );
        // The lock is of one database, and no lock on what is in it.
        let other = server.database();
        let (_, mut elsewhere) = connect(&other);
        dialect.prepare(&mut *elsewhere, &limits(0, None)).unwrap();
        two.execute("CREATE TABLE t (a int)").unwrap();
        thread::scope(|scope| {
            let url = database.url();
            let waits = scope.spawn(move || {
                let (dialect, mut db) =
                    dialect::connect(&url.parse().unwrap(), Path::new("."), Access::Change)
                        .unwrap();
                dialect.prepare(&mut *db, &limits(60_000, None))
            });
            thread::sleep(Duration::from_millis(200));
            assert!(!waits.is_finished());
            drop(one);
            waits.join().unwrap().unwrap();
        });
    }
}

/// Holds a lock on table `t` until the channel is closed.
fn hold(database: &Database) -> (std::sync::mpsc::Sender<()>, thread::JoinHandle<()>) {
    let mut client = database.client();
    client.batch_execute("SET application_name = 'app'; BEGIN; LOCK TABLE t").unwrap();
    let (end, ended) = channel::<()>();
    let holding = thread::spawn(move || {
        let _ = ended.recv();
        client.batch_execute("COMMIT").unwrap();
    });
    (end, holding)
}

#[test]
fn who_is_in_the_way_of_a_statement_is_named() {
    for server in [Server::postgres(), Server::pgbouncer()] {
        let database = server.database();
        let (dialect, mut db) = connect(&database);
        db.execute("CREATE TABLE t (a int)").unwrap();
        db.execute("CREATE TABLE other (a int)").unwrap();
        dialect.prepare(&mut *db, &limits(1_500, None)).unwrap();
        let (end, holding) = hold(&database);
        let held = format!(
            "the database is locked by process N (`app` of `postgres`) since {TIME}, which last ran \
             `SET application_name = 'app'; BEGIN; LOCK TABLE t`"
        );
        db.execute("BEGIN").unwrap();
        db.execute("ALTER TABLE other ADD b int").unwrap();
        let began = Instant::now();
        let error = db.execute("ALTER TABLE t ADD b int").unwrap_err();
        assert!(began.elapsed() > Duration::from_millis(900), "{:?}", began.elapsed());
        assert_eq!(without_numbers(&error.to_string()), held);
        db.execute("ROLLBACK").unwrap();
        if !database.url().contains(&port_of(&Server::pgbouncer())) {
            let error = db.execute("CREATE INDEX CONCURRENTLY i ON t (a)").unwrap_err();
            assert_eq!(without_numbers(&error.to_string()), held);
        }
        drop(end);
        holding.join().unwrap();
    }
}

fn port_of(server: &Server) -> String {
    server.url().rsplit(':').next().unwrap().split('/').next().unwrap().to_owned()
}

#[test]
fn a_statement_that_waits_lets_others_pass_and_tries_again() {
    let database = Server::postgres().database();
    let (dialect, mut db) = connect(&database);
    db.execute("CREATE TABLE t (a int)").unwrap();
    dialect.prepare(&mut *db, &limits(20_000, None)).unwrap();
    let (end, holding) = hold(&database);
    let frees = thread::spawn(move || {
        thread::sleep(Duration::from_secs(4));
        drop(end);
        holding.join().unwrap();
    });
    db.execute("BEGIN").unwrap();
    db.execute("CREATE TABLE before (a int)").unwrap();
    db.execute("ALTER TABLE t ADD b int").unwrap();
    db.execute("ALTER TABLE before ADD b int").unwrap();
    db.execute("COMMIT").unwrap();
    frees.join().unwrap();
    let columns = "SELECT attrelid::regclass || '.' || attname FROM pg_attribute \
                   WHERE attrelid IN ('t'::regclass, 'before'::regclass) AND attnum > 0 ORDER BY 1";
    assert_eq!(database.query(columns), ["before.a", "before.b", "t.a", "t.b"]);
}

const LEASE: &str = "SELECT to_regclass('limbeck_lease')";

#[test]
fn behind_a_pooler_the_lock_is_a_lease() {
    let server = Server::pgbouncer();
    let database = server.database();
    let (dialect, mut one) = connect(&database);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    assert_eq!(one.notices(), ["behind a pooler: the lock is a lease in a table"]);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    assert_eq!(database.query(LEASE), ["limbeck_lease"]);

    let (_, mut two) = connect(&database);
    let error = dialect.prepare(&mut *two, &limits(30, None)).unwrap_err();
    let held = format!(
        "the database is locked by `limbeck` of `postgres` (process N of its machine) \
         through a pooler since {TIME}"
    );
    assert_eq!(without_numbers(&error.to_string()), held);

    // Settings and the lease come with each transaction, whichever session it gets.
    one.execute("BEGIN").unwrap();
    let mut other = database.client();
    assert_eq!(query(&mut other, "SELECT 1"), ["1"]);
    let setting = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')";
    let expected = [Some("1ms".to_owned()), Some("0".to_owned())];
    assert_eq!(one.query(setting, &[]).unwrap(), [expected]);
    one.execute("CREATE TABLE t (a int)").unwrap();
    one.execute("COMMIT").unwrap();
    assert_eq!(database.query("SELECT current_setting('lock_timeout')"), ["0"]);

    drop(one);
    assert_eq!(database.query(LEASE), ["NULL"]);
    dialect.prepare(&mut *two, &limits(1_000, None)).unwrap();
}

#[test]
fn what_a_pooler_does_not_pass_on_is_told() {
    let url = format!("{}?search_path=a", Server::pgbouncer().url());
    let error = open(&url).err().unwrap();
    assert_eq!(
        said(&error),
        (
            format!("cannot open `{url}`: unsupported startup parameter: options"),
            Some(
                "a pooler stands before the server and does not pass this on: leave it out, or name \
                 it in the pooler's `ignore_startup_parameters`"
                    .to_owned()
            )
        )
    );
}

#[test]
fn the_lease_is_no_part_of_the_schema() {
    let database = Server::pgbouncer().database();
    let (dialect, mut db) = connect(&database);
    dialect.prepare(&mut *db, &limits(0, None)).unwrap();
    assert_eq!(database.query(LEASE), ["limbeck_lease"]);
    let schema = dialect.inspect(&mut *db, &Scope::default()).unwrap();
    assert!(schema.tables.is_empty(), "{schema:?}");
}

#[test]
fn a_lease_and_a_lock_respect_each_other() {
    let database = Server::postgres().database();
    let pooled =
        database.url().replacen(&port_of(&Server::postgres()), &port_of(&Server::pgbouncer()), 1);
    let through =
        || dialect::connect(&pooled.parse().unwrap(), Path::new("."), Access::Change).unwrap();
    let (dialect, mut direct) = connect(&database);
    dialect.prepare(&mut *direct, &limits(0, None)).unwrap();
    let (_, mut behind) = through();
    let error = dialect.prepare(&mut *behind, &limits(30, None)).unwrap_err();
    assert_eq!(
        without_numbers(&error.to_string()),
        format!("the database is locked by process N (`limbeck` of `postgres`) since {TIME}")
    );
    drop(direct);
    dialect.prepare(&mut *behind, &limits(2_000, None)).unwrap();
    let (_, mut direct) = connect(&database);
    let error = dialect.prepare(&mut *direct, &limits(30, None)).unwrap_err();
    assert_eq!(
        without_numbers(&error.to_string()),
        format!(
            "the database is locked by `limbeck` of `postgres` (process N of its machine) \
             through a pooler since {TIME}"
        )
    );
    drop(behind);
    dialect.prepare(&mut *direct, &limits(2_000, None)).unwrap();
}

#[test]
fn a_lease_that_ran_out_is_taken_over_but_not_from_an_open_transaction() {
    let database = Server::pgbouncer().database();
    let (dialect, mut one) = connect(&database);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    let run_out = "UPDATE limbeck_lease SET expires = clock_timestamp() - interval '1 second'";
    one.execute("BEGIN").unwrap();
    database.client().batch_execute(run_out).unwrap();
    let (_, mut two) = connect(&database);
    let error = dialect.prepare(&mut *two, &limits(0, None)).unwrap_err();
    assert_eq!(
        without_numbers(&error.to_string()),
        format!(
            "the database is locked by `limbeck` of `postgres` (process N of its machine) \
             through a pooler since {TIME}"
        )
    );
    one.execute("COMMIT").unwrap();
    database.client().batch_execute(run_out).unwrap();
    dialect.prepare(&mut *two, &limits(0, None)).unwrap();
    let error = one.execute("BEGIN").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database is locked by another one, who took over the lease that ran out"
    );
    one.execute("ROLLBACK").unwrap();
    drop(one);
    assert_eq!(database.query(LEASE), ["limbeck_lease"]);
    drop(two);
    assert_eq!(database.query(LEASE), ["NULL"]);
}

#[test]
fn a_lease_lives_as_long_as_its_holder() {
    let database = Server::pgbouncer().database();
    let (dialect, mut one) = connect(&database);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    let expires = "SELECT expires FROM limbeck_lease";
    let first = database.query(expires);
    // A transaction that keeps the lease does not keep its heart from beating.
    one.execute("BEGIN").unwrap();
    thread::sleep(Duration::from_millis(6_500));
    assert_ne!(database.query(expires), first);
    one.execute("COMMIT").unwrap();
}

#[test]
fn many_migrators_wait_in_line() {
    for server in [Server::postgres(), Server::pgbouncer()] {
        let database = server.database();
        database.client().batch_execute("CREATE TABLE t (a int)").unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let (dialect, mut db) = connect(&database);
                    dialect.prepare(&mut *db, &limits(60_000, None)).unwrap();
                    let count = db.query("SELECT count(*) FROM t", &[]).unwrap()[0][0].clone();
                    thread::sleep(Duration::from_millis(20));
                    db.execute("BEGIN").unwrap();
                    db.execute(&format!("INSERT INTO t VALUES ({})", count.unwrap())).unwrap();
                    db.execute("COMMIT").unwrap();
                });
            }
        });
        let all: Vec<String> = (0..8).map(|it| it.to_string()).collect();
        assert_eq!(database.query("SELECT a FROM t ORDER BY a"), all);
    }
}
