use super::*;
use std::io::Read;
use std::net::TcpListener;

/// The message and the hint of an address that leads nowhere.
fn refused(url: &str) -> (String, String) {
    let Err(error) = open(url) else { panic!("{url} was opened") };
    let all = format!("{error:?} {error} {:?}", error.hint());
    assert!(!all.contains("secret"), "{all}");
    (error.to_string(), error.hint().unwrap_or_default())
}

#[test]
fn addresses_that_are_wrong() {
    for (url, message, hint) in [
        (
            "mysql://me:secret@localhost",
            "cannot open `mysql://me:***@localhost`: it names no database",
            "write `mysql://user:password@host/database`",
        ),
        (
            "mariadb://me@localhost/?password=secret",
            "cannot open `mariadb://me@localhost/?password=***`: it names no database",
            "write `mariadb://user:password@host/database`",
        ),
        (
            "mysql://me@localhost/app?ssl_moda=required",
            "cannot open `mysql://me@localhost/app?ssl_moda=required`: there is no option `ssl_moda`",
            "did you mean `ssl-mode`?",
        ),
        (
            "mysql://me@localhost/app?zzz=1",
            "cannot open `mysql://me@localhost/app?zzz=1`: there is no option `zzz`",
            "leave it out: it means something to another client",
        ),
        (
            "mysql://me@localhost/app?sslmode=verify-full",
            "cannot open `mysql://me@localhost/app?sslmode=verify-full`: there is no `sslmode=verify-full`",
            "there are `disabled`, `preferred`, `required`, `verify-ca`, `verify-identity`",
        ),
        (
            "mysql://me@localhost/app?ssl-mode=required&ssl_mode=disabled",
            "cannot open `mysql://me@localhost/app?ssl-mode=required&ssl_mode=disabled`: \
             `ssl-mode` and `ssl_mode` are the same option",
            "leave one of them out",
        ),
        (
            "mysql://me@localhost/app?charset=latin1",
            "cannot open `mysql://me@localhost/app?charset=latin1`: `charset=latin1` cannot be followed",
            "everything is UTF-8: leave it out",
        ),
        (
            "mysql://me@localhost/app?connect_timeout=soon",
            "cannot open `mysql://me@localhost/app?connect_timeout=soon`: `connect_timeout=soon` is no time",
            "it is a number of seconds",
        ),
        (
            "mysql://me@localhost/app?ssl-mode=verify-ca",
            "cannot open `mysql://me@localhost/app?ssl-mode=verify-ca`: \
             `ssl-mode=verify-ca` says nothing without an authority",
            "name its file: `ssl-ca=ca.pem`; or write `ssl-mode=verify-identity`",
        ),
        (
            "mysql://me@localhost/app?ssl-cert=a.pem",
            "cannot open `mysql://me@localhost/app?ssl-cert=a.pem`: `ssl-cert` is without its key",
            "name it: `ssl-key=client-key.pem`",
        ),
        (
            "mysql://me@h1,h2/app",
            "cannot open `mysql://me@h1,h2/app`: it names several servers",
            "write the one that takes changes",
        ),
    ] {
        assert_eq!(refused(url), (message.to_owned(), hint.to_owned()));
    }
}

#[test]
fn nobody_is_there() {
    let running = "is the server running, and are the host and the port right?";
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("mysql://me:secret@127.0.0.1:{port}/app");
    let shown = url.replace("secret", "***");
    assert_eq!(
        refused(&url),
        (
            format!("cannot open `{shown}`: nobody answers at `127.0.0.1:{port}`"),
            running.to_owned()
        )
    );
    let url = "mysql://me@/app?socket=/nowhere/socket";
    assert_eq!(
        refused(url),
        (format!("cannot open `{url}`: there is no socket `/nowhere/socket`"), running.to_owned())
    );
    let (message, _) = refused("mysql://me@nowhere.invalid/app");
    let start =
        "cannot open `mysql://me@nowhere.invalid/app`: the host `nowhere.invalid` is not known: ";
    assert!(message.starts_with(start), "{message}");
}

/// Someone takes the call and says nothing, or something else.
#[test]
fn somebody_else_is_there() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = silent.local_addr().unwrap();
    let url = format!("mysql://me@{place}/app?connect_timeout=1");
    assert_eq!(
        refused(&url),
        (
            format!("cannot open `{url}`: `{place}` gave no answer within 1 s"),
            "is the host right? `connect_timeout` says how long to wait".to_owned()
        )
    );
    let rude = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = rude.local_addr().unwrap();
    thread::spawn(move || {
        while let Ok((mut call, _)) = rude.accept() {
            let _ = call.read(&mut [0; 1]);
        }
    });
    let url = format!("mysql://me@{place}/app");
    // Whoever hangs up says nothing more.
    let Err(error) = open(&format!("{url}?connect_timeout=1")) else { panic!() };
    assert!(error.to_string().contains(&format!("`{place}` gave no answer within 1 s")), "{error}");
}

#[test]
fn a_server_refuses() {
    for (flavour, server) in servers() {
        let database = server.database();
        let (place, name) = (database.place(), database.name());
        let user = &name[..28];
        server.execute(&format!("CREATE USER {user} IDENTIFIED BY 'secret'")).unwrap();
        let host = "localhost";

        let url = format!("mysql://{user}:secret_no@{place}/{name}");
        assert_eq!(
            refused(&url),
            (
                format!(
                    "cannot open `mysql://{user}:***@{place}/{name}`: \
                     Access denied for user '{user}'@'{host}' (using password: YES)"
                ),
                "are the user and the password in the address right?".to_owned()
            )
        );
        let url = format!("mysql://{user}@{place}/{name}");
        assert_eq!(
            refused(&url),
            (
                format!(
                    "cannot open `{url}`: Access denied for user '{user}'@'{host}' (using password: NO)"
                ),
                "the password is in the address or in `MYSQL_PWD`".to_owned()
            )
        );
        let url = format!("mysql://{user}:secret@{place}/{name}");
        assert_eq!(
            refused(&url),
            (
                format!(
                    "cannot open `mysql://{user}:***@{place}/{name}`: \
                     Access denied for user '{user}'@'%' to database '{name}'"
                ),
                format!("``GRANT ALL ON `{name}`.* TO `{user}` `` gives the right")
            )
        );
        let missing = format!("{name}_no");
        let url = format!("{}_no", database.url());
        let _ = flavour;
        assert_eq!(
            refused(&url),
            (
                format!("cannot open `{url}`: Unknown database '{missing}'"),
                format!("``CREATE DATABASE `{missing}` `` makes it")
            )
        );
        server.execute(&format!("GRANT SELECT ON {name}.* TO {user}")).unwrap();
        session(&database).execute("CREATE TABLE t (a int)").unwrap();
        let mut db = open(&format!("mysql://{user}:secret@{place}/{name}")).unwrap();
        assert_eq!(value(&mut db, "SELECT count(*) FROM t"), "0");
        let sql = "DROP TABLE t";
        let error = db.execute(sql).unwrap_err();
        let message = error.to_string();
        assert!(
            message.starts_with(&format!("DROP command denied to user '{user}'@'{host}'")),
            "{message}"
        );
        let hint = "an administrator gives the right: `GRANT ALL ON database.* TO user`".to_owned();
        assert_eq!(error, DbError::NoRight { sql: Some(sql.to_owned()), what: message, hint });
        server.execute(&format!("DROP USER {user}")).unwrap();
    }
}

/// All forms of an address lead to the server.
#[test]
fn addresses() {
    for (_, server) in servers() {
        let database = server.database();
        let (place, name) = (database.place(), database.name());
        let (host, port) = place.rsplit_once(':').unwrap();
        let socket = value(&mut session(&database), "SELECT @@socket");
        let encoded = socket.replace('/', "%2F");
        for url in [
            format!("mysql://root@{place}/{name}"),
            format!("mariadb://root@{place}/{name}"),
            format!("mysql+pymysql://root@{place}/{name}?charset=utf8mb4"),
            format!("MariaDB+mariadbconnector://root@localhost:{port}/{name}"),
            format!("mysql:///{name}?host={host}&port={port}&user=root"),
            format!("mysql://root@{place}/{name}?ssl-mode=PREFERRED&connect_timeout=5"),
            format!("mysql://root@{place}/{name}?ssl_mode=disabled"),
        ] {
            let mut db = open(&url).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!(value(&mut db, "SELECT DATABASE()"), name);
        }
        for url in [
            format!("mysql://root@localhost/{name}?unix_socket={encoded}"),
            format!("mysql://root@/{name}?socket={socket}"),
            format!("mysql://root@{encoded}/{name}?ssl-mode=required"),
        ] {
            // The test servers' folder may be closed to others.
            let mut db = open(&url).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!(value(&mut db, "SELECT DATABASE()"), name);
        }
    }
}

fn failure(db: &mut dyn Connection, sql: &str) -> String {
    let error = db.execute(sql).unwrap_err();
    let message = error.to_string();
    assert_eq!(
        error,
        DbError::Statement { sql: sql.to_owned(), message: message.clone(), at: None }
    );
    message
}

#[test]
fn statements_fail() {
    for (flavour, server) in servers() {
        let database = server.database();
        let mut db = session(&database);
        let name = database.name();
        let product = match flavour {
            Flavour::MySql => "MySQL",
            Flavour::MariaDb => "MariaDB",
        };
        assert_eq!(
            failure(&mut db, "SELEC 1"),
            format!(
                "You have an error in your SQL syntax; check the manual that corresponds to your \
                 {product} server version for the right syntax to use near 'SELEC 1' at line 1"
            )
        );
        assert_eq!(
            failure(&mut db, "INSERT INTO missing VALUES (1)"),
            format!("Table '{name}.missing' doesn't exist")
        );
        db.execute("CREATE TABLE t (a int PRIMARY KEY)").unwrap();
        // An error behind the first statement, and one behind the first rows.
        let doubled = failure(&mut db, "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)");
        let entry = if flavour == Flavour::MySql { "'t.PRIMARY'" } else { "'PRIMARY'" };
        assert_eq!(doubled, format!("Duplicate entry '1' for key {entry}"));
        assert_eq!(
            failure(&mut db, "SELECT a, (SELECT 1 UNION SELECT a + 1) FROM t"),
            "Subquery returns more than 1 row"
        );
        assert_eq!(
            failure(&mut db, "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t"),
            "`LOAD DATA LOCAL` needs a client that has the file: write `INSERT`"
        );
        assert_eq!(value(&mut db, "SELECT count(*) FROM t"), "1");
    }
}

/// The session ends while a statement runs, and nothing is run by another one instead.
#[test]
fn the_server_ends_the_session() {
    for (_, server) in servers() {
        let database = server.database();
        let mut db = session(&database);
        let id = value(&mut db, "SELECT CONNECTION_ID()");
        let mut other = session(&database);
        let killing = thread::spawn(move || {
            let busy = format!(
                "SELECT count(*) FROM information_schema.PROCESSLIST WHERE ID = {id} AND STATE = 'User sleep'"
            );
            while value(&mut other, &busy) == "0" {
                thread::sleep(Duration::from_millis(20));
            }
            other.execute(&format!("KILL CONNECTION {id}")).unwrap();
        });
        let sql = "DO SLEEP(30)";
        let error = db.execute(sql).unwrap_err();
        killing.join().unwrap();
        assert!(matches!(&error, DbError::Lost { sql: it, .. } if it == sql), "{error:?}");
        let again = db.execute("SELECT 1").unwrap_err();
        assert!(matches!(&again, DbError::Lost { sql, .. } if sql == "SELECT 1"), "{again:?}");
        assert_eq!(again.to_string(), error.to_string());
    }
}
