//! Why a script cannot be written down.

use crate::dialect;
use crate::error::{Place, list};
use crate::graph::{Direction, RevisionId};
use crate::run::Cause;

/// A script that cannot be written down.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OfflineError {
    /// The place asks the database.
    #[error("`{target}` is where a database stands, and `--sql` asks none")]
    NeedsDatabase { target: String },
    /// Nothing says where a downgrade begins.
    #[error("without a database nothing says where the downgrade to `{target}` begins")]
    NoStart { target: String },
    /// Several ranges begin at several places.
    #[error("the ranges begin at different places")]
    ManyStarts,
    /// The ends are the wrong way round.
    #[error("`{range}` leads {} and a{} {direction} only goes {}", away(*.direction), article(*.direction), along(*.direction))]
    WrongWay { range: String, direction: Direction },
    /// There is no such dialect here.
    #[error("this `db` does not speak `{name}`")]
    UnknownDialect { name: String, nearest: Option<&'static str> },
    /// A revision stops it.
    #[error("revision `{revision}` cannot be written as SQL{}", at(.operation))]
    Step {
        revision: RevisionId,
        operation: Option<String>,
        /// Whether the script begins behind it.
        is_before: bool,
        /// Where the statement is that failed.
        place: Option<Place>,
        #[source]
        cause: Box<Cause>,
    },
}

fn away(direction: Direction) -> &'static str {
    match direction {
        Direction::Upgrade => "down,",
        Direction::Downgrade => "up,",
    }
}

fn along(direction: Direction) -> &'static str {
    match direction {
        Direction::Upgrade => "up",
        Direction::Downgrade => "down",
    }
}

fn article(direction: Direction) -> &'static str {
    match direction {
        Direction::Upgrade => "n",
        Direction::Downgrade => "",
    }
}

fn at(operation: &Option<String>) -> String {
    operation.as_ref().map(|it| format!(": {it}")).unwrap_or_default()
}

impl OfflineError {
    pub(crate) fn places(&self) -> &[Place] {
        match self {
            OfflineError::Step { place, .. } => place.as_slice(),
            _ => &[],
        }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            OfflineError::NeedsDatabase { .. } => {
                "name the revisions: `from:to`, as in `ae10:head`".to_owned()
            }
            OfflineError::NoStart { target } => {
                format!("say it: `db downgrade head:{target} --sql`")
            }
            OfflineError::ManyStarts => {
                "a database stands at one place: begin each with the same one".to_owned()
            }
            OfflineError::WrongWay { direction: Direction::Upgrade, .. } => {
                "write the older end first, or `db downgrade`".to_owned()
            }
            OfflineError::WrongWay { direction: Direction::Downgrade, .. } => {
                "write the newer end first, or `db upgrade`".to_owned()
            }
            OfflineError::UnknownDialect { nearest: Some(name), .. } => {
                format!("did you mean `{name}`?")
            }
            OfflineError::UnknownDialect { nearest: None, .. } => {
                let spoken = Some(list(dialect::spoken(), "and")).filter(|it| !it.is_empty());
                return spoken.map(|it| format!("it speaks {it}"));
            }
            OfflineError::Step { cause, is_before, revision, .. } => match (&**cause, is_before) {
                (Cause::Db(_) | Cause::Refused { .. }, true) => format!(
                    "what `{revision}` leaves must be known, so it is tried on an empty database in memory; `db upgrade` asks the real one"
                ),
                (Cause::Db(_) | Cause::Refused { .. }, false) => {
                    "what is printed is tried on an empty database in memory; run this one with `db upgrade`, on the real one".to_owned()
                }
                (Cause::Irreversible { .. }, _) => {
                    format!("a range that ends at `{revision}` stops above it")
                }
                (cause, _) => return cause.hint(),
            },
        })
    }
}
