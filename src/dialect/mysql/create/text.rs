//! Pieces of statements: lists, expressions as they were written, words of options.

use crate::dialect::Unsupported;
use crate::dialect::mysql::lexer::{Mode, Token, tokens_in};
use crate::dialect::mysql::text::{literal, quote};
use crate::dialect::mysql::{Flavour, MySql};

/// The blanks before each column or clause.
pub(in crate::dialect::mysql) const INDENT: &str = "    ";

/// An expression in parentheses.
pub(in crate::dialect::mysql) fn group(mode: Mode, text: &str) -> String {
    let text = line(mode, text);
    if is_group(mode, &text) { text } else { format!("({text})") }
}

/// An expression behind which more can follow: a comment at its end is closed.
pub(in crate::dialect::mysql) fn line(mode: Mode, text: &str) -> String {
    let end = tokens_in(text, mode).last().map_or(0, |last| last.end());
    let is_open = text[end..].contains("--") || text[end..].contains('#');
    if is_open { format!("{text}\n") } else { text.to_owned() }
}

/// Whether one pair of parentheses holds all of the text.
fn is_group(mode: Mode, text: &str) -> bool {
    let all: Vec<Token> = tokens_in(text, mode).collect();
    let mut depth = 0;
    let closed = all.iter().position(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0
    });
    closed.is_some_and(|at| at > 0 && at + 1 == all.len())
}

/// Quoted names with commas between.
pub(in crate::dialect::mysql) fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}

/// `CONSTRAINT` with its name and a blank, where it has one.
pub(super) fn named(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("CONSTRAINT {} ", quote(name))).unwrap_or_default()
}

/// A word as it is, anything else as a string: the name of an engine, a character set.
pub(in crate::dialect::mysql) fn word(mode: Mode, text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    if begins && text.bytes().all(plain) { text.to_owned() } else { literal(mode, text) }
}

/// Refuses what the server is known to be too old for. `since` has the version from which on MySQL
/// and MariaDB know it.
///
/// # Errors
/// When it is. What is printed is for a server that nobody has seen.
pub(in crate::dialect::mysql) fn requires(
    dialect: &MySql,
    since: [u32; 2],
    what: &str,
) -> Result<(), Unsupported> {
    let title = dialect.flavour.title();
    let (since, oldest) = match dialect.flavour {
        Flavour::MySql => (since[0], MySql::OLDEST_MYSQL),
        Flavour::MariaDb => (since[1], MySql::OLDEST_MARIADB),
    };
    if dialect.version >= since || dialect.version == oldest && dialect.address.is_none() {
        return Ok(());
    }
    let what = format!("{title} {} has no {what}", dotted(dialect.version));
    Err(Unsupported::new(what, format!("{title} {} has", dotted(since))))
}

/// A version as people write it.
fn dotted(version: u32) -> String {
    format!("{}.{}.{}", version / 10_000, version / 100 % 100, version % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_stand_in_one_pair_of_parentheses() {
        let mode = Mode::default();
        assert_eq!(group(mode, "a > 0"), "(a > 0)");
        assert_eq!(group(mode, "(a > 0)"), "(a > 0)");
        assert_eq!(group(mode, "(a) > (0)"), "((a) > (0))");
        assert_eq!(group(mode, "a # half"), "(a # half\n)");
        assert_eq!(group(mode, "a -- half"), "(a -- half\n)");
        assert_eq!(group(mode, "a > '#'"), "(a > '#')");
        assert_eq!(word(mode, "InnoDB"), "InnoDB");
        assert_eq!(word(mode, "it's odd"), "'it''s odd'");
    }

    #[test]
    fn old_servers_are_told_from_new_ones() {
        let old = MySql { version: 80_012, ..MySql::default() };
        let error = requires(&old, [80_013, 0], "indexes of expressions").unwrap_err();
        assert_eq!(error.what, "MySQL 8.0.12 has no indexes of expressions");
        assert_eq!(error.hint.as_deref(), Some("MySQL 8.0.13 has"));
        assert_eq!(requires(&MySql::default(), [80_013, 0], "indexes of expressions"), Ok(()));
    }
}
