//! What the statements of a file are to the schema that it declares.

use super::Unsupported;
use crate::schema::Name;

/// What a statement is to the schema that its file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// It makes this table.
    Table(Name),
    /// It makes or changes something else of the schema.
    Schema,
    /// What it makes is made by another statement of the same length, which can be carried out
    /// where the file is read.
    Instead(String),
    /// It settles how the statements behind it are read.
    Setting,
    /// It is about rows, rights, owners, the session or another database: nothing of the schema.
    Nothing,
    /// It may be about the schema, and must not be carried out.
    Refused(Unsupported),
}

impl Bearing {
    /// One that must not be carried out, with what works instead.
    pub(super) fn refused(what: impl Into<String>, hint: impl Into<String>) -> Bearing {
        Bearing::Refused(Unsupported::new(what, hint.into()))
    }
}
