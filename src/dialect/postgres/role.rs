//! What a statement is to the transaction in which it runs.

use super::lexer::{TokenKind, tokens};
use super::options::{CONCURRENTLY, is_on};
use crate::dialect::Role;
use crate::operation::{Operation, TableChange};

/// Whether the operation makes or drops an index without keeping writers out.
pub(super) fn stands_alone(op: &Operation) -> bool {
    let Operation::AlterTable { changes, .. } = op else { return false };
    changes.iter().any(|change| match change {
        TableChange::AddIndex(it) | TableChange::DropIndex(it) => is_on(&it.options, CONCURRENTLY),
        _ => false,
    })
}

/// Tells it from the first words.
pub(super) fn role(statement: &str) -> Role {
    let words = first_words(statement);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["BEGIN" | "START", ..] => Role::Begin,
        ["PREPARE", "TRANSACTION", ..] => Role::End,
        ["ROLLBACK" | "ABORT", "TO", ..]
        | ["ROLLBACK" | "ABORT", "WORK" | "TRANSACTION", "TO", ..] => Role::Savepoint,
        // COMMIT PREPARED and ROLLBACK PREPARED are about another transaction, outside of one.
        ["COMMIT" | "ROLLBACK", "PREPARED", ..] => Role::Alone,
        ["COMMIT" | "END" | "ROLLBACK" | "ABORT", ..] => Role::End,
        ["SAVEPOINT" | "RELEASE", ..] => Role::Savepoint,
        ["VACUUM", ..] | ["ALTER", "SYSTEM", ..] => Role::Alone,
        ["CREATE" | "DROP", "DATABASE" | "TABLESPACE" | "SUBSCRIPTION", ..] => Role::Alone,
        ["ALTER", "DATABASE", .., "TABLESPACE", _] => Role::Alone,
        ["CREATE", "INDEX", "CONCURRENTLY", ..]
        | ["CREATE", "UNIQUE", "INDEX", "CONCURRENTLY", ..]
        | ["DROP", "INDEX", "CONCURRENTLY", ..] => Role::Alone,
        ["REINDEX", ..] if words.contains(&"CONCURRENTLY") => Role::Alone,
        ["REINDEX", "DATABASE" | "SYSTEM", ..] => Role::Alone,
        ["ALTER", "TABLE", ..] if detaches_concurrently(&words) => Role::Alone,
        // Without a table it goes through all of them, a transaction each.
        ["CLUSTER"] => Role::Alone,
        _ => Role::Plain,
    }
}

fn detaches_concurrently(words: &[&str]) -> bool {
    words.contains(&"DETACH") && words.last() == Some(&"CONCURRENTLY")
}

/// More than enough words to tell, in upper case.
fn first_words(statement: &str) -> Vec<String> {
    // Only the beginning is read: a script may insert megabytes.
    let mut end = statement.len().min(500);
    while !statement.is_char_boundary(end) {
        end -= 1;
    }
    let words = tokens(&statement[..end]).filter(|it| it.kind != TokenKind::Symbol);
    words.take(12).map(|token| token.text.to_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        let cases = [
            ("begin", Role::Begin),
            ("START TRANSACTION ISOLATION LEVEL SERIALIZABLE", Role::Begin),
            ("/* a */ COMMIT", Role::End),
            ("end work", Role::End),
            ("ABORT", Role::End),
            ("PREPARE TRANSACTION 'a'", Role::End),
            ("PREPARE q AS SELECT 1", Role::Plain),
            ("COMMIT PREPARED 'a'", Role::Alone),
            ("ROLLBACK TO SAVEPOINT a", Role::Savepoint),
            ("ROLLBACK WORK TO a", Role::Savepoint),
            ("SAVEPOINT a", Role::Savepoint),
            ("RELEASE a", Role::Savepoint),
            ("VACUUM (FULL) t", Role::Alone),
            ("CREATE DATABASE a", Role::Alone),
            ("create unique index concurrently i on t (a)", Role::Alone),
            ("CREATE INDEX CONCURRENTLY ON t (a)", Role::Alone),
            ("DROP INDEX CONCURRENTLY i", Role::Alone),
            ("REINDEX (VERBOSE) TABLE CONCURRENTLY t", Role::Alone),
            ("REINDEX TABLE t", Role::Plain),
            ("ALTER TABLE a.t DETACH PARTITION p CONCURRENTLY", Role::Alone),
            ("ALTER TABLE t DETACH PARTITION p", Role::Plain),
            ("ALTER SYSTEM SET a = 1", Role::Alone),
            ("ALTER TYPE mood ADD VALUE 'a'", Role::Plain),
            ("CLUSTER", Role::Alone),
            ("CLUSTER t", Role::Plain),
            ("CREATE INDEX i ON t (a)", Role::Plain),
            ("", Role::Plain),
            ("UPDATE t SET a = 'COMMIT'", Role::Plain),
        ];
        for (statement, expected) in cases {
            assert_eq!(role(statement), expected, "{statement}");
        }
    }
}
