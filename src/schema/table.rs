//! A table and everything that belongs to it.

use std::collections::BTreeMap;
use std::fmt;

use super::{Index, Name, SequenceOptions, Sql, Type};

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// Its primary key.
    pub primary_key: Option<PrimaryKey>,
    /// Its unique constraints.
    pub uniques: Vec<Unique>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its check constraints.
    pub checks: Vec<Check>,
    /// Its indexes, those behind constraints apart. In `Operation::CreateTable` and
    /// `Operation::DropTable` there are none: indexes are created and dropped beside their table.
    pub indexes: Vec<Index>,
    /// Its comment.
    pub comment: Option<String>,
    /// What only one dialect knows.
    pub options: Options,
    /// The statement by which the database keeps it.
    pub source: Source,
}

impl Table {
    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Every name in it that is not a column's: of its keys, constraints and indexes.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let constraints = (self.primary_key.iter().map(|it| &it.name))
            .chain(self.uniques.iter().map(|it| &it.name))
            .chain(self.foreign_keys.iter().map(|it| &it.name))
            .chain(self.checks.iter().map(|it| &it.name))
            .flatten();
        constraints.chain(self.indexes.iter().map(|it| &it.name)).cloned()
    }

    /// Whether the column called `name` is the whole primary key.
    pub fn is_sole_key(&self, name: &str) -> bool {
        self.primary_key.as_ref().is_some_and(|key| key.columns == [name])
    }

    /// Whether a column that does not say so numbers itself: an integer that alone is the primary
    /// key, with no other source of values. The rule is SQLAlchemy's `autoincrement="auto"`,
    /// <https://docs.sqlalchemy.org/en/20/core/metadata.html#sqlalchemy.schema.Column.params.autoincrement>.
    pub(crate) fn numbers_itself(&self, column: &Column) -> bool {
        column.ty.is_integer()
            && self.is_sole_key(&column.name)
            && column.default.is_none()
            && column.generated.is_none()
            && !self.foreign_keys.iter().any(|key| key.columns.contains(&column.name))
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// What a row gets that names no value.
    pub default: Option<Value>,
    /// How its value is computed, for a generated column.
    pub generated: Option<Generated>,
    /// How it numbers itself, if it does.
    pub identity: Option<Identity>,
    /// By which rules its texts are compared.
    pub collation: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// What only one dialect knows.
    pub options: Options,
}

impl Column {
    /// A column of that name and type which may be NULL and has nothing else.
    pub fn new(name: impl Into<String>, ty: Type) -> Column {
        Column {
            name: name.into(),
            ty,
            nullable: true,
            default: None,
            generated: None,
            identity: None,
            collation: None,
            comment: None,
            options: Options::new(),
        }
    }
}

/// A value in a default or a row: one that is written down, or one that the database computes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Written down.
    Literal(Literal),
    /// Computed.
    Expression(Sql),
}

/// A value that is written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Float(f64),
    /// A text; also dates, times, and numbers too long for the others.
    Text(String),
}

/// How a generated column is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// From the other columns of its row.
    pub expression: Sql,
    /// Whether the value is stored, rather than computed when read.
    pub stored: bool,
}

/// A column that numbers itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// Whether a row may not bring a number of its own.
    pub always: bool,
    /// How it counts.
    pub options: SequenceOptions,
}

/// A primary key. `name` is `None` for one the database found unnamed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrimaryKey {
    /// The constraint's name.
    pub name: Option<String>,
    /// Its columns, in their order.
    pub columns: Vec<String>,
    /// What only one dialect knows.
    pub options: Options,
}

/// A unique constraint. `name` is `None` for one the database found unnamed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unique {
    /// The constraint's name.
    pub name: Option<String>,
    /// Its columns, in their order.
    pub columns: Vec<String>,
    /// When it is checked.
    pub deferrable: Option<Deferrable>,
    /// What only one dialect knows.
    pub options: Options,
}

/// A foreign key. `name` is `None` for one the database found unnamed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignKey {
    /// The constraint's name.
    pub name: Option<String>,
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: Name,
    /// The columns referred to; none are the primary key.
    pub references: Vec<String>,
    /// What happens when the row referred to is deleted.
    pub on_delete: Action,
    /// What happens when the key referred to changes.
    pub on_update: Action,
    /// `MATCH FULL` and the like; `None` is `MATCH SIMPLE`.
    pub matching: Option<String>,
    /// When it is checked.
    pub deferrable: Option<Deferrable>,
    /// What only one dialect knows.
    pub options: Options,
}

/// What a foreign key does about its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Fail at the end of the statement, or of the transaction when deferred.
    #[default]
    NoAction,
    /// Fail at once.
    Restrict,
    /// Do the same to the referring rows.
    Cascade,
    /// Set the referring columns to NULL.
    SetNull,
    /// Set the referring columns to their defaults.
    SetDefault,
}

impl Action {
    /// Every action with its word in models and scripts.
    pub const ALL: [(Action, &str); 5] = [
        (Action::NoAction, "no action"),
        (Action::Restrict, "restrict"),
        (Action::Cascade, "cascade"),
        (Action::SetNull, "set null"),
        (Action::SetDefault, "set default"),
    ];

    /// The action called `word`, in any case.
    pub fn parse(word: &str) -> Option<Action> {
        let found = Action::ALL.iter().find(|(_, name)| name.eq_ignore_ascii_case(word));
        found.map(|(action, _)| *action)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Action::ALL.iter().find(|(action, _)| action == self);
        f.write_str(found.map_or("", |(_, word)| word))
    }
}

/// A constraint that may be checked at the end of the transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deferrable {
    /// Whether it is, unless the transaction says otherwise.
    pub initially: bool,
}

/// A check constraint. `name` is `None` for one the database found unnamed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Check {
    /// The constraint's name.
    pub name: Option<String>,
    /// What must not be false of a row.
    pub expression: Sql,
    /// What only one dialect knows.
    pub options: Options,
}

/// What only one dialect knows of an object, keyed `sqlite.strict`.
///
/// A dialect ignores the others' options and rejects its own unknown ones.
pub type Options = BTreeMap<String, OptionValue>;

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// On or off.
    Boolean(bool),
    /// A number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// The statement by which a database keeps an object, where it keeps one.
///
/// How an object is spelled is not what it is: all sources are equal.
#[derive(Clone, Debug, Default)]
pub struct Source(pub Option<String>);

impl PartialEq for Source {
    fn eq(&self, _: &Source) -> bool {
        true
    }
}
