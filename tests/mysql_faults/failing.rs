//! Statements that fail: what stays, and how it goes on.

use super::*;

/// A revision of four operations, of which raw SQL is the second one.
fn script(second: &str) -> String {
    format!(
        "[[upgrade]]\ncreate_table = \"a\"\n\
         columns = [{{ name = \"id\", type = \"integer\", nullable = false, autoincrement = false }}, {{ name = \"n\", type = \"integer\" }}]\n\
         primary_key = {{ columns = [\"id\"] }}\n\
         [[upgrade]]\nexecute = \"{second}\"\n\
         [[upgrade]]\ncreate_unique = \"uq_a_n\"\ntable = \"a\"\ncolumns = [\"n\"]\n\
         [[upgrade]]\nalter_column = \"b.n\"\nfrom = {{ type = \"integer\" }}\nto = {{ type = \"integer\", nullable = false }}\n\
         [[downgrade]]\nalter_column = \"b.n\"\nfrom = {{ type = \"integer\", nullable = false }}\nto = {{ type = \"integer\" }}\n\
         [[downgrade]]\nexecute = \"DROP TABLE a\"\n"
    )
}

/// Fails at each of its operations but the first, one after the other, and is mended there.
#[test]
fn in_the_middle_and_in_the_last() {
    for place in Place::everywhere("") {
        place.execute(&["CREATE TABLE b (n int)", "INSERT INTO b VALUES (NULL)"]);
        let product = place.either("MariaDB", "MySQL");
        let title = product;
        let running = format!(
            "Running upgrade  -> r1, step r1\n\
             warning: revision `r1` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both\n"
        );
        let hint = "note: the database stands at base\n\
            hint: mend what is left and run the command again: it goes on there; `db stamp` settles it otherwise\n";

        place.project.toml("r1", "", &script("INSER INTO a VALUES (1, 1), (2, 1)"));
        let said = format!(
            "Running upgrade  -> r1, step r1\n\
             warning: revision `r1` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both\n\
             error: revision `r1` stopped in operation 2 (raw SQL): 1 of 4 are done\n \
             --> migrations/versions/r1.toml:9:12\n  |\n\
             9 | execute = \"INSER INTO a VALUES (1, 1), (2, 1)\"\n  \
             |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
             caused by: You have an error in your SQL syntax; check the manual that corresponds to your \
             {product} server version for the right syntax to use near 'INSER INTO a VALUES (1, 1), (2, 1)' at line 1\n\
             {hint}"
        );
        assert_eq!(place.fails("upgrade"), said);
        assert_eq!(place.ok("current"), "r1 (half done: 1 of 4)\n");

        place.project.toml("r1", "", &script("INSERT INTO a VALUES (1, 1), (2, 1)"));
        let key = place.either("'uq_a_n'", "'a.uq_a_n'");
        let said = format!(
            "{running}error: revision `r1` stopped in operation 3 (added unique constraint 'uq_a_n' on ['n']): 2 of 4 are done\n\
             caused by: Duplicate entry '1' for key {key}\n   \
             | ALTER TABLE `a` ADD UNIQUE KEY `uq_a_n` (`n`)\n\
             {hint}"
        );
        for _ in 0..2 {
            assert_eq!(place.fails("upgrade"), said);
            assert_eq!(place.ok("current"), "r1 (half done: 2 of 4)\n");
        }

        place.execute(&["UPDATE a SET n = id"]);
        let said = format!(
            "{running}error: revision `r1` stopped in operation 4 (NOT NULL on column 'b.n'): 3 of 4 are done\n\
             caused by: column `n` of table `b` holds NULL (1 row)\n\
             {hint}"
        );
        assert_eq!(place.fails("upgrade"), said);

        // What is done is not to change, and what is left may.
        place.project.toml("r1", "", &script("INSERT INTO a VALUES (1, 1)"));
        let edited = "error: the upgrade of `r1` is half done, and what is done of it was changed since\n\
            hint: put its first 3 back as they were, or bring the database in order by hand and settle it with `db stamp`\n";
        assert_eq!(place.fails("upgrade"), edited);
        let mended = script("INSERT INTO a VALUES (1, 1), (2, 1)") + "# mended\n";
        place.project.toml("r1", "", &mended);
        place.execute(&["UPDATE b SET n = 7"]);
        assert_eq!(place.ok("upgrade"), running);
        assert_eq!(place.query("SELECT * FROM a"), ["1 | 1", "2 | 2"]);
        assert_eq!(place.ok("current"), "r1 (head)\n");
        let log = place.query(LOG);
        assert_eq!(log.len(), 1);
        let file = place.project.path("migrations/versions/r1.toml");
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            log[0].starts_with("r1 | upgrade | 4 | 4 | 1 | ") && log[0].ends_with(&text),
            "{log:?}"
        );
        // The script in the log is the mended one, so it did not change after it ran.
        assert_eq!(place.ok("upgrade -v"), "Nothing to do.\n");
        let back = "Running downgrade r1 -> , step r1\n";
        assert_eq!(place.ok("downgrade base"), back);
    }
}

/// Of a revision of which nothing is done there is no row.
#[test]
fn in_the_first() {
    for place in Place::everywhere("") {
        let product = place.either("MariaDB", "MySQL");
        place.project.sql(
            "r1",
            "",
            "CREATE TABL a (id int);\nCREATE TABLE b (id int);",
            "DROP TABLE a, b;",
        );
        let said = format!(
            "Running upgrade  -> r1, step r1\n\
             error: revision `r1` stopped in operation 1 (raw SQL): 0 of 2 are done\n \
             --> migrations/versions/r1.sql:5:1\n  |\n\
             5 | CREATE TABL a (id int);\n  \
             | ^^^^^^^^^^^^^^^^^^^^^^\n\
             caused by: You have an error in your SQL syntax; check the manual that corresponds to your \
             {product} server version for the right syntax to use near 'TABL a (id int)' at line 1\n\
             note: the database stands at base\n\
             hint: mend what is left and run the command again: it goes on there; `db stamp` settles it otherwise\n"
        );
        for _ in 0..2 {
            assert_eq!(place.fails("upgrade"), said);
            assert_eq!(place.ok("current"), "");
            assert_eq!(place.query(LOG), Vec::<String>::new());
        }
        place.project.sql(
            "r1",
            "",
            "CREATE TABLE a (id int);\nCREATE TABLE b (id int);",
            "DROP TABLE a, b;",
        );
        assert_eq!(place.ok("upgrade"), "Running upgrade  -> r1, step r1\n");
        assert_eq!(place.ok("upgrade -v"), "Nothing to do.\n");
        assert_eq!(place.query("SELECT revision, done FROM limbeck_log"), ["r1 | 2"]);
    }
}

/// A change of a table in two statements, of which the second one fails: the first one stays.
#[test]
fn in_the_middle_of_an_operation() {
    for place in Place::everywhere("") {
        place.execute(&["CREATE TABLE b (n int, m int)", "INSERT INTO b VALUES (NULL, 1)"]);
        let body = "[[upgrade]]\nrename_column = \"b.m\"\nto = \"k\"\n\
             [[upgrade]]\nalter_column = \"b.n\"\nfrom = { type = \"integer\" }\nto = { type = \"integer\", nullable = false }\n";
        place.project.toml("r1", "", body);
        place.fails("upgrade");
        assert_eq!(place.ok("current"), "r1 (half done: 1 of 2)\n");
        place.execute(&["UPDATE b SET n = 7"]);
        assert_eq!(place.ok("upgrade"), "Running upgrade  -> r1, step r1\n");
        assert_eq!(place.query("SELECT k, n FROM b"), ["1 | 7"]);
    }
}
