//! Statements that wait for the locks of others.
//!
//! While a statement waits for a lock, all who come later wait behind it. So none waits for long:
//! it gives up, lets the others pass, and tries again, until the whole patience is over. In a
//! transaction a savepoint keeps what was done before.

use std::time::Duration;

use super::lexer::{Token, tokens};

/// The mark to which a try goes back.
pub(super) const BEFORE: &str = "SAVEPOINT limbeck_try;";
/// What ends a try that did it. The statement may end in a comment.
pub(super) const BEHIND: &str = "\n;RELEASE SAVEPOINT limbeck_try";
/// What takes a try back.
pub(super) const BACK: &str = "ROLLBACK TO SAVEPOINT limbeck_try;RELEASE SAVEPOINT limbeck_try";

/// How long one try waits of a whole `patience`.
pub(super) fn length(patience: Duration) -> Duration {
    const SHORTEST: Duration = Duration::from_secs(1);
    const LONGEST: Duration = Duration::from_secs(5);
    const TRIES: u32 = 6;
    (patience / TRIES).clamp(SHORTEST, LONGEST).min(patience).max(Duration::from_millis(1))
}

/// How long the others may pass before another try.
pub(super) fn pause(tries: u32) -> Duration {
    Duration::from_millis(100) * tries.min(10)
}

/// Whether a statement within a transaction may be tried again: it is one, it may have to wait,
/// and it does not say itself that it will not.
pub(super) fn may_wait(sql: &str) -> bool {
    let mut tokens = tokens(sql).peekable();
    let Some(first) = tokens.next() else { return false };
    let second = tokens.peek().copied();
    let rest: Vec<Token> = tokens.collect();
    let has = |word: &str| rest.iter().any(|it| it.is(word));
    let mut behind = rest.iter().skip_while(|it| !it.is(";")).skip(1);
    if behind.next().is_some() || has("NOWAIT") {
        return false;
    }
    let is_one_of = |words: &[&str]| words.iter().any(|word| first.is(word));
    let is_new_table = first.is("CREATE") && second.is_some_and(|it| it.is("TABLE"));
    match is_new_table {
        // A new table has no locks of others, but those to which it refers do.
        true => has("REFERENCES") || has("OF") || has("INHERITS"),
        false => is_one_of(&[
            "ALTER", "CREATE", "DROP", "TRUNCATE", "LOCK", "UPDATE", "DELETE", "REINDEX",
            "REFRESH", "CLUSTER", "COMMENT", "GRANT", "REVOKE",
        ]),
    }
}

/// What a statement is that would wait for rows which nobody sends, or send rows that nobody takes.
pub(super) fn copies(sql: &str) -> Option<&'static str> {
    // Most statements are long for the values in them, and need not be read for this.
    let is_word = |it: &[u8]| it.eq_ignore_ascii_case(b"copy");
    if !sql.as_bytes().windows(b"copy".len()).any(is_word) {
        return None;
    }
    let mut is_first = true;
    let mut copies = false;
    let mut before: Option<Token> = None;
    for token in tokens(sql) {
        let follows = |word: &str| before.is_some_and(|it| it.is(word));
        if copies && token.is("STDIN") && follows("FROM") {
            return Some("COPY ... FROM stdin");
        }
        if copies && token.is("STDOUT") && follows("TO") {
            return Some("COPY ... TO stdout");
        }
        copies = if is_first { token.is("COPY") } else { copies && !token.is(";") };
        is_first = token.is(";");
        before = Some(token);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_try_is_a_part_of_the_patience() {
        let cases = [(0, 1), (300, 300), (3_000, 1_000), (12_000, 2_000), (600_000, 5_000)];
        for (patience, expected) in cases {
            let length = length(Duration::from_millis(patience));
            assert_eq!(length, Duration::from_millis(expected), "{patience}");
        }
    }

    #[test]
    fn what_may_wait() {
        for sql in [
            "ALTER TABLE t ADD a int",
            "/* a */ drop table t; ",
            "CREATE INDEX i ON t (a)",
            "CREATE TABLE a (b int REFERENCES t)",
            "CREATE TABLE a PARTITION OF t DEFAULT",
        ] {
            assert!(may_wait(sql), "{sql}");
        }
        for sql in [
            "",
            "CREATE TABLE a (b int)",
            "INSERT INTO t VALUES (1)",
            "LOCK TABLE t NOWAIT",
            "ALTER TABLE t ADD a int; SELECT 1",
            "SELECT 1",
        ] {
            assert!(!may_wait(sql), "{sql}");
        }
    }

    #[test]
    fn rows_that_nobody_sends() {
        let cases = [
            ("COPY t FROM stdin", Some("COPY ... FROM stdin")),
            ("SELECT 1; copy t (a, b) from STDIN WITH csv", Some("COPY ... FROM stdin")),
            ("COPY (SELECT 1) TO stdout", Some("COPY ... TO stdout")),
            ("COPY t FROM '/tmp/stdin'", None),
            ("SELECT stdin FROM copy", None),
            ("COPY t FROM '/a'; SELECT 1 FROM stdin", None),
        ];
        for (sql, expected) in cases {
            assert_eq!(copies(sql), expected, "{sql}");
        }
    }
}
