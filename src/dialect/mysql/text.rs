//! Names and texts as SQL holds them.

use super::lexer::Mode;
use crate::schema::Name;

/// Quotes an identifier.
pub(super) fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// Quotes a name, with its database where it has one.
pub(super) fn name(name: &Name) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", quote(schema), quote(&name.name)),
        None => quote(&name.name),
    }
}

/// A comment as the server keeps it: letters beyond the first 65,536 become question marks.
pub(super) fn kept_comment(text: &str) -> Option<String> {
    let kept = |it: char| if is_kept(it) { it } else { '?' };
    (!text.is_empty()).then(|| text.chars().map(kept).collect())
}

/// Whether the server keeps a letter where it describes a table. Rows may have any.
pub(super) fn is_kept(letter: char) -> bool {
    letter.len_utf8() < 4
}

/// Spells a text as a literal.
pub(super) fn literal(mode: Mode, text: &str) -> String {
    let doubled = text.replace('\'', "''");
    match mode.no_backslash_escapes {
        true => format!("'{doubled}'"),
        // The end of a file to old consoles, and the end of a string to a C program.
        false => {
            let escaped = doubled.replace('\\', "\\\\").replace('\0', "\\0");
            format!("'{}'", escaped.replace('\u{1a}', "\\Z"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_the_mode_reads_them() {
        let strict = Mode::of("NO_BACKSLASH_ESCAPES");
        assert_eq!(literal(Mode::default(), "it's a\\b\n\u{1a}"), "'it''s a\\\\b\n\\Z'");
        assert_eq!(literal(strict, "it's a\\b"), "'it''s a\\b'");
        assert_eq!(quote("a`b"), "`a``b`");
    }

    #[test]
    fn comments_lose_rare_letters() {
        assert_eq!(kept_comment("né 日 \u{1f600}!").as_deref(), Some("né 日 ?!"));
        assert_eq!(kept_comment(""), None);
    }
}
