//! Whether two expressions mean the same, however they are written.

use super::default::is_introducer;
use super::lexer::{TokenKind, tokens};

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
