//! One migrator at a time, and who is in the way of a statement.

use super::*;

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
