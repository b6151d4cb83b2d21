use super::*;

fn query(db: &mut SqliteConnection, sql: &str) -> Vec<Vec<Option<String>>> {
    db.query(sql, &[]).unwrap()
}

/// The message and the hint of a failed opening; `DIR` stands for the folder.
fn refused(folder: &Path, name: &str, mode: Mode) -> (String, Option<String>) {
    match SqliteConnection::open(folder.join(name), mode).unwrap_err() {
        error @ DbError::Open { .. } => {
            let plain = |text: String| text.replace(&folder.display().to_string(), "DIR");
            let text = plain(error.to_string());
            let DbError::Open { hint, .. } = error else { unreachable!() };
            (text, hint.map(plain))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn values_become_text() {
    let mut db = SqliteConnection::memory().unwrap();
    let sql = "SELECT NULL, -1, 9223372036854775807, 0.1, 1e300, 2.0, 'é''\u{1}', x'00fF', '', \
               x'', ?1, ?2, CAST(x'c3' AS TEXT), 1e999";
    let rows = db.query(sql, &[Some("a"), None]).unwrap();
    let row = [
        None,
        Some("-1"),
        Some("9223372036854775807"),
        Some("0.1"),
        Some("1e300"),
        Some("2.0"),
        Some("é'\u{1}"),
        Some("x'00ff'"),
        Some(""),
        Some("x''"),
        Some("a"),
        None,
        Some("\u{fffd}"),
        Some("inf"),
    ];
    assert_eq!(rows, [row.map(|value| value.map(str::to_owned)).to_vec()]);
}

#[test]
fn a_statement_is_run_to_its_end() {
    let mut db = SqliteConnection::memory().unwrap();
    db.execute("CREATE TABLE t (a)").unwrap();
    db.execute("INSERT INTO t VALUES (1), (2), (3) RETURNING a").unwrap();
    db.execute("  -- nothing\n").unwrap();
    db.execute("").unwrap();
    assert_eq!(query(&mut db, "SELECT count(*) FROM t"), [[Some("3".to_owned())]]);
}

#[test]
fn failures_speak_as_sqlite_does() {
    let mut db = SqliteConnection::memory().unwrap();
    db.execute("CREATE TABLE t (a UNIQUE)").unwrap();
    let mut failure = |sql: &str, params: &[Option<&str>]| {
        let Err(DbError::Statement { sql: echo, message, at }) = db.query(sql, params) else {
            panic!("{sql}")
        };
        assert_eq!(echo, sql);
        (message, at)
    };
    assert_eq!(
        failure("SELECT 'é', missing FROM t", &[]),
        ("no such column: missing".to_owned(), Some(13))
    );
    assert_eq!(failure("SELECT 1 FROM", &[]), ("incomplete input".to_owned(), None));
    assert_eq!(
        failure("INSERT INTO t VALUES (1), (1)", &[]),
        ("UNIQUE constraint failed: t.a".to_owned(), None)
    );
    assert_eq!(
        failure("SELECT 1; SELECT 2", &[]),
        ("there is more than one statement".to_owned(), None)
    );
    assert_eq!(
        failure("SELECT '\0'", &[]),
        ("the statement holds a zero byte".to_owned(), Some(8))
    );
    assert_eq!(
        failure("SELECT ?1", &[]),
        ("Wrong number of parameters passed to query. Got 0, needed 1".to_owned(), None)
    );
}

#[test]
fn what_cannot_be_opened_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    std::fs::write(dir.join("text.db"), "no database, though long enough".repeat(9)).unwrap();
    std::fs::create_dir(dir.join("sub")).unwrap();
    let told = |message: &str, hint: Option<&str>| (message.to_owned(), hint.map(str::to_owned));
    assert_eq!(
        refused(dir, "text.db", Mode::ReadOnly),
        told(
            "cannot open `DIR/text.db`: file is not a database",
            Some("is it encrypted, or another program's file?")
        )
    );
    assert_eq!(
        refused(dir, "sub", Mode::Create),
        told(
            "cannot open `DIR/sub`: it is a folder",
            Some("name a file in it, like `DIR/sub/app.db`")
        )
    );
    for mode in [Mode::ReadOnly, Mode::ReadWrite] {
        assert_eq!(
            refused(dir, "app.db", mode),
            told("cannot open `DIR/app.db`: there is no such file", None)
        );
    }
    assert_eq!(
        refused(dir, "no/app.db", Mode::Create),
        told(
            "cannot open `DIR/no/app.db`: there is no folder `DIR/no`",
            Some("make the folder, or check the path")
        )
    );
    assert_eq!(
        refused(dir, "text.db/app.db", Mode::Create),
        told("cannot open `DIR/text.db/app.db`: not a directory", None)
    );
    assert!(!dir.join("app.db").exists());
    let empty = SqliteConnection::open("", Mode::Create).unwrap_err();
    assert_eq!(empty.to_string(), "cannot open ``: the path is empty");
}

#[test]
fn a_path_is_only_a_path() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:x.db?mode=memory", "a b%20#?.db", "é'\".db"] {
        let path = folder.path().join(name);
        let mut db = SqliteConnection::open(&path, Mode::Create).unwrap();
        db.execute("CREATE TABLE t (a)").unwrap();
        drop(db);
        assert!(path.is_file(), "{name}");
        SqliteConnection::open(&path, Mode::ReadOnly).unwrap();
    }
}

#[test]
fn read_only_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    SqliteConnection::open(&path, Mode::Create).unwrap();
    let mut db = SqliteConnection::open(&path, Mode::ReadOnly).unwrap();
    let error = db.execute("CREATE TABLE t (a)").unwrap_err();
    assert_eq!(error.to_string(), "attempt to write a readonly database");
}

#[test]
fn a_busy_database_names_its_holder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let mut one = SqliteConnection::open(&path, Mode::Create).unwrap();
    let mut two = SqliteConnection::open(&path, Mode::ReadWrite).unwrap();
    two.execute("PRAGMA busy_timeout = 1").unwrap();
    one.execute("BEGIN EXCLUSIVE").unwrap();
    let error = two.execute("BEGIN IMMEDIATE").unwrap_err();
    assert_eq!(error, DbError::Locked { holder: this_process() });
}

#[test]
fn one_migrator_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let mut one = SqliteConnection::open(&path, Mode::Create).unwrap();
    let mut two = SqliteConnection::open(&path, Mode::Create).unwrap();
    one.lock(Duration::ZERO).unwrap();
    one.lock(Duration::ZERO).unwrap();
    let error = two.lock(Duration::from_millis(30)).unwrap_err();
    assert_eq!(error, DbError::Locked { holder: this_process() });
    // The lock is no lock on the database itself.
    two.execute("CREATE TABLE t (a)").unwrap();
    let waits = std::thread::spawn(move || two.lock(Duration::from_secs(60)));
    drop(one);
    waits.join().unwrap().unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    SqliteConnection::memory().unwrap().lock(Duration::ZERO).unwrap();
}

/// How this process appears as the holder of a lock.
fn this_process() -> String {
    if cfg!(not(target_os = "linux")) {
        return "another connection".to_owned();
    }
    let name = std::fs::read_to_string("/proc/self/comm").unwrap();
    format!("`{}` (process {})", name.trim_end(), std::process::id())
}
