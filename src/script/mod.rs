//! A revision's file. Two formats, one value: [`Script`].

use chrono::{DateTime, FixedOffset};

use crate::operation::Operation;

/// What a revision's file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The head of the file.
    pub header: Header,
    /// What an upgrade runs, in order.
    pub upgrade: Vec<Entry>,
    /// What a downgrade runs, in order.
    pub downgrade: Vec<Entry>,
}

/// The head of a revision's file: all that the graph needs to know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The comment on top of the file; its first line is the title.
    pub message: String,
    /// The revision's id.
    pub revision: String,
    /// The ids of its parents; two or more make it a merge.
    pub down_revision: Vec<String>,
    /// Names for the line that begins here.
    pub branch_labels: Vec<String>,
    /// Ids or labels of revisions in other lines that must have run before.
    pub depends_on: Vec<String>,
    /// When the file was written.
    pub created: Option<DateTime<FixedOffset>>,
    /// Which reading of operations the file was written for; absent is 1.
    pub behaviour: Option<u32>,
    /// The only dialect whose SQL the file holds; `None` is any.
    pub dialect: Option<String>,
    /// Whether the revision runs outside of a transaction (`transaction = false`).
    pub no_transaction: bool,
    /// Why there is no way back.
    pub irreversible: Option<String>,
}

/// An operation in a script.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The operation.
    pub operation: Operation,
    /// The dialects for which it is meant; none are all.
    pub dialects: Vec<String>,
}

impl From<Operation> for Entry {
    fn from(operation: Operation) -> Entry {
        Entry { operation, dialects: Vec::new() }
    }
}
