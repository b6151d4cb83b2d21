//! What scripts may say of transactions.

use super::*;

fn refused(up: &str) -> String {
    let project = Project::new("");
    project.sql("r1", "", &format!("CREATE TABLE t (a);\n{up};\nCREATE TABLE u (a);"), "");
    let error = project.fails("upgrade");
    assert_eq!(project.dump_all(), [""; 0]);
    let first = "error: revision `r1` cannot run, and nothing ran: operation 1 (raw SQL)\n";
    error.strip_prefix(first).unwrap_or_else(|| panic!("{error}")).to_owned()
}

#[test]
fn a_script_cannot_end_the_transaction_it_runs_in() {
    for sql in ["BEGIN", "COMMIT", "end", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a"] {
        assert_eq!(
            refused(sql),
            format!(
                "caused by: `{sql}` is no business of a script that runs in a transaction as a whole\n\
                 hint: leave it out, or say `transaction = false` in the script and lose what a \
                 whole has over its parts\n"
            )
        );
    }
}

#[test]
fn what_does_nothing_in_a_transaction_is_no_surprise() {
    for sql in ["VACUUM", "PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL"] {
        assert_eq!(
            refused(sql),
            format!(
                "caused by: `{sql}` can do nothing within a transaction\n\
                 hint: say `transaction = false` in the script\n"
            )
        );
    }
}

const OUTSIDE: &str = "-- transaction: false\n";

#[test]
fn a_script_without_a_transaction_may_have_its_own() {
    let project = Project::new("");
    project.sql_with(
        "r1",
        "",
        OUTSIDE,
        "PRAGMA journal_mode = WAL;\nCREATE TABLE p (id INTEGER PRIMARY KEY);\n\
         CREATE TABLE c (p REFERENCES p ON DELETE CASCADE);\nINSERT INTO p VALUES (1), (2);\n\
         INSERT INTO c VALUES (1), (2);\nPRAGMA foreign_keys = ON;\n\
         BEGIN;\nDELETE FROM p WHERE id = 1;\nCOMMIT;\nVACUUM;",
        "",
    );
    // The session is as it was before: a table that is referred to can be built anew.
    project.toml(
        "r2",
        "r1",
        "[[upgrade]]\nadd_column = \"p.a\"\ntype = \"integer\"\n\n\
         [[upgrade]]\ncreate_unique = \"uq\"\ntable = \"p\"\ncolumns = [\"a\"]\n",
    );
    project.ok("upgrade");
    assert_eq!(project.query("SELECT * FROM c"), ["2"]);
    assert_eq!(project.query("PRAGMA journal_mode"), [r#""wal""#]);
    let log = "SELECT revision, done, operations FROM limbeck_log";
    assert_eq!(project.query(log), [r#""r1" | 8 | 8"#, r#""r2" | 1 | 1"#]);
}

#[test]
fn its_own_transaction_is_whole_or_nothing() {
    let project = Project::new("");
    let up = |last: &str| {
        format!("CREATE TABLE t (a);\nBEGIN;\nINSERT INTO t VALUES (1);\n{last};\nCOMMIT;")
    };
    project.sql_with("r1", "", OUTSIDE, &up("INSERT INTO missing VALUES (1)"), "");
    assert_eq!(
        project.fails("upgrade"),
        "Running upgrade  -> r1, step r1\n\
         error: revision `r1` stopped in operation 1 (raw SQL): 1 of 2 are done\n \
         --> migrations/versions/r1.sql:9:1\n  |\n9 | INSERT INTO missing VALUES (1);\n  \
         | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n\
         caused by: no such table: missing\nnote: the database stands at base\n\
         hint: mend what is left and run the command again: it goes on there; `db stamp` settles \
         it otherwise\n"
    );
    assert_eq!(project.query("SELECT * FROM t"), [""; 0]);
    project.sql_with("r1", "", OUTSIDE, &up("INSERT INTO t VALUES (2)"), "");
    project.ok("upgrade");
    assert_eq!(project.query("SELECT * FROM t"), ["1", "2"]);
}

#[test]
fn a_transaction_has_two_ends() {
    for sql in ["BEGIN", "COMMIT", "SAVEPOINT a"] {
        let project = Project::new("");
        project.sql_with("r1", "", OUTSIDE, &format!("CREATE TABLE t (a);\n{sql};"), "");
        assert_eq!(
            project.fails("upgrade"),
            format!(
                "error: revision `r1` cannot run, and nothing ran: operation 1 (raw SQL)\n\
                 caused by: `{sql}` has no other end: a transaction begins and ends in one piece of SQL\n\
                 hint: correct `migrations/versions/r1.sql` and run the command again\n"
            )
        );
    }
}
