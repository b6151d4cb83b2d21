//! Runs that end at any statement, by a kill or for want of a connection: the next one goes on, and
//! leads to what an undisturbed run leads to.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// Before the revision of ten operations.
fn place(server: &Server) -> Place {
    let place = Place::on(server, "");
    place.project.write("migrations/versions/r1.toml", include_str!("revision.toml"));
    place.execute(&[
        "CREATE TABLE customer (id int PRIMARY KEY, nick varchar(20), age int)",
        "INSERT INTO customer (id, nick) VALUES (1, 'ada'), (2, 'bob')",
        "CREATE TABLE city (id int PRIMARY KEY, name varchar(20)) COMMENT 'cities'",
        "INSERT INTO city VALUES (1, 'Bern')",
    ]);
    place
}

/// What an undisturbed run leads to, and its statements that write.
struct Calm {
    written: usize,
    dump: Vec<String>,
    log: Vec<String>,
}

fn calm(place: &Place, args: &str) -> Calm {
    let relay = Relay::before(&place.database, Hold::Nowhere);
    let (code, said) = end(place.start_at(relay.url(), args));
    assert_eq!(code, Some(0), "{said}");
    Calm { written: relay.written().len(), dump: place.dump(), log: place.query(LOG) }
}

/// Stops the run at one place, and runs it again.
fn stopped(place: &Place, args: &str, calm: &Calm, is_kill: bool, hold: Hold) {
    match is_kill {
        true => place.kill(args, hold),
        false => {
            let said = place.cut(args, hold);
            let why = |it: &&str| it.starts_with("caused by: ") || it.starts_with("hint: ");
            let expected = [
                "caused by: the connection to the database was lost: server disconnected",
                "hint: what was not committed is taken back: `db current` says where the database stands",
            ];
            assert_eq!(said.lines().filter(why).collect::<Vec<_>>(), expected, "{hold:?}");
        }
    }
    // Looking is possible in whatever state it was left.
    place.ok("current");
    place.ok(args);
    assert_eq!(place.dump(), calm.dump, "{args} {hold:?}");
    assert_eq!(place.query(LOG), calm.log, "{args} {hold:?}");
}

/// Ends runs at each of their statements: kills every other one behind it and cuts the rest before it,
/// on the way back the other way round.
fn at_any_statement(server: &Server) {
    let undisturbed = place(server);
    let up = calm(&undisturbed, "upgrade");
    let down = calm(&undisturbed, "downgrade base");
    assert!(up.written > 30 && down.written > 20, "{} {}", up.written, down.written);
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed) + 1;
            let is_kill = at.is_multiple_of(2);
            if at > up.written {
                return;
            }
            let place = place(server);
            let at_it = At::Number(at);
            let hold = |is_kill| if is_kill { Hold::Behind(at_it) } else { Hold::Before(at_it) };
            stopped(&place, "upgrade", &up, is_kill, hold(is_kill));
            if at <= down.written {
                stopped(&place, "downgrade base", &down, !is_kill, hold(!is_kill));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
}

#[test]
fn at_any_statement_on_mariadb() {
    at_any_statement(&Server::mariadb());
}

#[test]
fn at_any_statement_on_mysql() {
    if let Some(server) = Server::mysql() {
        at_any_statement(&server);
    }
}

/// What is said when the connection ends in a change of the schema, and in one of rows.
#[test]
fn the_connection_is_lost() {
    for place in Place::everywhere("") {
        let body = "[[upgrade]]\ncreate_table = \"a\"\ncolumns = [{ name = \"id\", type = \"integer\" }]\n\
             [[upgrade]]\ninsert = \"a\"\nrows = [{ id = 1 }]\n\
             [[upgrade]]\ncreate_table = \"b\"\ncolumns = [{ name = \"id\", type = \"integer\" }]\n";
        place.project.toml("r1", "", body);
        let title = place.either("MariaDB", "MySQL");
        let said = |operation: &str, done: usize, sql: &str| {
            format!(
                "Running upgrade  -> r1, step r1\n\
                 warning: revision `r1` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both\n\
                 error: revision `r1` stopped in operation {operation}: {done} of 3 are done\n\
                 caused by: the connection to the database was lost: server disconnected\n   \
                 | {sql}\n\
                 hint: what was not committed is taken back: `db current` says where the database stands\n"
            )
        };
        for (at, operation, done, sql) in [
            (
                "INSERT INTO `a`",
                "2 (1 row(s) for table 'a')",
                1,
                "INSERT INTO `a` (`id`) VALUES\n   |     (1)",
            ),
            (
                "CREATE TABLE `b`",
                "3 (added table 'b')",
                2,
                "CREATE TABLE `b` (\n   |     `id` int\n   | )",
            ),
        ] {
            let lost = place.cut("upgrade", Hold::Behind(At::Text(at)));
            assert_eq!(lost, said(operation, done, sql));
            assert_eq!(place.ok("current"), format!("r1 (half done: {done} of 3)\n"));
        }
        place.ok("upgrade");
        assert_eq!(place.query("SELECT * FROM a"), ["1"]);
        assert_eq!(place.query("SELECT * FROM b"), Vec::<String>::new());
    }
}

/// The server says of what a person interrupts that it was not carried out: nobody has to look.
#[test]
fn a_person_interrupts() {
    use mysql::prelude::Queryable;
    for place in Place::everywhere("") {
        place.execute(&["CREATE TABLE b (id int)", "INSERT INTO b VALUES (1)"]);
        let up = "CREATE TABLE a (id int);\nALTER TABLE b ADD COLUMN n int;";
        place.project.sql("r1", "", up, "DROP TABLE a, b;");
        let mut holder = place.database.mysql();
        holder.query_drop("START TRANSACTION").unwrap();
        holder.query_drop("SELECT * FROM b").unwrap();
        let child = place.start("upgrade");
        let waiting = format!(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '{}' AND STATE LIKE '%metadata lock'",
            place.database.name()
        );
        until(|| !place.query(&waiting).is_empty());
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        let said = "Running upgrade  -> r1, step r1\n\
             Stopping; once more ends at once.\n\
             error: revision `r1` stopped in operation 1 (raw SQL): 1 of 2 are done\n \
             --> migrations/versions/r1.sql:6:1\n  |\n\
             6 | ALTER TABLE b ADD COLUMN n int;\n  \
             | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
             caused by: it was interrupted\n\
             note: the database stands at base\n\
             hint: run the command again: it goes on from where the database stands\n";
        assert_eq!(end(child), (Some(1), said.to_owned()));
        assert_eq!(place.ok("current"), "r1 (half done: 1 of 2)\n");
        holder.query_drop("COMMIT").unwrap();
        assert_eq!(place.ok("upgrade"), "Running upgrade  -> r1, step r1\n");
        assert_eq!(place.query("SELECT id, n FROM b"), ["1 | NULL"]);
    }
}

/// All is done, and only that it is cannot be written: nothing runs again.
#[test]
fn the_end_cannot_be_written() {
    use mysql::prelude::Queryable;
    for place in Place::everywhere("lock_timeout = \"1s\"") {
        place.project.sql("r1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        place.ok("upgrade");
        place.project.sql("r2", "r1", "CREATE TABLE b (id int);", "DROP TABLE b;");
        let mut holder = place.database.mysql();
        holder.query_drop("START TRANSACTION").unwrap();
        holder.query_drop("SELECT * FROM limbeck_version FOR UPDATE").unwrap();
        let said = place.fails("upgrade");
        let start = "Running upgrade r1 -> r2, step r2\n\
             error: revision `r2` stopped: 1 of 1 are done\n\
             caused by: the database is locked by connection ";
        assert!(said.starts_with(start), "{said}");
        assert_eq!(place.ok("current"), "r1\nr2 (half done: 1 of 1)\n");
        holder.query_drop("COMMIT").unwrap();
        assert_eq!(place.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
        assert_eq!(place.ok("current"), "r2 (head)\n");
    }
}
