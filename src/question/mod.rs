//! Where a difference can be read in two ways, or would cost something: what to ask a person, and
//! what becomes of the answers.
//!
//! Pure: who is asked, and how, is the business of `commands`. Whether a question matters may hang
//! on the rows that are there; then it says which ([`Rows`]). Every question can be answered
//! beforehand ([`Answers`]), and the first answer of each is the one that loses nothing.

mod fill;
mod rename;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use fill::{FillError, fill, parse_value};
pub use rename::rename_questions;
pub use rows::{Rows, is_required, row_questions};

use crate::diff::Rename;
use crate::schema::{Name, Value};

/// What only a person can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What it is about.
    pub kind: Kind,
    /// The table or column, as flags name it: `user.email`.
    pub subject: String,
    /// The question, as sentences without a question mark at their end.
    pub text: String,
    /// What can be said, the answer that loses nothing first.
    pub answers: Vec<Answer>,
}

impl Question {
    /// Tells the questions of one comparison apart, and stays the same in the next one.
    pub fn id(&self) -> String {
        format!("{}:{}", self.kind, self.subject)
    }
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table goes and one like it comes.
    RenameTable,
    /// A column goes and one like it comes.
    RenameColumn,
    /// A column must have a value, and rows have none.
    Fill,
    /// A table goes with its rows.
    DropTable,
    /// A column goes with its values.
    DropColumn,
    /// A column gets a type that has no room for everything it may hold.
    Cast,
}

impl Kind {
    /// Whether nothing can be written without an answer. Otherwise what is written loses nothing
    /// by itself, and is marked.
    pub fn is_open(self) -> bool {
        match self {
            Kind::RenameTable | Kind::RenameColumn | Kind::Fill => true,
            Kind::DropTable | Kind::DropColumn | Kind::Cast => false,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::RenameTable => "rename_table",
            Kind::RenameColumn => "rename_column",
            Kind::Fill => "fill",
            Kind::DropTable => "drop_table",
            Kind::DropColumn => "drop_column",
            Kind::Cast => "cast",
        })
    }
}

/// One thing that can be said to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// In words.
    pub text: String,
    /// What it means.
    pub reply: Reply,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Nothing is to be written.
    Stop,
    /// It is a rename.
    Rename(Rename),
    /// What goes, goes.
    Drop(String),
    /// The type is meant, whatever becomes of the values.
    Cast(String),
    /// Rows without a value get this one; `None` is one that the person names.
    Fill {
        /// The table.
        table: Name,
        /// The column.
        column: String,
        /// What rows get.
        value: Option<Value>,
    },
}

impl Reply {
    /// The arguments that give this answer beforehand; `None` when nothing has to be said.
    pub fn arguments(&self) -> Option<[String; 2]> {
        let flag = |flag: &str, value: String| Some([flag.to_owned(), value]);
        match self {
            Reply::Stop => None,
            Reply::Rename(Rename::Table { from, to }) => flag("--rename", format!("{from}={to}")),
            Reply::Rename(Rename::Column { table, from, to }) => {
                flag("--rename", format!("{}={to}", table.column(from)))
            }
            Reply::Drop(subject) => flag("--drop", subject.clone()),
            Reply::Cast(subject) => flag("--cast", subject.clone()),
            Reply::Fill { table, column, value } => {
                let value = value.as_ref().map_or_else(|| "VALUE".to_owned(), fill::spell);
                flag("--fill", format!("{}={value}", table.column(column)))
            }
        }
    }
}

/// What a person has said: on the command line, in the models, or when asked.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Renames that are meant.
    pub renames: Vec<Rename>,
    /// Tables and columns whose loss is meant, as [`Question::subject`] names them.
    pub drops: BTreeSet<String>,
    /// Columns whose change of type is meant.
    pub casts: BTreeSet<String>,
    /// What rows get that have no value, by table and column.
    pub fills: BTreeMap<(Name, String), Value>,
    /// Every loss is meant, and nothing that goes is renamed.
    pub accept_loss: bool,
}

impl Answers {
    /// Adds what was said to a question. [`Reply::Stop`] and a value that is still to be named
    /// add nothing.
    pub fn give(&mut self, reply: Reply) {
        match reply {
            Reply::Rename(rename) => self.renames.push(rename),
            Reply::Drop(subject) => {
                self.drops.insert(subject);
            }
            Reply::Cast(subject) => {
                self.casts.insert(subject);
            }
            Reply::Fill { table, column, value: Some(value) } => {
                self.fills.insert((table, column), value);
            }
            Reply::Stop | Reply::Fill { value: None, .. } => {}
        }
    }

    fn drops(&self, subject: &str) -> bool {
        self.accept_loss || self.drops.contains(subject)
    }

    fn casts(&self, subject: &str) -> bool {
        self.accept_loss || self.casts.contains(subject)
    }
}

#[cfg(test)]
mod tests;
