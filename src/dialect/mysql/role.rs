//! What a statement is to the transaction in which it runs.
//!
//! Statements that change the schema commit what went before and themselves:
//! <https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html>.

use super::lexer::{TokenKind, tokens};
use crate::dialect::Role;
use crate::operation::Operation;

/// Whether the operation commits by itself: all that is not about rows.
pub(super) fn stands_alone(op: &Operation) -> bool {
    !matches!(
        op,
        Operation::Insert { .. }
            | Operation::Fill { .. }
            | Operation::Execute(_)
            | Operation::Run { .. }
    )
}

/// Tells it from the first words.
pub(super) fn role(statement: &str) -> Role {
    let words = first_words(statement);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // A block, not a transaction.
        ["BEGIN", "NOT", ..] => Role::Alone,
        ["BEGIN", ..] | ["START", "TRANSACTION", ..] | ["XA", "START" | "BEGIN", ..] => Role::Begin,
        ["ROLLBACK", "TO", ..] | ["ROLLBACK", "WORK", "TO", ..] => Role::Savepoint,
        ["SAVEPOINT", ..] | ["RELEASE", "SAVEPOINT", ..] => Role::Savepoint,
        ["COMMIT" | "ROLLBACK", ..] | ["XA", ..] => Role::End,
        ["CREATE" | "DROP", "TEMPORARY", "TABLE", ..]
        | ["CREATE", "OR", "REPLACE", "TEMPORARY", ..] => Role::Plain,
        [
            "CREATE" | "ALTER" | "DROP" | "RENAME" | "TRUNCATE" | "GRANT" | "REVOKE" | "ANALYZE"
            | "OPTIMIZE" | "REPAIR" | "CHECK" | "FLUSH" | "LOCK" | "UNLOCK" | "INSTALL"
            | "UNINSTALL" | "RESET",
            ..,
        ] => Role::Alone,
        ["LOAD" | "CACHE", "INDEX", ..] | ["SET", "PASSWORD", ..] => Role::Alone,
        _ => Role::Plain,
    }
}

/// More than enough words to tell, in upper case.
fn first_words(statement: &str) -> Vec<String> {
    // Only the beginning is read: a script may insert megabytes.
    let mut end = statement.len().min(500);
    while !statement.is_char_boundary(end) {
        end -= 1;
    }
    let words = tokens(&statement[..end]).filter(|it| it.kind != TokenKind::Symbol);
    words.take(5).map(|token| token.text.to_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        let cases = [
            ("begin", Role::Begin),
            ("START TRANSACTION READ WRITE", Role::Begin),
            ("start slave", Role::Plain),
            ("/* a */ COMMIT", Role::End),
            ("XA END 'a'", Role::End),
            ("ROLLBACK TO SAVEPOINT a", Role::Savepoint),
            ("ROLLBACK WORK TO a", Role::Savepoint),
            ("SAVEPOINT a", Role::Savepoint),
            ("BEGIN NOT ATOMIC SELECT 1; END", Role::Alone),
            ("create table t (a int)", Role::Alone),
            ("CREATE TEMPORARY TABLE t (a int)", Role::Plain),
            ("DROP TEMPORARY TABLE t", Role::Plain),
            ("/*!50003 CREATE TRIGGER t */", Role::Alone),
            ("rename table a to b", Role::Alone),
            ("TRUNCATE t", Role::Alone),
            ("SET @a = 1", Role::Plain),
            ("(SELECT 1)", Role::Plain),
            ("UPDATE t SET a = 'COMMIT'", Role::Plain),
            ("", Role::Plain),
        ];
        for (statement, expected) in cases {
            assert_eq!(role(statement), expected, "{statement}");
        }
    }
}
