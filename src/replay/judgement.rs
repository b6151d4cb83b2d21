use std::fmt;

use super::act::Act;
use super::contact::Clash;
use crate::graph::RevisionId;
use crate::schema::ApplyError;

/// Whether it matters which of two lines runs first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Where it does.
    pub collisions: Vec<Collision>,
    /// What each order ends in, where that differs.
    pub outcomes: Vec<Outcome>,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
}

/// Operations of two lines whose order matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Collision {
    /// Why it does.
    pub clash: Clash,
    /// What it is about, for a person: `column 'user.email'`.
    pub what: String,
    /// The operations of the one line.
    pub left: Vec<Act>,
    /// The operations of the other line.
    pub right: Vec<Act>,
    /// The dialects on which they meet; none are all.
    pub dialects: Vec<String>,
}

/// What comes of an order of two lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An operation does not fit behind the other line.
    Fails {
        /// The operation.
        act: Act,
        /// The end of the other line.
        after: RevisionId,
        /// Why.
        error: ApplyError,
    },
    /// The schema ends otherwise.
    Differs {
        /// The end of the line that runs first.
        first: RevisionId,
        /// The end of the line that runs behind it.
        second: RevisionId,
        /// What leads from the end of the other order to the end of this one.
        changes: Vec<String>,
    },
}

/// Something in one of the lines that could not be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct NotJudged {
    /// The first operation of its kind in its revision.
    pub act: Act,
    /// Why not.
    pub why: Why,
}

/// Why an operation could not be judged.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It is SQL, which may do anything.
    RawSql,
    /// It is a program, which may do anything.
    Program,
    /// It does not fit what comes before it in its own line, so something there was not seen.
    Misfit(ApplyError),
    /// It is about rows, and whether they get in the way of the other line shows only in a
    /// database.
    Rows,
}

impl Judgement {
    /// Whether the two lines lead to the same schema in any order.
    pub fn commutes(&self) -> bool {
        self.collisions.is_empty()
    }
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clash.sentence(&self.what))?;
        match self.dialects.is_empty() {
            true => Ok(()),
            false => write!(f, " (on {} only)", self.dialects.join(", ")),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Fails { act, after, error } => {
                let what = act.describe().join(", ");
                write!(f, "with {after} first, {} fails: {error} ({what})", act.revision)
            }
            Outcome::Differs { first, second, changes } => write!(
                f,
                "with {second} last and not {first}, the schema ends otherwise: {}",
                changes.join(", ")
            ),
        }
    }
}

impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::RawSql => write!(f, "raw SQL in {}", self.act.revision),
            Why::Program => {
                write!(f, "{} in {}", self.act.describe().join(", "), self.act.revision)
            }
            Why::Misfit(error) => {
                write!(f, "{} in {}: {error}", self.act.describe().join(", "), self.act.revision)
            }
            Why::Rows => {
                let what = self.act.describe().join(", ");
                write!(f, "whether {what} in {} fit the other line", self.act.revision)
            }
        }
    }
}
