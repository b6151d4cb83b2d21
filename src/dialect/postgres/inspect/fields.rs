//! The fields of a row, read one after the other.

use std::str::FromStr;
use std::vec::IntoIter;

use serde::de::DeserializeOwned;

use crate::dialect::Row;

/// What of a row was not read yet.
pub(super) struct Fields(IntoIter<Option<String>>);

impl Fields {
    pub(super) fn new(row: Row) -> Fields {
        Fields(row.into_iter())
    }

    /// The field at this place among those that were not read yet.
    pub(super) fn peek(&self, at: usize) -> Option<&str> {
        self.0.as_slice().get(at)?.as_deref()
    }

    /// A text that may be NULL.
    pub(super) fn optional(&mut self) -> Option<String> {
        self.0.next().flatten()
    }

    /// The last field, which may be NULL.
    pub(super) fn last(self) -> Option<String> {
        self.0.last().flatten()
    }

    /// A text.
    pub(super) fn text(&mut self) -> String {
        self.optional().unwrap_or_default()
    }

    /// A word that may be NULL, of which the first character says all.
    pub(super) fn letter(&mut self) -> Option<char> {
        self.optional()?.chars().next()
    }

    /// True or false.
    pub(super) fn flag(&mut self) -> bool {
        self.optional().as_deref() == Some("t")
    }

    /// A number.
    pub(super) fn number<T: FromStr + Default>(&mut self) -> T {
        self.optional_number().unwrap_or_default()
    }

    /// A number that may be NULL.
    pub(super) fn optional_number<T: FromStr>(&mut self) -> Option<T> {
        self.optional()?.parse().ok()
    }

    /// The numbers of an array, `{1,2}`, or of a vector, `1 2`.
    pub(super) fn numbers<T: FromStr>(&mut self) -> Vec<T> {
        let text = self.text();
        let inner = text.trim_matches(['{', '}']);
        inner.split([',', ' ']).filter_map(|number| number.parse().ok()).collect()
    }

    /// The items of a list in JSON; NULL is none.
    pub(super) fn list<T: DeserializeOwned>(&mut self) -> Vec<T> {
        let text = self.optional();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }
}
