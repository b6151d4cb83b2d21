use super::*;

/// Who else migrates the database is named.
#[test]
fn one_migrator_at_a_time() {
    for (flavour, server) in servers() {
        let database = server.database();
        let (dialect, mut first) = connect(&database);
        dialect.prepare(&mut *first, &limits(1000, None)).unwrap();
        dialect.prepare(&mut *first, &limits(1000, None)).unwrap();

        let (_, mut second) = connect(&database);
        let began = Instant::now();
        let error = dialect.prepare(&mut *second, &limits(300, None)).unwrap_err();
        assert!(began.elapsed() >= Duration::from_millis(300));
        let who = match flavour {
            Flavour::MySql => "`limbeck` of `root`",
            Flavour::MariaDb => "`root`",
        };
        assert_eq!(
            without_numbers(&error.to_string()),
            format!(
                "the database is locked by connection N ({who} from `localhost`), idle since N-N-NTN:N:NZ"
            )
        );

        // Another database of the server is another matter.
        let other = server.database();
        let (_, mut elsewhere) = connect(&other);
        dialect.prepare(&mut *elsewhere, &limits(0, None)).unwrap();

        drop(first);
        dialect.prepare(&mut *second, &limits(0, None)).unwrap();
        assert_eq!(value(&mut *second, "SELECT @@lock_wait_timeout"), "1");
        dialect.prepare(&mut *second, &limits(2500, None)).unwrap();
        assert_eq!(value(&mut *second, "SELECT @@lock_wait_timeout"), "3");
        assert_eq!(value(&mut *second, "SELECT @@innodb_lock_wait_timeout"), "3");
    }
}

/// The one who waits gets the lock when it is free.
#[test]
fn the_next_one_waits() {
    for (_, server) in servers() {
        let database = server.database();
        let (dialect, mut first) = connect(&database);
        dialect.prepare(&mut *first, &limits(0, None)).unwrap();
        let (url, (sender, receiver)) = (database.url(), channel());
        let waiting = thread::spawn(move || {
            let url = url.parse().unwrap();
            let (dialect, mut db) = dialect::connect(&url, Path::new("."), Access::Change).unwrap();
            sender.send(()).unwrap();
            dialect.prepare(&mut *db, &limits(20_000, None))
        });
        receiver.recv().unwrap();
        thread::sleep(Duration::from_millis(200));
        drop(first);
        waiting.join().unwrap().unwrap();
    }
}

/// A statement that waits for a table names who has it.
#[test]
fn who_is_in_the_way() {
    for (flavour, server) in servers() {
        let database = server.database();
        let (dialect, mut db) = connect(&database);
        db.execute("CREATE TABLE t (a int)").unwrap();
        dialect.prepare(&mut *db, &limits(6000, None)).unwrap();
        let mut other = session(&database);
        other.execute("START TRANSACTION").unwrap();
        other.execute("INSERT INTO t VALUES (1)").unwrap();
        let id = value(&mut other, "SELECT CONNECTION_ID()");

        let error = db.execute("ALTER TABLE t ADD COLUMN b int").unwrap_err();
        let who = match flavour {
            Flavour::MySql => "`limbeck` of `root`",
            Flavour::MariaDb => "`root`",
        };
        assert_eq!(
            without_numbers(&error.to_string()),
            format!(
                "the database is locked by connection N ({who} from `localhost`), idle since N-N-NTN:N:NZ"
            )
        );
        assert!(error.to_string().contains(&format!("connection {id} ")), "{error}");

        // A row.
        let error = db.execute("UPDATE t SET a = 2").unwrap_err();
        assert!(matches!(&error, DbError::Locked { .. }), "{error:?}");
        assert!(error.to_string().contains(&format!("connection {id} ")), "{error}");
        other.execute("COMMIT").unwrap();
        db.execute("ALTER TABLE t ADD COLUMN b int").unwrap();
    }
}

/// A statement is stopped when its time is over, whatever it is.
#[test]
fn a_statement_takes_too_long() {
    for (_, server) in servers() {
        let database = server.database();
        let (dialect, mut db) = connect(&database);
        db.execute("CREATE TABLE t (a int)").unwrap();
        db.execute("INSERT INTO t VALUES (1), (2)").unwrap();
        dialect.prepare(&mut *db, &limits(1000, Some(500))).unwrap();
        for sql in ["UPDATE t SET a = a + SLEEP(20)", "CREATE TABLE u AS SELECT SLEEP(20) FROM t"] {
            let began = Instant::now();
            let error = db.execute(sql).unwrap_err();
            let limit = Duration::from_millis(500);
            assert_eq!(error, DbError::Timeout { sql: sql.to_owned(), limit });
            assert!(began.elapsed() < Duration::from_secs(15));
        }
        // The next one has its own time.
        db.execute("DO SLEEP(0.3)").unwrap();
        dialect.prepare(&mut *db, &limits(1000, None)).unwrap();
        db.execute("DO SLEEP(0.8)").unwrap();
    }
}
