//! Many who migrate the same database at the same time, and others who are in the way.

use super::*;

/// The text with the numbers of connections and times taken out.
fn without_numbers(text: &str) -> String {
    let mut plain = String::new();
    for (at, piece) in text.split("connection ").enumerate() {
        let rest = piece.trim_start_matches(|it: char| it.is_ascii_digit());
        match at {
            0 => plain.push_str(piece),
            _ if rest.len() < piece.len() => plain.push_str(&format!("connection N{rest}")),
            _ => plain.push_str(&format!("connection {piece}")),
        }
    }
    while let Some(at) = plain.find(" since 20") {
        plain.replace_range(at + " since ".len()..at + " since 2026-01-01T00:00:00Z".len(), "THEN");
    }
    plain
}

#[test]
fn sixteen_at_once_run_each_revision_once() {
    for place in Place::everywhere("") {
        place.project.sql("a1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        place.project.sql("b2", "a1", "INSERT INTO a VALUES (1);", "DELETE FROM a;");
        place.project.sql("c3", "b2", "ALTER TABLE a ADD COLUMN b int;", "DROP TABLE a;");
        let all: Vec<_> = (0..16).map(|_| place.start("upgrade")).collect();
        let mut said: Vec<_> = all.into_iter().map(end).collect();
        said.retain(|(code, said)| (*code, said.as_str()) != (Some(0), ""));
        let ran = "Running upgrade  -> a1, step a1\n\
             Running upgrade a1 -> b2, step b2\n\
             Running upgrade b2 -> c3, step c3\n";
        assert_eq!(said, [(Some(0), ran.to_owned())]);
        assert_eq!(place.query("SELECT revision FROM limbeck_log ORDER BY id"), ["a1", "b2", "c3"]);
        assert_eq!(place.query("SELECT * FROM a"), ["1 | NULL"]);
        assert_eq!(place.query("SELECT version_num FROM limbeck_version"), ["c3"]);
    }
}

#[test]
fn a_migrator_that_waits_too_long_is_told_for_whom() {
    for place in Place::everywhere("lock_timeout = \"300ms\"") {
        place.project.sql("r1", "", "DO SLEEP(60);", "");
        let mut first = place.start("upgrade");
        place.wait_for_sleep();
        let said = place.fails("upgrade");
        first.kill().unwrap();
        first.wait().unwrap();
        let who = place.either("`root`", "`limbeck` of `root`");
        let expected = format!(
            "error: the database is locked by connection N ({who} from `localhost`), which since THEN runs `DO SLEEP(60)`\n\
             hint: wait for it to end; `lock_timeout` in db.toml says for how long\n"
        );
        assert_eq!(without_numbers(&said), expected);
        assert_eq!(place.ok("current"), "");
    }
}

#[test]
fn a_table_that_somebody_holds() {
    for place in Place::everywhere("lock_timeout = \"1s\"") {
        use mysql::prelude::Queryable;
        place.execute(&["CREATE TABLE a (id int)", "INSERT INTO a VALUES (1)"]);
        place.project.sql(
            "r1",
            "",
            "CREATE TABLE b (id int);\nALTER TABLE a ADD COLUMN b int;",
            "ALTER TABLE a DROP COLUMN b;",
        );
        let mut holder = place.database.mysql();
        holder.query_drop("START TRANSACTION").unwrap();
        holder.query_drop("SELECT * FROM a").unwrap();
        let who = place.either("`root`", "`HOLDER` of `root`");
        let said = format!(
            "Running upgrade  -> r1, step r1\n\
             error: revision `r1` stopped in operation 1 (raw SQL): 1 of 2 are done\n\
             caused by: the database is locked by connection N ({who} from `localhost`), idle since THEN\n\
             note: the database stands at base\n\
             hint: wait for it to end; `lock_timeout` in db.toml says for how long\n"
        );
        // The driver of the tests gives the name of their program.
        let program = std::env::args().next().unwrap();
        let answer = place.fails("upgrade").replace(&program, "HOLDER");
        assert_eq!(without_numbers(&answer), said);
        assert_eq!(place.ok("current"), "r1 (half done: 1 of 2)\n");
        holder.query_drop("COMMIT").unwrap();
        assert_eq!(place.ok("upgrade"), "Running upgrade  -> r1, step r1\n");
        assert_eq!(place.ok("current"), "r1 (head)\n");
    }
}
