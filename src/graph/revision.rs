use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};

use super::RevisionId;
use crate::error::{Place, Source};
use crate::script::Header;

/// A node of the graph: what the head of a script says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Its name.
    pub id: RevisionId,
    /// The revisions on top of which it was written; none make it a base, two or more a merge.
    pub parents: Vec<RevisionId>,
    /// Ids or labels of revisions in other lines that must have run before it.
    pub depends_on: Vec<String>,
    /// The revisions whose work it does and that have no files any more, oldest first.
    pub replaces: Vec<RevisionId>,
    /// Those of `replaces` at which a database stands that has run them all; none is the
    /// last one.
    pub ends: Vec<RevisionId>,
    /// The names that it states for its line.
    pub labels: Vec<String>,
    /// The comment on top of its file.
    pub message: String,
    /// When its file was written.
    pub created: Option<DateTime<FixedOffset>>,
    /// Its file.
    pub path: PathBuf,
    /// The text of its file, where that is at hand.
    pub source: Option<Source>,
    /// Where in the file all of this is said.
    pub places: Places,
}

/// Where a file says what it says. A list runs beside the list of the same name in [`Revision`];
/// what is missing has no place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The id.
    pub id: Option<Place>,
    /// Each parent.
    pub parents: Vec<Option<Place>>,
    /// Each dependency.
    pub depends_on: Vec<Option<Place>>,
    /// Each revision that it replaces.
    pub replaces: Vec<Option<Place>>,
    /// Each label.
    pub labels: Vec<Option<Place>>,
}

impl Revision {
    /// The revision that `header`, read from the file at `path`, describes.
    pub fn new(header: &Header, path: impl Into<PathBuf>, places: Places) -> Revision {
        Revision {
            id: header.revision.clone(),
            parents: header.down_revision.clone(),
            depends_on: header.depends_on.clone(),
            replaces: header.replaces.clone(),
            ends: header.ends.clone(),
            labels: header.branch_labels.clone(),
            message: header.message.clone(),
            created: header.created,
            path: path.into(),
            source: None,
            places,
        }
    }

    /// The first line of its message.
    pub fn title(&self) -> &str {
        self.message.lines().next().unwrap_or_default().trim()
    }

    /// The revisions of which it is another name: a database that stands at one of them has run
    /// all that it replaces.
    pub fn other_names(&self) -> &[RevisionId] {
        match self.replaces.len() {
            length @ 1.. if self.ends.is_empty() => &self.replaces[length - 1..],
            _ => &self.ends,
        }
    }

    /// Whether it joins several lines.
    pub fn is_merge_point(&self) -> bool {
        self.parents.len() > 1
    }

    /// Where its parent number `at` is written.
    pub(super) fn parent_place(&self, at: usize) -> Option<Place> {
        self.places.parents.get(at).cloned().flatten()
    }

    /// Where its dependency number `at` is written.
    pub(super) fn dependency_place(&self, at: usize) -> Option<Place> {
        self.places.depends_on.get(at).cloned().flatten()
    }

    /// Where the revision number `at` of those that it replaces is written.
    pub(super) fn replaced_place(&self, at: usize) -> Option<Place> {
        self.places.replaces.get(at).cloned().flatten()
    }

    /// Where its label number `at` is written.
    pub(super) fn label_place(&self, at: usize) -> Option<Place> {
        self.places.labels.get(at).cloned().flatten()
    }
}
