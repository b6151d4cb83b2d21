//! The texts of expressions as the server writes them.

use super::super::lexer::{Token, tokens};

/// The text without parentheses around the whole of it.
pub(super) fn inner(text: &str) -> &str {
    let mut text = text.trim();
    while text.starts_with('(') && closes_last(text) {
        text = text[1..text.len() - 1].trim();
    }
    text
}

/// Whether the parenthesis that opens the text is closed by its last character.
fn closes_last(text: &str) -> bool {
    let mut depth = 0_usize;
    let is_closed = |token: &Token| {
        depth += usize::from(token.is("("));
        depth = depth.saturating_sub(usize::from(token.is(")")));
        depth == 0
    };
    let closing = tokens(text).find(is_closed);
    closing.is_some_and(|token| token.end() == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_around_the_whole_are_left_out() {
        for (text, expected) in [
            ("(a > 0)", "a > 0"),
            ("((a))", "a"),
            ("(a) + (b)", "(a) + (b)"),
            ("((a) + (b))", "(a) + (b)"),
            ("(')')", "')'"),
            ("(a", "(a"),
            ("()", ""),
            ("f(a)", "f(a)"),
            ("", ""),
        ] {
            assert_eq!(inner(text), expected, "{text}");
        }
    }
}
