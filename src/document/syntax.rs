//! From text to TOML, with the parser's mistakes in plain words.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

use crate::error::{Mistake, Source};

type Span = Range<usize>;

/// How many mistakes of one file are shown: behind the first ones the parser guesses.
const SHOWN: usize = 10;

/// Reads a file. The parser goes on after a mistake; of those in one line only the first counts.
///
/// # Errors
/// When the file is not TOML.
pub(crate) fn parse(source: &Source) -> Result<DeTable<'_>, Vec<Mistake>> {
    let (table, mut errors) = DeTable::parse_recoverable(&source.text);
    if errors.is_empty() {
        return Ok(table.into_inner());
    }
    errors.sort_by_key(|err| err.span().map_or(0, |span| span.start));
    let errors = one_a_line(&source.text, &errors);
    let more = errors.len().saturating_sub(SHOWN);
    let shown = errors.into_iter().take(SHOWN);
    let mut mistakes: Vec<_> = shown.map(|err| mistake(source, table.get_ref(), err)).collect();
    if let Some(last) = mistakes.last_mut().filter(|_| more > 0) {
        last.hint = Some(format!(
            "{more} more lines of this file are not TOML; mend the first ones and look again"
        ));
    }
    Err(mistakes)
}

/// The first of the sorted errors of each line.
fn one_a_line<'e>(text: &str, errors: &'e [Error]) -> Vec<&'e Error> {
    let mut first: Vec<&Error> = Vec::new();
    let mut last = 0;
    for err in errors {
        let at = err.span().map_or(0, |span| span.start);
        if first.is_empty() || text.get(last..at).is_some_and(|between| between.contains('\n')) {
            first.push(err);
        }
        last = at;
    }
    first
}

fn mistake(source: &Source, table: &DeTable, err: &Error) -> Mistake {
    let span = err.span().unwrap_or_default();
    let text = source.text.get(span.clone()).unwrap_or_default();
    if err.message() == "duplicate key" {
        return duplicate(source, table, text, span);
    }
    if let Some((message, hint)) = unquoted(source, err, text, &span) {
        return Mistake::new(message, source.place(span)).hint(hint);
    }
    if err.message() == "recursion limit" || err.message().starts_with("cannot recurse") {
        let hint = "no model needs this many levels".to_owned();
        return Mistake::new("values are nested too deep", source.place(span)).hint(hint);
    }
    let hint = if err.message().starts_with("unclosed") || text.is_empty() {
        "the caret shows where reading stopped; the slip may stand before it"
    } else {
        "see https://toml.io for how TOML is written"
    };
    Mistake::new(err.message(), source.place(span)).hint(hint.to_owned())
}

/// A value without quotes, for which the parser names what it took it for: `type = integer` is
/// an "invalid float" to it, since it begins like `inf`.
fn unquoted(source: &Source, err: &Error, text: &str, span: &Span) -> Option<(String, String)> {
    let message = err.message();
    let guessed = ["invalid float", "invalid boolean", "string values must be quoted"];
    if !guessed.iter().any(|it| message.starts_with(it)) {
        return None;
    }
    if text.is_empty() {
        let line = source.text[..span.start].rsplit('\n').next().unwrap_or_default();
        let key = line.trim_end().strip_suffix('=').map(str::trim).unwrap_or_default();
        let hint = format!("write `{key} = \"...\"`");
        return Some(("a key without a value".to_owned(), hint));
    }
    let hint = match text.to_ascii_lowercase().as_str() {
        word @ ("true" | "false") => format!("write `{word}`"),
        "yes" | "on" => "write `true`".to_owned(),
        "no" | "off" => "write `false`".to_owned(),
        "null" | "none" | "nil" => "TOML has no null: leave the key out".to_owned(),
        _ if text.starts_with(|c: char| c.is_alphanumeric() || c == '_') => {
            format!("a string stands in quotes: `\"{text}\"`")
        }
        _ => "a string stands in quotes".to_owned(),
    };
    Some((format!("`{text}` is no TOML value"), hint))
}

fn duplicate(source: &Source, table: &DeTable, key: &str, span: Span) -> Mistake {
    let message = match first(source, table, key, &span) {
        Some(first) => {
            format!("`{key}` is declared twice; first at {}", source.place(first).line())
        }
        None => format!("`{key}` is declared twice"),
    };
    Mistake::new(message, source.place(span)).hint("keep one of the two".to_owned())
}

/// Where the key at `span` was written before.
fn first(source: &Source, table: &DeTable, key: &str, span: &Span) -> Option<Span> {
    let line_start = source.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = source.text[line_start..].lines().next()?.trim();
    if line.starts_with('[') {
        let header = line.get(..=line.rfind(']')?)?;
        let mut at = 0;
        return source.text[..line_start].split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let indent = line.len() - line.trim_start().len();
            let found = line.trim_start().starts_with(header);
            found.then(|| start + indent..start + indent + header.len())
        });
    }
    let name = key.trim_matches(['"', '\'']);
    enclosing(source, table, span).get_key_value(name).map(|(key, _)| key.span())
}

/// The table whose keys stand at `span`: the innermost inline table around it, or else that of
/// the last header before it.
fn enclosing<'a>(source: &Source, root: &'a DeTable<'a>, span: &Span) -> &'a DeTable<'a> {
    let mut best = ((false, 0), root);
    let mut open: Vec<&Spanned<DeValue>> = root.values().collect();
    while let Some(value) = open.pop() {
        match value.get_ref() {
            DeValue::Array(items) => open.extend(items.iter()),
            DeValue::Table(table) => {
                open.extend(table.values());
                let at = value.span();
                let rank = match source.text.as_bytes().get(at.start) {
                    Some(b'{') if at.contains(&span.start) => (true, at.start),
                    Some(b'[') if at.start < span.start => (false, at.start),
                    _ => continue,
                };
                if rank >= best.0 {
                    best = (rank, table);
                }
            }
            _ => {}
        }
    }
    best.1
}
