//! The kinds of object beside tables.

use super::{Name, Options, Sql};

/// An enum type that stands on its own and is shared by several columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its values, in their order.
    pub values: Vec<String>,
}

/// A view, materialized or not.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Its name.
    pub name: Name,
    /// Whether its rows are stored.
    pub materialized: bool,
    /// Its query, from `SELECT` on.
    pub definition: Sql,
    /// What only one dialect knows.
    pub options: Options,
}

/// A trigger.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Its name.
    pub name: Name,
    /// The table or view it watches.
    pub table: Name,
    /// The whole `CREATE TRIGGER` statement, in the dialect's words.
    pub definition: Sql,
}

/// A function or procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The types of its arguments, as the dialect spells them between parentheses.
    pub arguments: String,
    /// The whole `CREATE FUNCTION` statement, in the dialect's words.
    pub definition: Sql,
}

/// How a sequence or an identity column counts; what is `None` is left to the database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SequenceOptions {
    /// The first number.
    pub start: Option<i64>,
    /// The distance between two numbers.
    pub increment: Option<i64>,
    /// The smallest number.
    pub min: Option<i64>,
    /// The largest number.
    pub max: Option<i64>,
    /// How many numbers a session takes at once.
    pub cache: Option<i64>,
    /// Whether it begins again at its end.
    pub cycle: bool,
}

/// A sequence that stands on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// Its name.
    pub name: Name,
    /// How it counts.
    pub options: SequenceOptions,
}

/// An extension of the database.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// Its name.
    pub name: String,
    /// The schema its objects live in.
    pub schema: Option<String>,
    /// Its version; `None` is the database's choice.
    pub version: Option<String>,
}

/// A schema in the sense of databases: a name space for tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Namespace {
    /// Its name.
    pub name: String,
}

/// Any object that is not a table. The variants stand in the order in which they are created.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// A name space.
    Namespace(Namespace),
    /// An extension.
    Extension(Extension),
    /// A shared enum.
    Enum(Enum),
    /// A sequence.
    Sequence(Sequence),
    /// A function or procedure.
    Function(Function),
    /// A view.
    View(View),
    /// A trigger.
    Trigger(Trigger),
}

impl Object {
    /// The kind in one word, as scripts say it after `create_` and `drop_`.
    pub fn kind(&self) -> &'static str {
        match self {
            Object::Namespace(_) => "schema",
            Object::Extension(_) => "extension",
            Object::Enum(_) => "enum",
            Object::Sequence(_) => "sequence",
            Object::Function(_) => "function",
            Object::View(View { materialized: true, .. }) => "materialized_view",
            Object::View(_) => "view",
            Object::Trigger(_) => "trigger",
        }
    }

    /// Its name.
    pub fn name(&self) -> Name {
        match self {
            Object::Namespace(it) => Name::new(&it.name),
            Object::Extension(it) => Name::new(&it.name),
            Object::Enum(it) => it.name.clone(),
            Object::Sequence(it) => it.name.clone(),
            Object::Function(it) => it.name.clone(),
            Object::View(it) => it.name.clone(),
            Object::Trigger(it) => it.name.clone(),
        }
    }
}
