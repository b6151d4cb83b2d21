//! Numbers and bits as the servers write them.

use super::tree::Tree;

/// Whether a word is a number, with or without a sign.
pub(super) fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    digits.starts_with(|it: char| it.is_ascii_digit()) && !digits.starts_with("0x")
}

/// The number with the other sign; 0 has none.
pub(super) fn negative(number: &str) -> String {
    let is_zero = number.bytes().all(|it| matches!(it, b'0' | b'.'));
    match number.strip_prefix('-') {
        Some(digits) => digits.to_owned(),
        None if is_zero => number.to_owned(),
        None => format!("-{number}"),
    }
}

/// A number as the servers write it: `007` is `7`, `.5` is `0.5`, `5.` is `5`.
pub(super) fn number(text: &str) -> Tree {
    let lower = text.to_lowercase();
    if lower.starts_with("0x") || lower.starts_with("0b") {
        return Tree::Word(bits_of(&lower).unwrap_or(lower));
    }
    let (mantissa, exponent) = match lower.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, format!("e{exponent}")),
        None => (lower.as_str(), String::new()),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        other => other,
    };
    let part = if part.is_empty() { String::new() } else { format!(".{part}") };
    Tree::Word(format!("{whole}{part}{exponent}"))
}

/// Bits in one spelling: `b'101'` and `0b101` are `0x05`; `x'0f'` is another kind of value to MariaDB.
pub(super) fn bits_of(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let bits = lower
        .strip_prefix("0b")
        .or_else(|| lower.strip_prefix("b'").and_then(|it| it.strip_suffix('\'')));
    if let Some(bits) = bits {
        let padded = format!("{}{bits}", "0".repeat((8 - bits.len() % 8) % 8));
        let byte = |it: &[u8]| u8::from_str_radix(std::str::from_utf8(it).ok()?, 2).ok();
        let bytes: Option<Vec<u8>> = padded.as_bytes().chunks(8).map(byte).collect();
        return Some(format!(
            "0x{}",
            bytes?.iter().map(|it| format!("{it:02x}")).collect::<String>()
        ));
    }
    (lower.starts_with("x'") || lower.starts_with("0x")).then_some(lower)
}
