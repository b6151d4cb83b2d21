#![cfg(feature = "sqlite")]

use super::*;
use crate::dialect::sqlite::{Sqlite, SqliteConnection};
use crate::error::Source;
use crate::script;

fn script(head: &str, up: &str, down: &str) -> Script {
    let text = format!(
        "-- revision: r1\n-- down_revision:\n{head}-- upgrade\n{up}\n-- downgrade\n{down}\n"
    );
    script::parse(&Source::new("r1.sql", text)).unwrap()
}

/// What is wrong with a script that runs `up` and `down` in the place of one that makes a
/// table, and one that adds a row with the time.
fn attempt(head: &str, up: &str, down: &str) -> Vec<String> {
    const MAKE: &str = "CREATE TABLE t (a INTEGER, b TEXT);";
    const ROW: &str = "INSERT INTO t VALUES (1, hex(randomblob(9)));";
    let before = [script("", "CREATE TABLE old (k TEXT); INSERT INTO old VALUES ('x');", "")];
    let originals = [script("", MAKE, "DROP TABLE t;"), script("", ROW, "DELETE FROM t;")];
    let script = script(head, up, down);
    let (dialect, mut live) = (Sqlite::bundled(), SqliteConnection::memory().unwrap());
    let claim =
        Equality { dialect: &dialect, before: &before, originals: &originals, script: &script };
    let Err(error) = prove_equal(&claim, &mut live) else { return Vec::new() };
    let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |it| it.source());
    chain.map(ToString::to_string).collect()
}

const MAKE: &str = "CREATE TABLE t (a INTEGER, b TEXT);";

#[test]
fn scripts_that_do_the_same() {
    let up = format!("{MAKE} INSERT INTO t VALUES (1, 'any');");
    assert_eq!(attempt("", &up, "DROP TABLE t;"), [""; 0]);
    assert_eq!(attempt("-- irreversible: why\n", &up, ""), [""; 0]);
}

#[test]
fn scripts_that_do_something_else() {
    let row = "INSERT INTO t VALUES (1, 'any');";
    for (up, down, expected) in [
        (
            format!("{MAKE} SELECT zip;"),
            "",
            vec!["its upgrade fails (raw SQL)", "no such column: zip"],
        ),
        (
            format!("CREATE TABLE t (a INTEGER, b TEXT, c TEXT); {row}"),
            "",
            vec!["its upgrade fails (raw SQL)", "table t has 3 columns but 2 values were supplied"],
        ),
        (
            "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);".to_owned(),
            "",
            vec![
                "after its upgrade the schema is another one; to be the same it lacks: added column 't.b'",
            ],
        ),
        (
            "CREATE TABLE t (b TEXT, a INTEGER); INSERT INTO t VALUES ('any', 1);".to_owned(),
            "",
            vec!["after its upgrade the columns of `t` stand in another order"],
        ),
        (MAKE.to_owned(), "", vec!["after its upgrade `t` holds other rows"]),
        (
            format!("{MAKE} INSERT INTO t VALUES (1, NULL);"),
            "",
            vec!["after its upgrade `t` holds other rows"],
        ),
        (
            format!("{MAKE} {row} DELETE FROM old;"),
            "DROP TABLE t;",
            vec!["after its upgrade `old` holds other rows"],
        ),
        (
            format!("{MAKE} {row}"),
            "",
            vec![
                "after its downgrade the schema is another one; to be the same it lacks: removed table 't'",
            ],
        ),
        (
            format!("{MAKE} {row}"),
            "DROP TABLE t; UPDATE old SET k = 'y';",
            vec!["after its downgrade `old` holds other rows"],
        ),
    ] {
        assert_eq!(attempt("", &up, down), expected, "{up} {down}");
    }
}

#[test]
fn revisions_that_do_not_run() {
    let scripts = [script("", "SELECT zip;", "")];
    let (dialect, mut live) = (Sqlite::bundled(), SqliteConnection::memory().unwrap());
    let script = Script::default();
    let claim =
        |before, originals| Equality { dialect: &dialect, before, originals, script: &script };
    for claim in [claim(&scripts, &[]), claim(&[], &scripts)] {
        let error = prove_equal(&claim, &mut live).unwrap_err();
        assert_eq!(
            error.to_string(),
            "revision `r1` does not run on a scratch database: its upgrade fails (raw SQL)"
        );
        assert!(!error.is_about_script());
    }
    let other = [script_of_another()];
    let error = prove_equal(&claim(&[], &other), &mut live).unwrap_err();
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(
        cause.as_deref(),
        Some("the script holds SQL for mysql, and this database is sqlite")
    );
}

fn script_of_another() -> Script {
    script("-- dialect: mysql\n", "SELECT 1;", "")
}
