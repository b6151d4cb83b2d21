//! Scripts of operations, `<revision>_<slug>.toml`.
//!
//! The head is keys, each operation an entry of `[[upgrade]]` or `[[downgrade]]` that begins with
//! the operation's word. What is written is TOML 1.0, one spelling for each value; what is read
//! may also use the freedoms of TOML 1.1. A file checked out with CRLF line ends means the same.

mod read;
#[cfg(test)]
mod tests;
mod write;

use std::borrow::Cow;

use ::toml::de::DeTable;

use super::{Entry, Located, Script, coalesce};
use crate::document::Reader;
use crate::error::{Mistakes, Source};
use crate::operation::Operation;

pub use read::WORDS;

/// Reads a script of operations.
///
/// # Errors
/// Everything that is wrong in it.
pub fn parse(source: &Source) -> Result<Script, Mistakes> {
    let source = unix(source);
    let reader = Reader::new(&source);
    let script = reader.document().and_then(|document| {
        let header = read::head(&reader, &document);
        let upgrade = coalesce(read::entries(&reader, &document, "upgrade"));
        let downgrade = coalesce(read::entries(&reader, &document, "downgrade"));
        header.map(|located| Script { header: located.header, upgrade, downgrade })
    });
    reader.finish(script)
}

/// Reads the head of a script of operations: what stands above its first table.
///
/// # Errors
/// Everything that is wrong in the head, or in the whole text when it is no TOML.
pub fn header(source: &Source) -> Result<Located, Mistakes> {
    let source = unix(source);
    if let Some(end) = head_end(&source.text, 0)
        && let Some(located) = head(&source, end)
    {
        return located;
    }
    let reader = Reader::new(&source);
    let located = reader.document().and_then(|document| read::head(&reader, &document));
    reader.finish(located)
}

/// Reads the first `end` bytes of a script as its head; `None` when they are no TOML, which is so
/// when what looks like the first table stands inside of a string.
pub(super) fn head(source: &Source, end: usize) -> Option<Result<Located, Mistakes>> {
    let document: DeTable = DeTable::parse(&source.text[..end]).ok()?.into_inner();
    let reader = Reader::new(source);
    let located = read::head(&reader, &document);
    Some(reader.finish(located))
}

/// Where the first line from `from` on begins that looks like a table's.
pub(super) fn head_end(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// The entries of both sections as text, without a line end behind the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Every `[[upgrade]]`.
    pub upgrade: String,
    /// Every `[[downgrade]]`.
    pub downgrade: String,
}

/// Writes the entries of a script. `note` may give a comment to stand above an operation; it is
/// asked for each change of an `AlterTable` alone.
pub fn write_body(script: &Script, note: &dyn Fn(&Operation) -> Option<String>) -> Body {
    let text = |entries: &[Entry], section| {
        let mut text = write::entries(entries, section, note);
        text.truncate(text.trim_end_matches('\n').len());
        text
    };
    Body {
        upgrade: text(&script.upgrade, "upgrade"),
        downgrade: text(&script.downgrade, "downgrade"),
    }
}

/// The word by which an operation's entry begins.
pub(super) fn word(operation: &Operation) -> String {
    let text = write::operation(operation);
    text.split([' ', '.']).next().unwrap_or_default().to_owned()
}

/// A text as TOML.
pub(super) fn string(text: &str) -> String {
    write::string(text)
}

/// The same text with the line ends it was written with, however it was checked out. A carriage
/// return that is meant is escaped, so those in a file are its line ends.
pub(super) fn unix(source: &Source) -> Cow<'_, Source> {
    if source.text.contains("\r\n") {
        Cow::Owned(Source::new(&*source.path, source.text.replace("\r\n", "\n")))
    } else {
        Cow::Borrowed(source)
    }
}
