//! The mark by which a script that changed after it ran is found.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// The checksum of a script's [`plain`] text, with the name of its algorithm: `sha256:` and 64
/// hex digits.
pub fn checksum(text: &str) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    let hash = Sha256::digest(plain(text).as_bytes());
    let digits = hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    "sha256:".chars().chain(digits).collect()
}

/// A script's text without what editors and version control change by themselves: a byte order
/// mark, the kind of line ends, blanks at the ends of lines, empty lines at the end.
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut plain = String::with_capacity(text.len() + 1);
    let mut empty = 0;
    for line in text.split(['\n', '\r']) {
        let line = line.trim_end_matches([' ', '\t']);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        plain.extend(std::iter::repeat_n('\n', std::mem::take(&mut empty)));
        plain.push_str(line);
        plain.push('\n');
    }
    Cow::Owned(plain)
}

/// Whether there is nothing to take away, as in nearly all scripts.
fn is_plain(text: &str) -> bool {
    let has_blank_end = text.contains(" \n") || text.contains("\t\n");
    let ends_once = text.ends_with('\n') && !text.ends_with("\n\n") && text.len() > 1;
    ends_once && !has_blank_end && !text.contains('\r') && !text.starts_with('\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha256_of_the_lines() {
        // printf '# users\n\nrevision = "a"\n' | sha256sum
        assert_eq!(
            checksum("# users\n\nrevision = \"a\"\n"),
            "sha256:97c97178609c8c551769f1d8dafc9ed1ba888fb4b720b33043a7581d9daabb07"
        );
        assert_eq!(
            checksum(""),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn line_ends_and_trailing_blanks_make_no_difference() {
        let plain = checksum("a\n\nb\n");
        for same in
            ["a\n\nb", "a\r\n\r\nb\r\n", "a\r\rb\r", "a  \n\t\nb\t\n\n \n", "\u{feff}a\n\nb\n"]
        {
            assert_eq!(checksum(same), plain, "{same:?}");
        }
        for other in
            ["a\nb\n", "a\n\n\nb\n", " a\n\nb\n", "\na\n\nb\n", "A\n\nb\n", "a\n\nb\u{a0}\n"]
        {
            assert_ne!(checksum(other), plain, "{other:?}");
        }
    }
}
