//! What a statement is to the transaction in which it runs.

use crate::dialect::Role;
use crate::schema::sql::tokens;

/// Settings that cannot be changed within a transaction, or pass over it in silence:
/// <https://sqlite.org/pragma.html>.
const SETTINGS: [&str; 3] = ["foreign_keys", "journal_mode", "synchronous"];

/// Tells it from the first words.
pub(super) fn role(statement: &str) -> Role {
    let start: Vec<_> = first_words(statement);
    let word = |at: usize| start.get(at).map(|it| it.to_ascii_uppercase()).unwrap_or_default();
    match word(0).as_str() {
        "BEGIN" => Role::Begin,
        "COMMIT" | "END" => Role::End,
        // ROLLBACK TRANSACTION TO SAVEPOINT a
        "ROLLBACK" if word(1) == "TO" || word(1) == "TRANSACTION" && word(2) == "TO" => {
            Role::Savepoint
        }
        "ROLLBACK" => Role::End,
        "SAVEPOINT" | "RELEASE" => Role::Savepoint,
        "VACUUM" | "ATTACH" | "DETACH" => Role::Alone,
        "PRAGMA" if changes_a_setting(&start) => Role::Alone,
        _ => Role::Plain,
    }
}

/// More than enough tokens to tell.
pub(super) fn first_words(statement: &str) -> Vec<&str> {
    // Only the beginning is read: a script may insert megabytes.
    let mut end = statement.len().min(500);
    while !statement.is_char_boundary(end) {
        end -= 1;
    }
    tokens(&statement[..end]).into_iter().take(5).map(|token| token.text).collect()
}

/// `PRAGMA foreign_keys = ON`, `PRAGMA main.foreign_keys(ON)`; without a value it only asks.
fn changes_a_setting(words: &[&str]) -> bool {
    let rest = match words {
        [_, _, ".", rest @ ..] | [_, rest @ ..] => rest,
        [] => return false,
    };
    let setting = |name: &&str| SETTINGS.iter().any(|it| name.eq_ignore_ascii_case(it));
    rest.first().is_some_and(setting) && matches!(rest.get(1), Some(&"=" | &"("))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        let cases = [
            ("begin immediate", Role::Begin),
            ("/* a */ COMMIT", Role::End),
            ("END TRANSACTION", Role::End),
            ("rollback", Role::End),
            ("ROLLBACK TRANSACTION", Role::End),
            ("ROLLBACK TO a", Role::Savepoint),
            ("ROLLBACK TRANSACTION TO SAVEPOINT a", Role::Savepoint),
            ("SAVEPOINT a", Role::Savepoint),
            ("RELEASE a", Role::Savepoint),
            ("VACUUM", Role::Alone),
            ("VACUUM INTO 'copy.db'", Role::Alone),
            ("ATTACH 'b.db' AS b", Role::Alone),
            ("PRAGMA foreign_keys = ON", Role::Alone),
            ("pragma main.journal_mode(wal)", Role::Alone),
            ("PRAGMA foreign_keys", Role::Plain),
            ("PRAGMA foreign_key_check", Role::Plain),
            ("PRAGMA user_version = 2", Role::Plain),
            ("PRAGMA", Role::Plain),
            ("", Role::Plain),
            ("UPDATE t SET a = 'COMMIT'", Role::Plain),
            ("CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END", Role::Plain),
            ("EXPLAIN COMMIT", Role::Plain),
            ("\"BEGIN\"", Role::Plain),
        ];
        for (statement, expected) in cases {
            assert_eq!(role(statement), expected, "{statement}");
        }
    }
}
