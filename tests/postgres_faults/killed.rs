//! Runs that are stopped at any moment, by whomever: the next one goes on from there.

use super::*;

/// Twelve revisions that count how often they ran.
fn place(server: &Server, options: &str) -> Place {
    let place = Place::on(server, options);
    let project = &place.project;
    project.sql("r00", "", "CREATE TABLE ran (revision text, part int);", "DROP TABLE ran;");
    for number in 1..12 {
        let (id, parent) = (format!("r{number:02}"), format!("r{:02}", number - 1));
        let part = |part: i32| {
            format!(
                "INSERT INTO ran SELECT '{id}', {part} FROM pg_sleep(0.005);\n\
                 CREATE TABLE t{number}_{part} (id int);\n"
            )
        };
        project.sql(&id, &parent, &format!("{}{}{}", part(1), part(2), part(3)), "");
    }
    place
}

const LOG: &str = "SELECT revision, done, operations FROM limbeck_log ORDER BY id";
const RAN: &str = "SELECT revision, part, count(*) FROM ran GROUP BY 1, 2 ORDER BY 1, 2";
const TABLES: &str = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";

/// `stop` stops a run; whatever it leaves, the next run leads to the same end.
fn any_moment(server: &Server, options: &str, stop: impl Fn(&Place, &mut Child)) {
    let calm = place(server, options);
    let begin = Instant::now();
    calm.ok("upgrade");
    let whole = begin.elapsed();
    let facts = |place: &Place| [LOG, RAN, TABLES].map(|sql| place.query(sql));
    let expected = facts(&calm);
    for stops in [1_u32, 3, 7] {
        let place = place(server, options);
        for _ in 0..stops {
            let mut child = place.start("upgrade");
            std::thread::sleep(whole * 8 / (10 * stops));
            stop(&place, &mut child);
            child.wait().unwrap();
            // Looking is possible in whatever state it was left.
            place.ok("current");
        }
        place.ok("upgrade");
        assert_eq!(place.ok("current"), "r11 (head)\n");
        assert_eq!(facts(&place), expected);
    }
}

fn kill(_: &Place, child: &mut Child) {
    child.kill().unwrap();
}

#[test]
fn by_a_kill() {
    any_moment(&Server::postgres(), "", kill);
}

#[test]
fn by_a_kill_part_by_part() {
    any_moment(&Server::postgres(), "transaction = \"none\"", kill);
}

#[test]
fn by_a_kill_with_all_in_one_transaction() {
    any_moment(&Server::postgres(), "transaction = \"all\"", kill);
}

#[test]
fn by_the_server() {
    any_moment(&Server::postgres(), "transaction = \"none\"", |place, _| {
        place.end_sessions();
    });
}

#[test]
fn the_server_ends_the_connection() {
    for server in Server::every_postgres() {
        let place = Place::on(&server, "");
        place.project.sql("r1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        let slow = "CREATE TABLE b (id int);\nSELECT pg_sleep(60);";
        place.project.sql("r2", "r1", slow, "DROP TABLE b;");
        let child = place.start("upgrade");
        place.wait_for_sleep();
        place.end_sessions();
        let said = "Running upgrade  -> r1, step r1\n\
             Running upgrade r1 -> r2, step r2\n\
             error: revision `r2` failed in operation 1 (raw SQL) and was taken back\n \
             --> migrations/versions/r2.sql:6:1\n  |\n\
             6 | SELECT pg_sleep(60);\n  \
             | ^^^^^^^^^^^^^^^^^^^\n\
             caused by: the connection to the database was lost: terminating connection due to administrator command\n\
             hint: what was not committed is taken back: `db current` says where the database stands\n";
        assert_eq!(end(child), (Some(1), said.to_owned()));
        assert_eq!(place.ok("current"), "r1\n");
        place.project.sql("r2", "r1", "CREATE TABLE b (id int);", "DROP TABLE b;");
        assert_eq!(place.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
    }
}

#[test]
fn half_of_it_is_done() {
    let place = Place::new("");
    let slow = "CREATE TABLE a (id int);\nSELECT pg_sleep(60);\nCREATE TABLE b (id int);";
    place.project.sql_with("r1", "", "-- transaction: false\n", slow, "DROP TABLE a, b;");
    let mut child = place.start("upgrade");
    place.wait_for_sleep();
    child.kill().unwrap();
    child.wait().unwrap();
    // The server would not notice before the statement ends.
    place.end_sessions();
    assert_eq!(place.ok("current"), "r1 (half done: 1 of 3)\n");
    let half = "error: the upgrade of `r1` is half done: 1 of 3\n\
        hint: `db upgrade r1` goes on with it, `db stamp` says that it is settled\n";
    assert_eq!(place.fails("check"), half);
    assert_eq!(place.fails("downgrade base"), half);

    let child = place.start("upgrade");
    place.wait_for_sleep();
    signal(&child, "-INT");
    let (code, said) = end(child);
    assert_eq!(
        (code, said.as_str()),
        (
            Some(1),
            "Running upgrade  -> r1, step r1\n\
             Stopping; once more ends at once.\n\
             error: revision `r1` stopped in operation 1 (raw SQL): 1 of 3 are done\n \
             --> migrations/versions/r1.sql:7:1\n  |\n\
             7 | SELECT pg_sleep(60);\n  \
             | ^^^^^^^^^^^^^^^^^^^\n\
             caused by: it was interrupted\n\
             note: the database stands at base\n\
             hint: run the command again: it goes on from where the database stands\n"
        )
    );
    let text = place.project.path("migrations/versions/r1.sql");
    let quick = std::fs::read_to_string(&text).unwrap().replace("(60)", "(0)");
    place.project.write("migrations/versions/r1.sql", &quick);
    assert_eq!(
        place.ok("upgrade -v"),
        "Running upgrade  -> r1, step r1\nSELECT pg_sleep(0);\nCREATE TABLE b (id int);\n"
    );
    assert_eq!(place.ok("current"), "r1 (head)\n");
}

#[test]
fn an_index_that_was_being_made_concurrently() {
    let place = Place::before_index("");
    for how in ["-KILL", "-INT"] {
        // It waits for all who write, after it has noted that there is an index.
        let mut writer = place.database.client();
        let mut transaction = writer.transaction().unwrap();
        transaction.batch_execute("INSERT INTO a VALUES (1)").unwrap();
        let mut child = place.start("upgrade");
        until(|| place.query(VALID) == ["f"]);
        signal(&child, how);
        if how == "-INT" {
            let (code, said) = end(child);
            assert_eq!(
                (code, said.as_str()),
                (
                    Some(1),
                    "Running upgrade r1 -> r2, step r2\n\
                     Stopping; once more ends at once.\n\
                     error: revision `r2` stopped in operation 1 (added index 'ix_a' on ['id']): 0 of 1 are done\n\
                     caused by: it was interrupted\n   \
                     | CREATE INDEX CONCURRENTLY \"ix_a\" ON \"a\" (\"id\")\n\
                     note: the database stands at r1\n\
                     hint: run the command again: it goes on from where the database stands\n"
                )
            );
        } else {
            child.wait().unwrap();
            // The server would go on with it.
            place.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND query LIKE 'CREATE INDEX%'",
            );
        }
        transaction.commit().unwrap();
        assert_eq!(place.query(VALID), ["f"]);
        assert_eq!(
            place.ok("upgrade -v"),
            "Running upgrade r1 -> r2, step r2\n\
             DROP INDEX CONCURRENTLY \"ix_a\";\n\
             CREATE INDEX CONCURRENTLY \"ix_a\" ON \"a\" (\"id\");\n"
        );
        assert_eq!(place.query(VALID), ["t"]);
        place.ok("downgrade");
    }
}

#[test]
fn an_index_that_the_server_finishes_after_the_kill() {
    let place = Place::before_index("");
    let mut writer = place.database.client();
    let mut transaction = writer.transaction().unwrap();
    transaction.batch_execute("INSERT INTO a VALUES (1)").unwrap();
    let mut child = place.start("upgrade");
    until(|| place.query(VALID) == ["f"]);
    child.kill().unwrap();
    child.wait().unwrap();
    // The session that goes on still has the lock.
    let next = place.start("upgrade -v");
    transaction.commit().unwrap();
    let said = "Running upgrade r1 -> r2, step r2\n\
         CREATE INDEX CONCURRENTLY IF NOT EXISTS \"ix_a\" ON \"a\" (\"id\");\n\
         -- notice: relation \"ix_a\" already exists, skipping\n";
    assert_eq!(end(next), (Some(0), said.to_owned()));
    assert_eq!(place.query(VALID), ["t"]);
}
