//! What changes make of a table, in whichever way, and what is refused.

mod columns;
mod constraints;
mod names;
mod rows;
mod surroundings;

use super::*;

/// A change that the rows do not allow says so and leaves the database as it was.
#[track_caller]
fn refused(
    sql: &str,
    dialect: Sqlite,
    changes: impl Fn(&mut SqliteConnection) -> Vec<TableChange>,
    message: &str,
) {
    let mut db = database(sql);
    let before = dump(&mut db);
    let changes = changes(&mut db);
    assert_eq!(run(&mut db, dialect, &[alter("t", changes)]), Err(message.to_owned()));
    assert_eq!(dump(&mut db), before);
    leaves_nothing_behind(&mut db);
}

/// A table with everything that may mention its columns.
const MENTIONED: &str = "
    CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY, \"a\" TEXT, \"b\" TEXT CHECK (b <> 'a'), \"g\" AS (a || b), UNIQUE (a), CHECK (length(a) > 0));
    CREATE INDEX i ON t (lower(a)) WHERE b IS NOT NULL;
    CREATE TABLE child (x REFERENCES t (a) ON DELETE CASCADE, a TEXT);
    CREATE VIEW v AS SELECT t.a, child.a AS \"a\" FROM t JOIN child;
    CREATE TRIGGER g AFTER UPDATE OF a ON t WHEN new.a <> 'a' BEGIN
        INSERT INTO child (x, a) VALUES (new.a, old.b);
    END;
    INSERT INTO t (id, a, b) VALUES (1, 'x', 'y'), (2, 'xx', 'yy');
    INSERT INTO child VALUES ('x', 'a');
";
