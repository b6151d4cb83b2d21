//! What an operation means for those who use the database meanwhile.

use super::role::first_words;
use crate::dialect::{Effects, Statement};
use crate::operation::Operation;

/// SQLite has one writer at a time, whatever it writes: <https://sqlite.org/lockingv3.html>.
const WRITER: &str = "the whole database, against other writers";

/// Told from the statements that carry the operation out.
pub(super) fn effects(op: &Operation, statements: &[Statement]) -> Effects {
    let mut changes = statements.iter().filter(|it| it.refuse.is_none()).peekable();
    let lock = changes.peek().map(|_| WRITER);
    let rewrites = match op {
        Operation::Execute(_) | Operation::Run { .. } => None,
        _ => Some(changes.any(|statement| writes_every_row(&statement.sql))),
    };
    Effects { lock, rewrites }
}

/// Whether a statement copies a table, sets a column, or is a `DROP COLUMN`, which writes the rows
/// again without the column: <https://sqlite.org/lang_altertable.html#alter_table_drop_column>.
fn writes_every_row(sql: &str) -> bool {
    let words = first_words(sql);
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it| it.eq_ignore_ascii_case(word));
    match () {
        () if is(0, "INSERT") => is(1, "OR") && is(2, "ABORT"),
        () if is(0, "UPDATE") => !is(1, "sqlite_schema") && !is(1, "sqlite_sequence"),
        () if is(0, "ALTER") => is(3, "DROP") && is(4, "COLUMN"),
        () => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_write_every_row() {
        let cases = [
            (r#"INSERT OR ABORT INTO "_limbeck_new_t" ("a") SELECT "a" FROM "t""#, true),
            (r#"INSERT INTO "t" ("a") VALUES (1)"#, false),
            (r#"UPDATE "t" SET "a" = "a" WHERE "a" IS 1"#, true),
            ("UPDATE sqlite_schema SET sql = ''", false),
            (r#"ALTER TABLE "t" DROP COLUMN "a""#, true),
            (r#"ALTER TABLE "t" DROP CONSTRAINT "a""#, false),
            (r#"ALTER TABLE "t" ADD COLUMN "a" INTEGER"#, false),
            (r#"DROP TABLE "t""#, false),
            ("", false),
        ];
        for (sql, expected) in cases {
            assert_eq!(writes_every_row(sql), expected, "{sql}");
        }
    }
}
