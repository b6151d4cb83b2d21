//! Whether two expressions mean the same, however they are written.
//!
//! The servers keep what an expression means and write it in their own way: `not a or lower(b) = 'x'`
//! comes back as `` `a` = 0 or lcase(`b`) = 'x' ``. Both texts are read as trees here, brought into one
//! form and compared. A `false` only says that the server must be asked.

mod forms;
mod normal;
mod numbers;
mod terms;
#[cfg(test)]
mod tests;
mod tree;

use super::MySql;
use super::default::is_introducer;
use super::lexer::{Mode, Token, TokenKind, tokens, tokens_in};
pub(super) use normal::Sense;

/// Whether `declared`, an expression about one table, means what `live` does.
pub(super) fn same(dialect: &MySql, declared: &str, live: &str, sense: Sense) -> bool {
    if declared == live {
        return true;
    }
    let read = |text| {
        let tree = tree::parse(text, dialect.mode)?;
        Some(normal::normal(tree, sense, dialect.flavour))
    };
    match (read(declared), read(live)) {
        (Some(declared), Some(live)) => declared == live,
        _ => false,
    }
}

/// The expression without the names of tables and databases before those of columns: `t.a` is `a`.
pub(super) fn unqualified(text: &str, mode: Mode) -> String {
    let all: Vec<Token> = tokens_in(text, mode).collect();
    let is_name = |it: &Token| matches!(it.kind, TokenKind::Word | TokenKind::Quoted);
    let mut plain = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while at < all.len() {
        let first = at;
        while let [name, dot, behind, ..] = &all[at..]
            && is_name(name)
            && dot.is(".")
            && is_name(behind)
        {
            at += 2;
        }
        // A function may stand in a database, too.
        let is_function = all.get(at + 1).is_some_and(|it| it.is("("));
        if at > first && !is_function {
            plain.push_str(&text[from..all[first].at]);
            from = all[at].at;
        }
        at += 1;
    }
    plain.push_str(&text[from..]);
    plain
}

/// The expression without what the server adds to every one: the character sets of its strings and
/// parentheses around the whole.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let all: Vec<_> = tokens(text).collect();
    let mut from = 0;
    for pair in all.windows(2) {
        if is_introducer(&pair[0]) && pair[1].kind == TokenKind::String {
            plain.push_str(&text[from..pair[0].at]);
            from = pair[1].at;
        }
    }
    plain.push_str(&text[from..]);
    let trimmed = plain.trim();
    match trimmed.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inner) if is_closed(inner) => inner.trim().to_owned(),
        _ => trimmed.to_owned(),
    }
}

/// Whether every parenthesis in the text is closed in it.
fn is_closed(text: &str) -> bool {
    let mut depth = 0;
    tokens(text).all(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth >= 0
    }) && depth == 0
}
