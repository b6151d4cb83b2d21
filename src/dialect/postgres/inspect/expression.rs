//! The texts of expressions as the server writes them.

use super::super::lexer::{Token, TokenKind, tokens};

/// The text without parentheses around the whole of it, as the server writes it every time.
pub(super) fn inner(text: &str) -> String {
    let mut text = text.trim();
    while text.starts_with('(') && closes_last(text) {
        text = text[1..text.len() - 1].trim();
    }
    cast_elements(text)
}

/// The text with the cast of an array made one of each of its elements. The server makes that of
/// what it has written itself when it reads it again: `(ARRAY['a'::character varying])::text[]` is
/// `ARRAY[('a'::character varying)::text]` the next time.
fn cast_elements(text: &str) -> String {
    let all: Vec<Token> = tokens(text).collect();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while at < all.len() {
        match ArrayCast::at(text, &all[at..]) {
            Some(cast) => {
                out.push_str(&text[copied..all[at].at]);
                let ty = cast.ty;
                let elements =
                    cast.elements.iter().map(|it| format!("({})::{ty}", cast_elements(it)));
                out.push_str(&format!("ARRAY[{}]", elements.collect::<Vec<_>>().join(", ")));
                at += cast.length;
                copied = all[at - 1].end();
            }
            None => at += 1,
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// `(ARRAY[a, b])::text[]`.
struct ArrayCast<'a> {
    elements: Vec<&'a str>,
    ty: &'a str,
    /// How many tokens it has.
    length: usize,
}

impl<'a> ArrayCast<'a> {
    /// The one that begins with the first of `tokens`, which are of `text`.
    fn at(text: &'a str, tokens: &[Token]) -> Option<ArrayCast<'a>> {
        let [open, array, bracket, ..] = tokens else { return None };
        if !(open.is("(") && array.is("ARRAY") && bracket.is("[")) {
            return None;
        }
        let mut depth = 0;
        let mut elements = Vec::new();
        let mut start = bracket.end();
        let mut close = None;
        for (at, token) in tokens.iter().enumerate().skip(2) {
            depth += i32::from(token.is("[") || token.is("("));
            depth -= i32::from(token.is("]") || token.is(")"));
            if depth == 0 || depth == 1 && token.is(",") {
                elements.push(text[start..token.at].trim());
                start = token.end();
            }
            if depth == 0 {
                close = Some(at);
                break;
            }
        }
        let [end, cast, ty @ ..] = tokens.get(close? + 1..)? else { return None };
        let words = ty.iter().take_while(|it| it.kind == TokenKind::Word).count();
        let [left, right, ..] = ty.get(words..)? else { return None };
        let is_cast = end.is(")") && cast.is("::") && words > 0 && left.is("[") && right.is("]");
        is_cast.then(|| ArrayCast {
            elements,
            ty: &text[ty[0].at..ty[words - 1].end()],
            length: close.unwrap_or_default() + 1 + 2 + words + 2,
        })
    }
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

    #[test]
    fn a_cast_of_an_array_is_one_of_each_element() {
        for (text, expected) in [
            (
                "((a)::text = ANY ((ARRAY['x'::character varying, 'y,'::character varying])::text[]))",
                "(a)::text = ANY (ARRAY[('x'::character varying)::text, ('y,'::character varying)::text])",
            ),
            (
                "(ARRAY[f(1, 2), 3])::double precision[]",
                "ARRAY[(f(1, 2))::double precision, (3)::double precision]",
            ),
            ("a = ANY (ARRAY[1, 2])", "a = ANY (ARRAY[1, 2])"),
            ("(ARRAY[1])", "ARRAY[1]"),
            ("(ARRAY[1", "(ARRAY[1"),
        ] {
            assert_eq!(inner(text), expected, "{text}");
        }
    }
}
