//! Reading files on SQLite, which is at hand.

use super::*;
use crate::dialect::sqlite::Sqlite;
use crate::error::Source;

/// What the files declare: the texts of the tables and objects as `kind name`.
fn declared(files: &[(&str, &str)]) -> Result<Vec<String>, String> {
    let sql = files.iter().map(|(path, text)| Source::new(*path, *text)).collect();
    let mut declared = Declared { sql, ..Declared::default() };
    let dialect = Sqlite::bundled();
    let mut live = crate::dialect::sqlite::SqliteConnection::memory().unwrap();
    let mut place = dialect.empty(&mut live).unwrap();
    let found = read(&mut declared, &dialect, &mut *place).map_err(|error| match error {
        SqlError::Mistakes(Mistakes(all)) => {
            let shown = |it: &Mistake| {
                let place = it.place.as_ref().unwrap();
                let text = place.source.text[place.span.clone()].to_owned();
                let hint = it.hint.as_deref().map(|it| format!(" ({it})")).unwrap_or_default();
                format!("{} `{text}`: {}{hint}", place.line(), it.message)
            };
            all.iter().map(shown).collect::<Vec<_>>().join("\n")
        }
        SqlError::Db(error) => error.to_string(),
    })?;
    let tables = found.tables.iter().map(|it| format!("table {}", it.name));
    Ok(tables.chain(found.objects.iter().map(|it| it.key().to_string())).collect())
}

#[test]
fn files_speak_of_each_other_in_any_order() {
    let found = declared(&[
        (
            "a.sql",
            "CREATE INDEX i ON t (a); CREATE TRIGGER g AFTER INSERT ON v BEGIN SELECT 1; END;",
        ),
        (
            "b.sql",
            "CREATE TABLE t (a REFERENCES u); INSERT INTO t VALUES (1); PRAGMA foreign_keys = 1;",
        ),
        ("c.sql", "BEGIN; CREATE TABLE v (a); CREATE TABLE u (a PRIMARY KEY); COMMIT;"),
    ]);
    assert_eq!(found.unwrap(), ["table t", "table u", "table v", "trigger g on v"]);
}

#[test]
fn what_is_wrong_is_shown_at_its_place() {
    let wrong = |files: &[(&str, &str)]| declared(files).unwrap_err();
    for (text, expected) in [
        (
            "CREATE TABLE t (a);\nCREATE TABEL u (a);",
            "a.sql:2 `TABEL`: SQLite refuses it: near \"TABEL\": syntax error",
        ),
        // What needs it says nothing new.
        (
            "CREATE TABLE t (a,,b);\nCREATE INDEX i ON t (a);",
            "a.sql:1 `,`: SQLite refuses it: near \",\": syntax error",
        ),
        (
            "CREATE INDEX i ON t (a);",
            "a.sql:1 `CREATE INDEX i ON t (a)`: SQLite refuses it: no such table: main.t",
        ),
        ("SELECT 'a", "a.sql:1 `'a`: a string is never closed"),
        (
            "CREATE TABLE t (a REFERENCES u);",
            "a.sql:1 `CREATE TABLE t (a REFERENCES u)`: table `t` refers to table `u`, which no model declares",
        ),
        (
            ".read b.sql\nATTACH 'a.db' AS a;",
            "a.sql:1 `.read b.sql`: `.read` is a command of `sqlite3`, which is not followed (name the file in `models`)\n\
             a.sql:2 `ATTACH 'a.db' AS a`: `ATTACH` is about another file (models are about one database: leave it out)",
        ),
        (
            "CREATE TABLE t (a int) ENGINE=InnoDB",
            "a.sql:1 `=`: SQLite refuses it: near \"=\": syntax error (`ENGINE =` is a word of MySQL, and the database is SQLite)",
        ),
        (
            "--\n-- PostgreSQL database dump\n--\nSET a = 1;",
            "a.sql:2 `-- PostgreSQL database dump`: this is a dump of PostgreSQL, and the database is SQLite (models in SQL are in the words of SQLite)",
        ),
    ] {
        assert_eq!(wrong(&[("a.sql", text)]), expected);
    }
}

#[test]
fn a_table_is_declared_once() {
    let wrong = |files: &[(&str, &str)]| declared(files).unwrap_err();
    assert_eq!(
        wrong(&[
            ("a.sql", "CREATE TABLE t (a);"),
            ("b.sql", "\nCREATE TABLE IF NOT EXISTS t (a);")
        ]),
        "b.sql:2 `CREATE TABLE IF NOT EXISTS t (a)`: table `t` is declared twice (the other one is at a.sql:1)"
    );
    let again = "CREATE TABLE t (a);\nDROP TABLE t;\nCREATE TABLE t (b);";
    assert_eq!(declared(&[("a.sql", again)]).unwrap(), ["table t"]);
}
