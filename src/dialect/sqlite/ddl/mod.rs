//! Reading the statements by which SQLite keeps its schema: the texts of `sqlite_schema.sql`.
//!
//! Nothing is lost: every part says where it stands in the text (its [`Span`]), so the text can
//! be edited instead of being written anew. Expressions are not understood, only delimited.
//!
//! The texts were accepted by SQLite once, so this reader is no judge of them: it knows where
//! each clause begins and ends, as <https://sqlite.org/lang_createtable.html> and the grammar
//! behind it have it, with what that grammar allows beyond the manual:
//!
//! - a name may be a string (`'a'`), and any keyword that is not reserved;
//! - a type is any number of words, and swallows `GENERATED ALWAYS`;
//! - table constraints need no commas between them;
//! - `CONSTRAINT name` may stand without a constraint.

mod index;
mod reader;
mod table;
mod view;

pub use reader::{trim, unquote};

use std::ops::Range;

use crate::schema::{Action, Deferrable, Nulls};

/// Where a part stands in its statement, in bytes.
pub type Span = Range<usize>;

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The name, without quotes.
    pub name: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A `CREATE TABLE` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateTable {
    /// The table's name, without that of its schema.
    pub name: Identifier,
    /// What stands between the parentheses.
    pub body: Span,
    /// The columns.
    pub columns: Vec<ColumnDefinition>,
    /// The constraints behind the columns.
    pub constraints: Vec<TableConstraint>,
    /// What stands behind the parentheses.
    pub options: Vec<TableOption>,
}

/// A column of a `CREATE TABLE` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDefinition {
    /// Its name.
    pub name: Identifier,
    /// Its type as SQLite reports it (in the case it was written), empty when it has none.
    pub ty: String,
    /// Where the type stands; empty and behind the name when there is none.
    pub ty_span: Span,
    /// Its constraints, in their order.
    pub constraints: Vec<ColumnConstraint>,
    /// All of it, without the comma.
    pub span: Span,
}

/// A constraint that stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnConstraint {
    /// Its name.
    pub name: Option<Identifier>,
    /// What it says.
    pub kind: ColumnConstraintKind,
    /// All of it, `CONSTRAINT name` included.
    pub span: Span,
}

/// What a constraint that stands in a column says.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnConstraintKind {
    /// `PRIMARY KEY`.
    PrimaryKey {
        /// `DESC`.
        descending: bool,
        /// `ON CONFLICT`.
        on_conflict: Option<OnConflict>,
        /// `AUTOINCREMENT`.
        autoincrement: bool,
    },
    /// `NOT NULL`.
    NotNull {
        /// `ON CONFLICT`.
        on_conflict: Option<OnConflict>,
    },
    /// `NULL`, which says nothing.
    Null,
    /// `UNIQUE`.
    Unique {
        /// `ON CONFLICT`.
        on_conflict: Option<OnConflict>,
    },
    /// `CHECK (...)`.
    Check {
        /// What stands between the parentheses.
        expression: Span,
    },
    /// `DEFAULT ...`.
    Default {
        /// The value, parentheses and sign included.
        value: Span,
    },
    /// `COLLATE ...`.
    Collate {
        /// The collation.
        collation: Identifier,
    },
    /// `REFERENCES ...`.
    References(References),
    /// `DEFERRABLE` or `NOT DEFERRABLE` that does not follow its `REFERENCES` at once. SQLite
    /// takes it for the last foreign key before it, of any column.
    Deferrable(Option<Deferrable>),
    /// `GENERATED ALWAYS AS (...)`.
    Generated {
        /// What stands between the parentheses.
        expression: Span,
        /// `STORED` rather than `VIRTUAL`.
        stored: bool,
    },
    /// Nothing: `CONSTRAINT name` stands alone.
    Nothing,
}

/// A constraint that stands behind the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct TableConstraint {
    /// Its name.
    pub name: Option<Identifier>,
    /// What it says.
    pub kind: TableConstraintKind,
    /// All of it, `CONSTRAINT name` included, without commas.
    pub span: Span,
}

/// What a constraint that stands behind the columns says.
#[derive(Clone, Debug, PartialEq)]
pub enum TableConstraintKind {
    /// `PRIMARY KEY (...)`.
    PrimaryKey {
        /// Its columns.
        columns: Vec<IndexedColumn>,
        /// `AUTOINCREMENT`.
        autoincrement: bool,
        /// `ON CONFLICT`.
        on_conflict: Option<OnConflict>,
    },
    /// `UNIQUE (...)`.
    Unique {
        /// Its columns.
        columns: Vec<IndexedColumn>,
        /// `ON CONFLICT`.
        on_conflict: Option<OnConflict>,
    },
    /// `CHECK (...)`.
    Check {
        /// What stands between the parentheses.
        expression: Span,
        /// `ON CONFLICT`, which SQLite reads and ignores.
        on_conflict: Option<OnConflict>,
    },
    /// `FOREIGN KEY (...) REFERENCES ...`.
    ForeignKey {
        /// The columns that refer.
        columns: Vec<Identifier>,
        /// What they refer to.
        references: References,
    },
    /// Nothing: `CONSTRAINT name` stands alone.
    Nothing,
}

/// A `REFERENCES` clause.
#[derive(Clone, Debug, PartialEq)]
pub struct References {
    /// The table referred to.
    pub table: Identifier,
    /// The columns referred to; none are the primary key.
    pub columns: Vec<Identifier>,
    /// `ON DELETE`.
    pub on_delete: Action,
    /// `ON UPDATE`.
    pub on_update: Action,
    /// `MATCH`, which SQLite reads and ignores.
    pub matching: Option<Identifier>,
    /// `DEFERRABLE`; `NOT DEFERRABLE` is `None`.
    pub deferrable: Option<Deferrable>,
    /// All of it, from `REFERENCES` on.
    pub span: Span,
}

/// What happens to a row that violates a constraint.
///
/// See <https://sqlite.org/lang_conflict.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// The transaction ends.
    Rollback,
    /// The statement is undone: what happens anyway.
    Abort,
    /// The statement stops.
    Fail,
    /// The row is passed over.
    Ignore,
    /// The rows in its way are deleted.
    Replace,
}

impl OnConflict {
    /// Every resolution with its word in options.
    pub const ALL: [(OnConflict, &str); 5] = [
        (OnConflict::Rollback, "rollback"),
        (OnConflict::Abort, "abort"),
        (OnConflict::Fail, "fail"),
        (OnConflict::Ignore, "ignore"),
        (OnConflict::Replace, "replace"),
    ];

    /// The resolution called `word`, in any case.
    pub fn parse(word: &str) -> Option<OnConflict> {
        let found = OnConflict::ALL.iter().find(|(_, name)| name.eq_ignore_ascii_case(word));
        found.map(|(resolution, _)| *resolution)
    }

    /// Its word in options.
    pub fn word(self) -> &'static str {
        let found = OnConflict::ALL.iter().find(|(resolution, _)| *resolution == self);
        found.map_or("", |(_, word)| word)
    }
}

/// What stands behind the parentheses of a `CREATE TABLE` statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableOption {
    /// Which one.
    pub kind: TableOptionKind,
    /// Where it stands.
    pub span: Span,
}

/// An option of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableOptionKind {
    /// `WITHOUT ROWID`.
    WithoutRowid,
    /// `STRICT`.
    Strict,
}

/// A `CREATE INDEX` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateIndex {
    /// Whether it says `UNIQUE`.
    pub unique: bool,
    /// The index's name, without that of its schema.
    pub name: Identifier,
    /// The table's name.
    pub table: Identifier,
    /// What stands between the parentheses.
    pub body: Span,
    /// What it is sorted by.
    pub columns: Vec<IndexedColumn>,
    /// What stands behind `WHERE`.
    pub predicate: Option<Span>,
}

/// One column of an index, a primary key or a unique constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexedColumn {
    /// What is indexed.
    pub key: IndexedKey,
    /// `COLLATE`.
    pub collation: Option<Identifier>,
    /// `DESC`.
    pub descending: bool,
    /// `NULLS FIRST` or `NULLS LAST`.
    pub nulls: Option<Nulls>,
    /// All of it.
    pub span: Span,
}

/// What one column of an index holds.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexedKey {
    /// A name: a column's, unless the table has none of that name.
    Column(Identifier),
    /// A computed value, without parentheses around the whole of it.
    Expression(Span),
}

/// A `CREATE VIEW` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateView {
    /// The view's name, without that of its schema.
    pub name: Identifier,
    /// What stands between the parentheses behind the name, if anything does.
    pub columns: Option<Span>,
    /// Its query, from `SELECT` (or `WITH`, `VALUES`) on.
    pub query: Span,
}

/// A `CREATE TRIGGER` statement, up to the table it watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTrigger {
    /// The trigger's name, without that of its schema.
    pub name: Identifier,
    /// The name of the table or view it watches.
    pub table: Identifier,
}

/// A `CREATE VIRTUAL TABLE` statement, up to its module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateVirtualTable {
    /// The table's name, without that of its schema.
    pub name: Identifier,
    /// The name of the module behind it.
    pub module: Identifier,
}

/// A statement that is not what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {what}")]
pub struct DdlError {
    /// What should stand there.
    pub what: &'static str,
    /// The byte of the statement where it should.
    pub at: usize,
}

impl CreateTable {
    /// Reads a `CREATE TABLE` statement with a list of columns. (SQLite keeps one for
    /// `CREATE TABLE ... AS` too.)
    ///
    /// # Errors
    /// When it is something else, or odd.
    pub fn parse(text: &str) -> Result<CreateTable, DdlError> {
        table::parse(text)
    }

    /// The column called `name`. SQLite's names are equal when only ASCII letters differ in case.
    pub fn column(&self, name: &str) -> Option<&ColumnDefinition> {
        self.columns.iter().find(|column| column.name.name.eq_ignore_ascii_case(name))
    }

    /// Whether the table has this option.
    pub fn has(&self, option: TableOptionKind) -> bool {
        self.options.iter().any(|it| it.kind == option)
    }
}

impl ColumnDefinition {
    /// Reads one column as it stands in `CREATE TABLE` and behind `ADD COLUMN`.
    ///
    /// # Errors
    /// When it is something else, or odd.
    pub fn parse(text: &str) -> Result<ColumnDefinition, DdlError> {
        table::parse_column(text)
    }
}

impl CreateIndex {
    /// Reads a `CREATE INDEX` statement.
    ///
    /// # Errors
    /// When it is something else, or odd.
    pub fn parse(text: &str) -> Result<CreateIndex, DdlError> {
        index::parse(text)
    }
}

#[cfg(test)]
mod tests;
