//! A revision that is half done, what is said of it, and the ways out by hand.

use super::*;

/// Seven statements of raw SQL, of which the fourth was cut off.
fn place_cut_at_the_fourth(server: &Server, hold: fn(At) -> Hold) -> Place {
    let place = Place::on(server, "");
    place.project.write("models.toml", "");
    place.project.sql(
        "r1",
        "",
        "CREATE TABLE a (id int PRIMARY KEY);\n\
         CREATE TABLE b (id int PRIMARY KEY);\n\
         INSERT INTO a VALUES (1);\n\
         ALTER TABLE a ADD COLUMN c int;\n\
         UPDATE a SET c = 5;\n\
         ALTER TABLE b ADD COLUMN d int;\n\
         CREATE INDEX ix_b_d ON b (d);",
        "DROP TABLE a;\nDROP TABLE b;",
    );
    place.kill("upgrade", hold(At::Text("ALTER TABLE a")));
    place
}

/// What the whole revision leads to.
fn assert_done(place: &Place) {
    assert_eq!(place.query("SELECT id, c FROM a"), ["1 | 5"]);
    let index = "SELECT INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS \
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'b' AND INDEX_NAME <> 'PRIMARY'";
    assert_eq!(place.query(index), ["ix_b_d | d"]);
    assert_eq!(place.ok("current"), "r1 (head)\n");
    let log =
        place.query("SELECT revision, done, operations, finished_at IS NULL FROM limbeck_log");
    assert_eq!(log, ["r1 | 7 | 7 | 0"]);
}

const CUT_OFF: &str = "error: the upgrade of `r1` was cut off in operation 1 (raw SQL), and whether that was carried out \
    only a person can see: 3 of 7 are done for sure\n\
    hint: `db upgrade r1 --restart=4` runs it again, `--restart=5` goes on behind it, `db stamp` says that all is settled\n";

#[test]
fn it_is_shown() {
    for server in Server::every_mysql() {
        let place = place_cut_at_the_fourth(&server, Hold::Behind);
        assert_eq!(place.ok("current"), "r1 (half done: 3 of 7)\n");
        let (code, out, err) = place.run("current --format json");
        let (_, half) = out.split_once("\"half_done\"").unwrap();
        let half: String = half.split_whitespace().collect();
        let expected =
            ":{\"revision\":\"r1\",\"direction\":\"upgrade\",\"done\":3,\"operations\":7}}";
        assert_eq!((code, half.as_str(), err.as_str()), (Some(0), expected, ""), "{out}");
        let half = "error: the upgrade of `r1` is half done: 3 of 7\n\
            hint: `db upgrade r1` goes on with it, `db stamp` says that it is settled\n";
        for command in ["check", "downgrade base", "migrate -m x", "diff"] {
            assert_eq!(place.fails(command), half, "{command}");
        }
        assert_eq!(place.fails("check --format json"), half);
    }
}

#[test]
fn what_was_cut_off_and_not_done_runs_again() {
    for server in Server::every_mysql() {
        let place = place_cut_at_the_fourth(&server, Hold::Before);
        for _ in 0..2 {
            assert_eq!(place.fails("upgrade"), CUT_OFF);
        }
        let beyond = "error: the upgrade of `r1` has no part 9: there are 7\n\
            hint: `--restart` begins with the first, `--restart=8` says that all are done\n";
        assert_eq!(place.fails("upgrade --restart=9"), beyond);
        assert_eq!(place.fails("upgrade --restart=0"), beyond.replace("part 9", "part 0"));
        assert_eq!(place.fails("upgrade"), CUT_OFF);
        let title = place.either("MariaDB", "MySQL");
        let said = format!(
            "Running upgrade  -> r1, step r1\n\
             warning: revision `r1` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both\n"
        );
        assert_eq!(place.ok("upgrade r1 --restart=4"), said);
        assert_done(&place);
    }
}

#[test]
fn what_was_cut_off_and_done_is_passed_over() {
    for server in Server::every_mysql() {
        let place = place_cut_at_the_fourth(&server, Hold::Behind);
        assert_eq!(place.fails("upgrade"), CUT_OFF);
        let title = place.either("MariaDB", "MySQL");
        let said = format!(
            "Running upgrade  -> r1, step r1\n\
             warning: revision `r1` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both\n\
             error: revision `r1` stopped in operation 1 (raw SQL): 3 of 7 are done\n \
             --> migrations/versions/r1.sql:8:1\n  |\n\
             8 | ALTER TABLE a ADD COLUMN c int;\n  \
             | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
             caused by: Duplicate column name 'c'\n\
             note: the database stands at base\n\
             hint: mend what is left and run the command again: it goes on there; `db stamp` settles it otherwise\n"
        );
        assert_eq!(place.fails("upgrade --restart=4"), said);
        assert_eq!(place.ok("current"), "r1 (half done: 3 of 7)\n");
        place.ok("upgrade --restart=5");
        assert_done(&place);
    }
}

#[test]
fn a_person_settles_it() {
    for server in Server::every_mysql() {
        let place = place_cut_at_the_fourth(&server, Hold::Behind);
        place.execute(&["UPDATE a SET c = 5", "ALTER TABLE b ADD COLUMN d int"]);
        place.execute(&["CREATE INDEX ix_b_d ON b (d)"]);
        place.ok("stamp r1");
        assert_eq!(place.ok("current"), "r1 (head)\n");
        assert_eq!(place.query("SELECT count(*) FROM limbeck_log"), ["0"]);
        assert_eq!(place.ok("upgrade -v"), "Nothing to do.\n");

        let place = place_cut_at_the_fourth(&server, Hold::Behind);
        place.execute(&["UPDATE a SET c = 5", "ALTER TABLE b ADD COLUMN d int"]);
        place.execute(&["CREATE INDEX ix_b_d ON b (d)"]);
        place.ok("upgrade --restart=8");
        assert_done(&place);

        let place = place_cut_at_the_fourth(&server, Hold::Behind);
        place.execute(&["DROP TABLE a", "DROP TABLE b"]);
        place.ok("upgrade --restart");
        assert_done(&place);
    }
}

#[test]
fn the_way_back_is_cut_off() {
    for server in Server::every_mysql() {
        let place = Place::on(&server, "");
        let tables = "CREATE TABLE a (id int);\nCREATE TABLE b (id int);";
        place.project.sql("r1", "", tables, "DROP TABLE a;\nDROP TABLE b;");
        place.ok("upgrade");
        place.kill("downgrade base", Hold::Behind(At::Text("DROP TABLE a")));
        assert_eq!(place.ok("current"), "r1 (head)\nr1 (half done: 0 of 2)\n");
        let said = "error: the downgrade of `r1` was cut off in operation 1 (raw SQL), and whether that was carried out \
            only a person can see: 0 of 2 are done for sure\n\
            hint: `db downgrade r1-1 --restart=1` runs it again, `--restart=2` goes on behind it, `db stamp` says that all is settled\n";
        assert_eq!(place.fails("downgrade base"), said);
        place.ok("downgrade r1-1 --restart=2");
        assert_eq!(place.ok("current"), "");
        assert_eq!(place.dump(), Vec::<String>::new());
    }
}

#[test]
fn nothing_is_half_done() {
    let nothing = "error: no revision is half done, so there is nothing with which `--restart` could go on\n\
        hint: run the command without `--restart`\n";
    for place in Place::everywhere("") {
        place.project.sql("r1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        for command in ["upgrade --restart", "upgrade --restart=2"] {
            assert_eq!(place.fails(command), nothing);
        }
        place.ok("upgrade");
        for command in ["upgrade --restart=2", "downgrade base --restart=2"] {
            assert_eq!(place.fails(command), nothing);
        }
        assert_eq!(place.ok("current"), "r1 (head)\n");
    }
}

/// What was done of an operation in several statements is passed over, whatever its name is now.
#[test]
fn a_trigger_between_its_going_and_its_coming() {
    for place in Place::everywhere("") {
        place.execute(&[
            "CREATE TABLE a (id int)",
            "CREATE TRIGGER tr BEFORE INSERT ON a FOR EACH ROW SET NEW.id = 1",
        ]);
        let trigger = |id: i32| {
            format!("CREATE TRIGGER tr BEFORE INSERT ON a FOR EACH ROW SET NEW.id = {id}")
        };
        let body = format!(
            "[[upgrade]]\nreplace_trigger = \"tr\"\n\
             from = {{ table = \"a\", definition = \"{}\" }}\nto = {{ table = \"a\", definition = \"{}\" }}\n",
            trigger(1),
            trigger(2)
        );
        place.project.toml("r1", "", &body);
        let first = place.either("CREATE OR REPLACE TRIGGER", "DROP TRIGGER");
        place.kill("upgrade", Hold::Behind(At::Text(first)));
        place.ok("upgrade");
        let body = "SELECT ACTION_STATEMENT FROM information_schema.TRIGGERS \
            WHERE TRIGGER_SCHEMA = DATABASE()";
        assert_eq!(place.query(body), ["SET NEW.id = 2"]);
    }
}
