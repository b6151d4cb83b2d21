//! What is held by somebody else, and what takes too long.

use super::*;

/// The text with every process, time and port called by one name.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("process ") {
        let (before, behind) = rest.split_at(at + "process ".len());
        out.push_str(before);
        out.push('N');
        rest = behind.trim_start_matches(|it: char| it.is_ascii_digit());
    }
    out.push_str(rest);
    let since = out.match_indices(" since 20").map(|it| it.0).collect::<Vec<_>>();
    for at in since.into_iter().rev() {
        out.replace_range(at + " since ".len()..at + " since 2026-01-01T00:00:00Z".len(), "THEN");
    }
    out
}

#[test]
fn a_second_migrator_waits_and_then_has_nothing_to_do() {
    let place = Place::new("");
    place.project.sql("r1", "", "CREATE TABLE a (id int);\nSELECT pg_sleep(1);", "DROP TABLE a;");
    let first = place.start("upgrade");
    place.wait_for_sleep();
    let second = place.start("upgrade -v");
    assert_eq!(end(second), (Some(0), "Nothing to do.\n".to_owned()));
    assert_eq!(end(first), (Some(0), "Running upgrade  -> r1, step r1\n".to_owned()));
}

#[test]
fn a_migrator_that_waits_too_long_is_told_for_whom() {
    let directly = "process N (`limbeck` of `postgres`) since THEN";
    let pooled = "`limbeck` of `postgres` (process N of its machine) through a pooler since THEN";
    for (server, holder) in [(Server::postgres(), directly), (Server::pgbouncer(), pooled)] {
        let place = Place::on(&server, "lock_timeout = \"300ms\"");
        place.project.sql("r1", "", "SELECT pg_sleep(60);", "");
        let mut first = place.start("upgrade");
        place.wait_for_sleep();
        let said = place.fails("upgrade");
        first.kill().unwrap();
        first.wait().unwrap();
        let expected = format!(
            "error: the database is locked by {holder}\n\
             hint: wait for it to end; `lock_timeout` in db.toml says for how long\n"
        );
        assert_eq!(without_numbers(&said), expected);
    }
}

#[test]
fn a_table_that_somebody_holds() {
    let place = Place::new("lock_timeout = \"2s\"");
    place.project.sql("r1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
    place.project.sql(
        "r2",
        "r1",
        "ALTER TABLE a ADD COLUMN b int;",
        "ALTER TABLE a DROP COLUMN b;",
    );
    place.ok("upgrade r1");
    let mut holder = place.database.client();
    holder.batch_execute("SET application_name = 'the clerk'; BEGIN; SELECT * FROM a").unwrap();
    assert_eq!(
        without_numbers(&place.fails("upgrade")),
        "Running upgrade r1 -> r2, step r2\n\
         error: revision `r2` failed in operation 1 (raw SQL) and was taken back\n\
         caused by: the database is locked by process N (`the clerk` of `postgres`) since THEN, \
         which last ran `SET application_name = 'the clerk'; BEGIN; SELECT * FROM a`\n\
         note: the database stands at r1\n\
         hint: wait for it to end; `lock_timeout` in db.toml says for how long\n"
    );
    holder.batch_execute("COMMIT").unwrap();
    assert_eq!(place.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
}

#[test]
fn a_statement_that_takes_too_long() {
    let place = Place::new("statement_timeout = \"300ms\"");
    let slow = "CREATE TABLE a (id int);\nSELECT pg_sleep(60);";
    place.project.sql("r1", "", slow, "DROP TABLE a;");
    assert_eq!(
        place.fails("upgrade"),
        "Running upgrade  -> r1, step r1\n\
         error: revision `r1` failed in operation 1 (raw SQL) and was taken back\n \
         --> migrations/versions/r1.sql:6:1\n  |\n\
         6 | SELECT pg_sleep(60);\n  \
         | ^^^^^^^^^^^^^^^^^^^\n\
         caused by: the statement ran for longer than 300 ms\n\
         note: the database stands at base\n\
         hint: `statement_timeout` in db.toml says how long one may run\n"
    );
    assert_eq!(place.query("SELECT to_regclass('a')"), ["NULL"]);
}

#[test]
fn an_index_that_waits_for_somebody() {
    let place = Place::before_index("lock_timeout = \"1s\"");
    let mut holder = place.database.client();
    holder.batch_execute("SET application_name = 'the clerk'").unwrap();
    let mut open = holder.transaction().unwrap();
    open.batch_execute("INSERT INTO a VALUES (1)").unwrap();
    assert_eq!(
        without_numbers(&place.fails("upgrade")),
        "Running upgrade r1 -> r2, step r2\n\
         error: revision `r2` stopped in operation 1 (added index 'ix_a' on ['id']): 0 of 1 are done\n\
         caused by: the database is locked by process N (`the clerk` of `postgres`) since THEN, \
         which last ran `INSERT INTO a VALUES (1)`\n\
         note: the database stands at r1\n\
         hint: wait for it to end; `lock_timeout` in db.toml says for how long\n"
    );
    open.commit().unwrap();
    assert_eq!(place.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
    assert_eq!(place.query(VALID), ["t"]);
}
