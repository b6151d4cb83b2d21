//! What of a table only the server can settle.

/// By their names, or their places in the drafted table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Doubts {
    /// Columns whose type is one of the server's own.
    pub(super) types: Vec<String>,
    /// Columns of whose default it is not known how it is kept.
    pub(super) defaults: Vec<String>,
    /// Generated columns.
    pub(super) generated: Vec<String>,
    /// Checks, by their places.
    pub(super) checks: Vec<usize>,
    /// Columns of indexes, by the places of both.
    pub(super) keys: Vec<(usize, usize)>,
}

impl Doubts {
    pub(super) fn is_empty(&self) -> bool {
        *self == Doubts::default()
    }
}
