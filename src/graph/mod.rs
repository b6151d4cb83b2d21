//! Where revisions stand: which come after which, where a database stands among them, and what
//! leads from there to another place.
//!
//! Set algebra over the headers of the scripts. No SQL, no files, no database: a place in a
//! database is a set of ids, [`Heads`], and a plan says which ids to put in the place of which. No
//! walk recurses, so a line may be as long as memory allows.
//!
//! What holds in every [`RevisionGraph`]: ids and labels share one name space without doubles,
//! every parent and dependency exists, and nothing comes before itself. A revision may do the work
//! of others that have no files any more: the end of those is another name for it.

mod check;
mod drawing;
mod error;
mod history;
mod plan;
mod replaced;
mod resolve;
mod revision;
mod revision_graph;
mod run;
mod stamp;
mod target;
mod walk;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use drawing::{Row, Strokes};
pub use error::GraphError;
pub use plan::{Direction, Plan, Step};
pub use replaced::Acceptance;
pub use revision::{Places, Revision};
pub use revision_graph::RevisionGraph;
pub use run::Run;
pub use stamp::Stamp;
pub use target::{Anchor, Target, TargetError, TargetRange};

/// The name of a revision.
pub type RevisionId = String;

/// The revisions at which a database stands: what has run and is needed by nothing else that has
/// run. These are the rows of its version table.
pub type Heads = BTreeSet<RevisionId>;

/// Heads in a sentence: `base` where there are none.
pub fn in_words(heads: &Heads) -> String {
    match heads.len() {
        0 => "base".to_owned(),
        _ => heads.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

/// Takes the rows `from` out of `heads` and puts the rows `to` in.
pub(crate) fn exchange(heads: &mut Heads, from: &Heads, to: &Heads) {
    heads.retain(|id| !from.contains(id));
    heads.extend(to.iter().cloned());
}

/// The ids of `revisions`.
pub fn ids<'a>(revisions: impl IntoIterator<Item = &'a Revision>) -> Heads {
    revisions.into_iter().map(|revision| revision.id.clone()).collect()
}
