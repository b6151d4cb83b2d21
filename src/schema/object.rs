//! The kinds of object beside tables.

use super::{Name, Options, Sql, Type};

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
    /// The type of its numbers, one of whole numbers; `None` is left to the database.
    pub ty: Option<Type>,
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

/// An object of a kind that one database has and others lack: a policy, a domain, a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its kind, in the database's own words and in lower case: `policy`, `event trigger`.
    pub kind: String,
    /// Its name.
    pub name: Name,
    /// The table or view that it belongs to.
    pub table: Option<Name>,
    /// The whole statement that makes it, in the dialect's words.
    pub definition: Sql,
}

/// A word that cannot be the kind of a [`Definition`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindError {
    /// It is not made of words in lower case.
    NoWords,
    /// Objects of this kind are no definitions.
    Known(&'static str),
}

/// Kinds that are more than a definition, each with the word that stands for it.
const KNOWN_KINDS: [(&str, &str); 11] = [
    ("table", "table"),
    ("index", "index"),
    ("schema", "schema"),
    ("extension", "extension"),
    ("enum", "enum"),
    ("sequence", "sequence"),
    ("function", "function"),
    ("procedure", "function"),
    ("view", "view"),
    ("materialized view", "materialized_view"),
    ("trigger", "trigger"),
];

impl Definition {
    /// Whether `kind` may be the kind of a definition.
    ///
    /// # Errors
    /// When it is no words in lower case, or the kind of something else.
    pub fn check_kind(kind: &str) -> Result<(), KindError> {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
        if !kind.split(' ').all(is_word) {
            return Err(KindError::NoWords);
        }
        match KNOWN_KINDS.iter().find(|(known, _)| *known == kind) {
            Some((_, word)) => Err(KindError::Known(word)),
            None => Ok(()),
        }
    }
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
    /// Anything else that has a definition.
    Definition(Definition),
}

impl Object {
    /// The word by which scripts say it after `create_` and `drop_`.
    pub fn word(&self) -> &'static str {
        match self {
            Object::Namespace(_) => "schema",
            Object::Extension(_) => "extension",
            Object::Enum(_) => "enum",
            Object::Sequence(_) => "sequence",
            Object::Function(_) => "function",
            Object::View(View { materialized: true, .. }) => "materialized_view",
            Object::View(_) => "view",
            Object::Trigger(_) => "trigger",
            Object::Definition(_) => "object",
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
            Object::Definition(it) => it.name.clone(),
        }
    }

    /// The table or view that it belongs to.
    pub fn table(&self) -> Option<&Name> {
        match self {
            Object::Trigger(it) => Some(&it.table),
            Object::Definition(it) => it.table.as_ref(),
            Object::Namespace(_)
            | Object::Extension(_)
            | Object::Enum(_)
            | Object::Sequence(_)
            | Object::Function(_)
            | Object::View(_) => None,
        }
    }

    /// The SQL that it is made of.
    pub fn definition(&self) -> Option<&Sql> {
        match self {
            Object::Function(it) => Some(&it.definition),
            Object::View(it) => Some(&it.definition),
            Object::Trigger(it) => Some(&it.definition),
            Object::Definition(it) => Some(&it.definition),
            Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => {
                None
            }
        }
    }
}
