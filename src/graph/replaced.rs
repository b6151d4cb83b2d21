//! Revisions that others do the work of: ids without a file.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::{GraphError, Heads, Revision, RevisionGraph, RevisionId};
use crate::error::Place;

/// Which revision does the work of one that has no file any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    /// The place of the one that replaces it.
    pub(super) by: usize,
    /// Whether it is another name of that one: a database that stands at it has run all of what
    /// was replaced.
    pub(super) is_name: bool,
}

/// A row of a version table that means a revision which has taken the place of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptance<'g> {
    /// The revision whose work is done.
    pub revision: &'g Revision,
    /// What the row says.
    pub row: RevisionId,
}

impl fmt::Display for Acceptance<'_> {
    /// `c4d8f6a1e023 in the place of 3f5a2c9e41d0, users and posts`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Acceptance { revision, row } = self;
        write!(f, "{} in the place of {row}", revision.id)?;
        match revision.title() {
            "" => Ok(()),
            title => write!(f, ", {title}"),
        }
    }
}

/// The ids that `revisions` replace.
pub(super) fn replaced(
    revisions: &[Revision],
    index: &HashMap<RevisionId, usize>,
    errors: &mut Vec<GraphError>,
) -> HashMap<RevisionId, Replaced> {
    let mut replaced: HashMap<RevisionId, Replaced> = HashMap::new();
    let mut twice: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (by, revision) in revisions.iter().enumerate() {
        let mut left: Vec<usize> = Vec::new();
        for (number, id) in revision.replaces.iter().enumerate() {
            if *id == revision.id {
                let places = Vec::from_iter(revision.replaced_place(number));
                errors.push(GraphError::ReplacesItself { id: id.clone(), places });
                continue;
            }
            left.extend(index.contains_key(id).then_some(number));
            twice.entry(id).or_default().push((by, number));
            let is_name = revision.other_names().contains(id);
            replaced.entry(id.clone()).or_insert(Replaced { by, is_name });
        }
        if !left.is_empty() {
            errors.push(still_there(revisions, index, revision, &left));
        }
    }
    twice.retain(|_, by| by.len() > 1);
    errors.extend(twice.into_iter().map(|(id, by)| GraphError::ReplacedTwice {
        id: id.to_owned(),
        by: by.iter().map(|(at, _)| revisions[*at].id.clone()).collect(),
        places: places(by.iter().map(|(at, number)| (&revisions[*at], *number))),
    }));
    replaced
}

/// The error of `revision`, which replaces some that have their files: those with these numbers.
fn still_there(
    revisions: &[Revision],
    index: &HashMap<RevisionId, usize>,
    revision: &Revision,
    numbers: &[usize],
) -> GraphError {
    let ids = || numbers.iter().map(|&number| &revision.replaces[number]);
    let files = ids().filter_map(|id| index.get(id)).map(|&at| &revisions[at]);
    // Where the list is long a few of them show what is wrong.
    const SHOWN: usize = 4;
    let mut there = places(numbers.first().map(|&number| (revision, number)).into_iter());
    there.extend(files.clone().filter_map(|file| file.places.id.clone()).take(SHOWN));
    GraphError::ReplacedExists {
        ids: ids().cloned().collect(),
        by: revision.id.clone(),
        paths: files.map(|file| file.path.clone()).collect(),
        places: there,
    }
}

fn places<'a>(named: impl Iterator<Item = (&'a Revision, usize)>) -> Vec<Place> {
    named.filter_map(|(revision, number)| revision.replaced_place(number)).collect()
}

/// Writes into every revision what it means where it names another one by a name that it has from
/// those it replaces: files that come after those need no change.
pub(super) fn settle(revisions: &mut [Revision], replaced: &HashMap<RevisionId, Replaced>) {
    if replaced.is_empty() {
        return;
    }
    let ids: Vec<RevisionId> = revisions.iter().map(|it| it.id.clone()).collect();
    for revision in revisions {
        for name in revision.parents.iter_mut().chain(&mut revision.depends_on) {
            if let Some(Replaced { by, is_name: true }) = replaced.get(name) {
                name.clone_from(&ids[*by]);
            }
        }
    }
}

impl RevisionGraph {
    /// The rows of a version table as this graph knows them: a database that has run all that a
    /// revision replaces stands at that revision. Ids that the graph does not know stay.
    ///
    /// # Errors
    /// [`GraphError::Inside`] for one that has run only some of it.
    pub fn accepted(&self, rows: &Heads) -> Result<Heads, GraphError> {
        let accepted = |id: &RevisionId| match self.replaced.get(id) {
            None => Ok(id.clone()),
            Some(Replaced { by, is_name: true }) => Ok(self.revisions[*by].id.clone()),
            Some(Replaced { by, is_name: false }) => Err(self.inside(id, *by)),
        };
        rows.iter().map(accepted).collect()
    }

    /// The rows that are names of a revision which does the work of theirs, each with that one.
    pub fn acceptances(&self, rows: &Heads) -> Vec<Acceptance<'_>> {
        let of_row = |row: &RevisionId| match self.replaced.get(row) {
            Some(Replaced { by, is_name: true }) => {
                Some(Acceptance { revision: &self.revisions[*by], row: row.clone() })
            }
            _ => None,
        };
        rows.iter().filter_map(of_row).collect()
    }

    /// The place of a row of a version table.
    pub(super) fn row(&self, id: &RevisionId) -> Result<usize, GraphError> {
        if let Some(at) = self.index.get(id) {
            return Ok(*at);
        }
        match self.replaced.get(id) {
            Some(Replaced { by, is_name: true }) => Ok(*by),
            Some(Replaced { by, is_name: false }) => Err(self.inside(id, *by)),
            None => Err(GraphError::UnknownHead { id: id.clone() }),
        }
    }

    fn inside(&self, id: &str, by: usize) -> GraphError {
        let by = &self.revisions[by];
        GraphError::Inside {
            id: id.to_owned(),
            by: by.id.clone(),
            last: by.replaces.last().cloned().unwrap_or_default(),
        }
    }

    /// The revision that took the place of `id`, if one did.
    pub fn replacement(&self, id: &str) -> Option<&Revision> {
        self.replaced.get(id).map(|Replaced { by, .. }| &self.revisions[*by])
    }

    /// The same as its place, for one by whose id it may be named.
    pub(super) fn replaced_by(&self, id: &str) -> Option<Result<usize, GraphError>> {
        let (id, Replaced { by, is_name }) = self.replaced.get_key_value(id)?;
        Some(match is_name {
            true => Ok(*by),
            false => {
                let (id, by) = (id.clone(), self.revisions[*by].id.clone());
                Err(GraphError::Replaced { id, by })
            }
        })
    }

    /// The revision that took the place of the only one without a file whose id begins so.
    pub(super) fn find_replaced(&self, beginning: &str) -> Option<Result<usize, GraphError>> {
        let begin_so = self.replaced.keys().filter(|id| id.starts_with(beginning));
        match begin_so.collect::<Vec<_>>().as_slice() {
            [] => None,
            [id] => self.replaced_by(id),
            several => {
                let mut candidates: Vec<_> = several.iter().map(|id| (*id).clone()).collect();
                candidates.sort_unstable();
                Some(Err(GraphError::Ambiguous { text: beginning.to_owned(), candidates }))
            }
        }
    }
}
