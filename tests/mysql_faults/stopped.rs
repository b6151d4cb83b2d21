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
            let lost = "caused by: the connection to the database was lost: ";
            assert!(said.contains(lost), "{hold:?}: {said}");
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
            let is_kill = at % 2 == 0;
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
