//! What can be touched, and in which ways.

use std::collections::BTreeSet;

use crate::schema::Name;

/// The names in a piece of SQL.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) names: BTreeSet<String>,
    /// Whether the database keeps it, as it does a view's, and does not only run it once.
    pub(super) is_kept: bool,
}

/// One thing that is touched.
#[derive(Clone, Debug)]
pub(super) struct Touch {
    pub(super) thing: Thing,
    pub(super) how: How,
    /// The thing, for a person: `column 'user.email'`.
    pub(super) what: String,
}

/// A name in lower case: few databases tell names apart that differ in nothing but case.
pub(super) type Key = (Option<String>, String);

/// Something that is there once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// Tables, views, sequences, indexes, and the constraints behind which an index stands: in
    /// one database or another they all share their names,
    /// <https://www.postgresql.org/docs/current/catalog-pg-class.html>.
    Relation(Key),
    Column(Key, String),
    PrimaryKey(Key),
    /// That the values of these columns are unique, which foreign keys ask for.
    Uniqueness(Key, BTreeSet<String>),
    /// A foreign key or check. Its name is unique in a whole schema of MySQL,
    /// <https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html>.
    Constraint(String),
    /// A constraint without a name: of which kind, on which table, on what.
    Unnamed(&'static str, Key, String),
    Comment(Key),
    Option(Key, String),
    /// How a table keeps its rows, which its options say and columns follow.
    Form(Key),
    /// Triggers of one name and functions of one name meet, whatever their tables and arguments:
    /// in some databases the name is all that tells them apart,
    /// <https://www.sqlite.org/lang_createtrigger.html>.
    Object(&'static str, Key),
    /// Of which kind, its name, and the table within which it has it.
    Definition(String, Key, Option<Key>),
}

/// What is done to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It is not there before.
    Makes,
    /// It is not there afterwards.
    Removes,
    /// It is another one afterwards.
    Changes,
    /// Its values are others afterwards, or are compared otherwise.
    Retypes,
    /// It may be NULL where it could not, or may not where it could.
    Nulls,
    /// A primary key is put on it or taken from it.
    Keys,
    /// It must be there and hold what it holds.
    NeedsAsIs,
    /// It must be there.
    Needs,
    /// A name in an expression, which may or may not mean it.
    Mentions,
}

pub(super) fn key(name: &Name) -> Key {
    (name.schema.as_ref().map(|it| it.to_lowercase()), name.name.to_lowercase())
}
