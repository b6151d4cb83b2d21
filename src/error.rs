//! Mistakes in files that people write: what, where, and what to do about it.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file's text with the path under which a person knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path, as messages show it.
    pub path: Arc<Path>,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// A file's text.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Source {
        Source { path: path.into().into(), text: text.into() }
    }

    /// A file's text in its bytes.
    ///
    /// # Errors
    /// For the first byte that belongs to no character.
    pub(crate) fn decode(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Result<Source, Mistake> {
        Source::decode_as(path, bytes, "the file", "save the file as UTF-8")
    }

    /// As [`Source::decode`] for `what`, which is not a file.
    ///
    /// # Errors
    /// As [`Source::decode`]; `hint` says what to do about it.
    pub(crate) fn decode_as(
        path: impl Into<PathBuf>,
        bytes: Vec<u8>,
        what: &str,
        hint: &str,
    ) -> Result<Source, Mistake> {
        let error = match String::from_utf8(bytes) {
            Ok(text) => return Ok(Source::new(path, text)),
            Err(error) => error,
        };
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let place = Source::new(path, text).place(at..at + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = format!("{what} is not UTF-8: the byte {byte:#04x} belongs to no character");
        Err(Mistake::new(message, place).hint(hint.to_owned()))
    }

    /// The place of the bytes in `span`.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place { source: self.clone(), span }
    }
}

/// A stretch of a file: what a caret points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Source,
    /// The bytes of its text.
    pub span: Range<usize>,
}

impl Place {
    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.source.path
    }

    /// The file and the line, for messages that speak of a second place.
    pub fn line(&self) -> String {
        let before = self.source.text.get(..self.span.start).unwrap_or_default();
        format!("{}:{}", self.path().display(), before.matches('\n').count() + 1)
    }
}

/// One thing that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong, in lower case and without a final period.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Mistake {
    /// Something wrong at `place`.
    pub fn new(message: impl Into<String>, place: Place) -> Mistake {
        Mistake { message: message.into(), place: Some(place), hint: None }
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Mistake {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

/// Everything that is wrong in the files that were read; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<_> = self.0.iter().map(|mistake| mistake.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for Mistakes {}

impl From<Mistake> for Mistakes {
    fn from(mistake: Mistake) -> Mistakes {
        Mistakes(vec![mistake])
    }
}

/// Words in a sentence, in backticks: `a`, `b` and `c`, where `last` is `and`.
pub(crate) fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match &words[..] {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// The one of `names` that a person who wrote `word` most likely meant.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    let found = names.into_iter().map(|name| (distance(word, name), name));
    found
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|it| it.1)
}

/// The few of `names` that are nearest to `word`, all as near, in the order of the alphabet.
pub fn nearest_few<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    const FEW: usize = 3;
    let limit = (word.chars().count() / 3).clamp(1, 3);
    let found = names.into_iter().map(|name| (distance(word, name), name));
    let mut found: Vec<_> = found.filter(|(distance, _)| *distance <= limit).collect();
    found.sort_unstable();
    let least = found.first().map(|(distance, _)| *distance);
    let as_near = found.iter().take_while(|(distance, _)| Some(*distance) == least);
    as_near.take(FEW).map(|(_, name)| *name).collect()
}

/// How many letters must be added, dropped, replaced or swapped to make `b` of `a`.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name() {
        let names = ["type", "nullable", "default", "primary_key"];
        assert_eq!(nearest("typ", names), Some("type"));
        assert_eq!(nearest("nulable", names), Some("nullable"));
        assert_eq!(nearest("Primary_Kye", names), Some("primary_key"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest_few("0x", ["02", "0y1", "01", "04", "03"]), ["01", "02", "03"]);
        assert_eq!(nearest_few("typ", names), ["type"]);
        assert_eq!(nearest_few("colour", names), [""; 0]);
    }
}
