//! The fields of a row, read one after the other.

use std::str::FromStr;
use std::vec::IntoIter;

use crate::dialect::Row;

/// What of a row was not read yet.
pub(super) struct Fields(IntoIter<Option<String>>);

impl Fields {
    pub(super) fn new(row: Row) -> Fields {
        Fields(row.into_iter())
    }

    /// A text that may be NULL.
    pub(super) fn optional(&mut self) -> Option<String> {
        self.0.next().flatten()
    }

    /// A text; NULL is none of it.
    pub(super) fn text(&mut self) -> String {
        self.optional().unwrap_or_default()
    }

    /// Whether a text is `word`, in any case.
    pub(super) fn is(&mut self, word: &str) -> bool {
        self.optional().is_some_and(|it| it.eq_ignore_ascii_case(word))
    }

    /// A number.
    pub(super) fn number<T: FromStr + Default>(&mut self) -> T {
        self.optional_number().unwrap_or_default()
    }

    /// A number that may be NULL.
    pub(super) fn optional_number<T: FromStr>(&mut self) -> Option<T> {
        self.optional()?.parse().ok()
    }
}
