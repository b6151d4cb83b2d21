use std::collections::{BTreeSet, HashMap};

use super::replaced::Replaced;
use super::walk::{Edges, Members, members};
use super::{GraphError, Heads, Revision, RevisionId};

/// Revisions and what comes after what.
///
/// What holds in every graph is checked once, in [`RevisionGraph::new`]. Lists of revisions come in
/// the order in which they were given to it, which should be the order of their file names: it is
/// also what settles the order of steps that could run in more than one.
#[derive(Clone, Debug)]
pub struct RevisionGraph {
    /// In the order given.
    pub(super) revisions: Vec<Revision>,
    /// The place of each id in `revisions`.
    pub(super) index: HashMap<RevisionId, usize>,
    /// The ids that revisions replace.
    pub(super) replaced: HashMap<RevisionId, Replaced>,
    /// Labels in the order of the alphabet, each with the revision that states it.
    pub(super) labels: Vec<(String, usize)>,
    /// Parents and children.
    pub(super) lines: Edges,
    /// Parents and dependencies together, and what needs what.
    pub(super) needs: Edges,
    /// The places in `labels` of those that each revision has, its own and inherited.
    pub(super) inherited: Vec<Vec<usize>>,
}

impl RevisionGraph {
    /// All revisions.
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The revision with this id.
    pub fn get(&self, id: &str) -> Option<&Revision> {
        self.index.get(id).map(|&at| &self.revisions[at])
    }

    /// Whether nothing is called `id`: no revision, none that another one replaces, no label.
    pub fn is_free(&self, id: &str) -> bool {
        let is_known = self.index.contains_key(id) || self.replaced.contains_key(id);
        !is_known && self.labelled(id).is_none()
    }

    /// The revisions without a child.
    pub fn heads(&self) -> Vec<&Revision> {
        self.all_where(|at| self.lines.up[at].is_empty())
    }

    /// The revisions that nothing needs, neither as a parent nor as a dependency: where a
    /// database stands in which everything has run.
    pub fn real_heads(&self) -> Vec<&Revision> {
        self.all_where(|at| self.needs.up[at].is_empty())
    }

    /// The revisions with several children.
    pub fn branch_points(&self) -> Vec<&Revision> {
        self.all_where(|at| self.lines.up[at].len() > 1)
    }

    /// The revisions of which `id` is a parent.
    pub fn children(&self, id: &str) -> Vec<&Revision> {
        self.neighbours(id, &self.lines.up)
    }

    /// The revisions that need `id`, as a parent or as a dependency.
    pub fn dependants(&self, id: &str) -> Vec<&Revision> {
        self.neighbours(id, &self.needs.up)
    }

    /// The revisions that `id` depends on beside its parents, labels resolved.
    pub fn dependencies(&self, id: &str) -> Vec<&Revision> {
        let mut found = self.neighbours(id, &self.needs.down);
        found.drain(..self.neighbours(id, &self.lines.down).len());
        found
    }

    /// The labels of the lines that `id` is in, in the order of the alphabet: its own, those of
    /// its ancestors, and those of descendants up to the nearest branch point or merge.
    pub fn labels_of(&self, id: &str) -> Vec<&str> {
        self.index.get(id).map_or_else(Vec::new, |&at| self.labels_at(at).collect())
    }

    /// All labels and the revisions that state them.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &Revision)> {
        self.labels.iter().map(|(label, at)| (label.as_str(), &self.revisions[*at]))
    }

    /// Whether `id` is a revision without a child.
    pub fn is_head(&self, id: &str) -> bool {
        self.index.get(id).is_some_and(|&at| self.lines.up[at].is_empty())
    }

    /// Whether `id` is a revision that nothing needs.
    pub fn is_real_head(&self, id: &str) -> bool {
        self.index.get(id).is_some_and(|&at| self.needs.up[at].is_empty())
    }

    /// Whether `id` is a revision with several children.
    pub fn is_branch_point(&self, id: &str) -> bool {
        self.index.get(id).is_some_and(|&at| self.lines.up[at].len() > 1)
    }

    /// Everything that has run in a database that stands at `current`: these revisions, their
    /// ancestors and all that they depend on.
    ///
    /// # Errors
    /// [`GraphError::UnknownHead`], [`GraphError::Inside`].
    pub fn ancestors(&self, current: &Heads) -> Result<BTreeSet<RevisionId>, GraphError> {
        let rows = self.rows(current)?;
        let applied = self.applied(&rows);
        Ok(members(&applied).map(|at| self.revisions[at].id.clone()).collect())
    }

    /// The revisions that need none of `involved`: a database may stand at these as well, and it is
    /// nothing to the others.
    pub fn apart_from(&self, involved: &BTreeSet<RevisionId>) -> BTreeSet<RevisionId> {
        let involved: Vec<_> =
            involved.iter().filter_map(|id| self.index.get(id).copied()).collect();
        let near = self.needs.above(&involved);
        self.ids_of(&self.numbers_where(|at| !near[at])).into_iter().collect()
    }

    /// These revisions in the order in which an upgrade runs them. Ids that the graph does not have
    /// are left out.
    pub fn in_order(&self, ids: &BTreeSet<RevisionId>) -> Vec<&Revision> {
        let mut set = vec![false; self.revisions.len()];
        for at in ids.iter().filter_map(|id| self.index.get(id)) {
            set[*at] = true;
        }
        let mut order = self.needs.newest_first(&set);
        order.reverse();
        self.revisions_at(&order)
    }

    /// The members of `applied` that no other member needs: the rows of a version table in which
    /// these revisions have run. Ids that the graph does not have are left out.
    pub fn effective_heads(&self, applied: &BTreeSet<RevisionId>) -> Heads {
        let mut set = vec![false; self.revisions.len()];
        for at in applied.iter().filter_map(|id| self.index.get(id)) {
            set[*at] = true;
        }
        self.ids_of(&self.needs.tips(&set)).into_iter().collect()
    }

    /// The rows of a version table, in the order of revisions.
    pub(super) fn rows(&self, current: &Heads) -> Result<Vec<usize>, GraphError> {
        let mut rows = current.iter().map(|id| self.row(id)).collect::<Result<Vec<_>, _>>()?;
        rows.sort_unstable();
        Ok(rows)
    }

    /// `rows` and everything below them, dependencies included.
    pub(super) fn applied(&self, rows: &[usize]) -> Members {
        self.needs.below(rows)
    }

    /// The revision that states `label`.
    pub(super) fn labelled(&self, label: &str) -> Option<usize> {
        let place = self.labels.binary_search_by(|(known, _)| known.as_str().cmp(label));
        place.ok().map(|place| self.labels[place].1)
    }

    /// The labels that the revision has.
    pub(super) fn labels_at(&self, at: usize) -> impl Iterator<Item = &str> {
        self.inherited[at].iter().map(|&label| self.labels[label].0.as_str())
    }

    pub(super) fn ids_of(&self, revisions: &[usize]) -> Vec<RevisionId> {
        revisions.iter().map(|&at| self.revisions[at].id.clone()).collect()
    }

    pub(super) fn revisions_at(&self, revisions: &[usize]) -> Vec<&Revision> {
        revisions.iter().map(|&at| &self.revisions[at]).collect()
    }

    /// The numbers of the revisions for which `keep` says so.
    pub(super) fn numbers_where(&self, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.revisions.len()).filter(|&at| keep(at)).collect()
    }

    fn all_where(&self, keep: impl Fn(usize) -> bool) -> Vec<&Revision> {
        self.revisions_at(&self.numbers_where(keep))
    }

    fn neighbours(&self, id: &str, edges: &[Vec<usize>]) -> Vec<&Revision> {
        self.index.get(id).map_or_else(Vec::new, |&at| self.revisions_at(&edges[at]))
    }
}
