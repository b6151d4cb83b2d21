//! Pieces of statements: names, lists, and expressions as they were written.

use crate::dialect::Unsupported;
use crate::dialect::postgres::Postgres;
use crate::dialect::postgres::lexer::{Token, tokens};
use crate::dialect::postgres::types::quote;
use crate::schema::Name;

/// The blanks before each column or clause.
pub(in crate::dialect::postgres) const INDENT: &str = "    ";

/// An expression in parentheses.
pub(in crate::dialect::postgres) fn group(text: &str) -> String {
    let text = line(text);
    if is_group(&text) { text } else { format!("({text})") }
}

/// An expression behind which more can follow: a comment at its end is closed.
pub(in crate::dialect::postgres) fn line(text: &str) -> String {
    let end = tokens(text).last().map_or(0, |last| last.end());
    if text[end..].contains("--") { format!("{text}\n") } else { text.to_owned() }
}

/// Whether one pair of parentheses holds all of the text.
fn is_group(text: &str) -> bool {
    let all: Vec<Token> = tokens(text).collect();
    let mut depth = 0;
    let closed = all.iter().position(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0
    });
    closed.is_some_and(|at| at > 0 && at + 1 == all.len())
}

/// Quoted names with commas between.
pub(in crate::dialect::postgres) fn list<'a>(
    names: impl IntoIterator<Item = &'a String>,
) -> String {
    names.into_iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}

/// `CONSTRAINT` with its name and a blank, where it has one.
pub(super) fn named(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("CONSTRAINT {} ", quote(name))).unwrap_or_default()
}

/// A word that needs no quotes as it is, anything else as a quoted name.
pub(in crate::dialect::postgres) fn word(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if begins && text.bytes().all(plain) { text.to_owned() } else { quote(text) }
}

/// The parts of a text between commas that stand in no parentheses, without blanks around them.
pub(in crate::dialect::postgres) fn parts(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut start = 0;
    let mut parts = Vec::new();
    for token in tokens(text) {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if token.is(",") && depth == 0 {
            parts.push(text[start..token.at].trim());
            start = token.end();
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The columns that an option lists, quoted: `a, "B"` as PostgreSQL would read it.
pub(super) fn columns(text: &str) -> String {
    let name = |part: &&str| match &tokens(part).collect::<Vec<_>>()[..] {
        [one] => one.name().map(|name| quote(&name)),
        _ => None,
    };
    let names = parts(text);
    names
        .iter()
        .map(|part| name(part).unwrap_or_else(|| quote(part)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The names of tables that an option lists: `a, audit.b`.
///
/// # Errors
/// When one of them is no name.
pub(in crate::dialect::postgres) fn tables(text: &str) -> Result<Vec<Name>, Unsupported> {
    let name = |part: &str| part.parse().map_err(|it| Unsupported::new(format!("{it}"), None));
    parts(text).into_iter().map(name).collect()
}

/// Refuses what the server is known to be too old for.
///
/// # Errors
/// When it is. What is printed is for a server that nobody has seen.
pub(in crate::dialect::postgres) fn requires(
    dialect: &Postgres,
    major: u32,
    what: &str,
) -> Result<(), Unsupported> {
    let version = dialect.version;
    if version == Postgres::OLDEST || version >= major * 10_000 {
        return Ok(());
    }
    let what = format!("PostgreSQL {} has no {what}", version / 10_000);
    Err(Unsupported::new(what, format!("PostgreSQL {major} has")))
}

/// The name that PostgreSQL itself would give: `user_id_seq`, of at most 63 bytes. The longer of
/// its parts is shortened first.
pub(in crate::dialect::postgres) fn made_name(table: &str, column: &str, label: &str) -> String {
    const LONGEST: usize = 63;
    let separator = usize::from(!column.is_empty());
    let room = LONGEST.saturating_sub(label.len() + 1 + separator);
    let (mut first, mut second) = (table.len(), column.len());
    while first + second > room {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let cut = |text: &str, mut end: usize| {
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text[..end].to_owned()
    };
    let mut parts = vec![cut(table, first)];
    if separator == 1 {
        parts.push(cut(column, second));
    }
    parts.push(label.to_owned());
    parts.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_the_server_would_make() {
        let long = "é".repeat(31);
        assert_eq!(made_name("user", "id", "seq"), "user_id_seq");
        assert_eq!(made_name("user", "", "pkey"), "user_pkey");
        assert_eq!(made_name(&long, "id", "seq"), format!("{}_id_seq", "é".repeat(28)));
        assert!(made_name(&long, &long, "fkey").len() <= 63);
    }

    #[test]
    fn lists_are_parted_at_their_commas() {
        assert_eq!(parts("a, f(b, c) , 'd,e',"), ["a", "f(b, c)", "'d,e'"]);
        assert_eq!(columns("a, \"B c\""), "\"a\", \"B c\"");
        assert_eq!(word("gin"), "gin");
        assert_eq!(word("Odd one"), "\"Odd one\"");
    }
}
