//! Revisions that one other could do the work of.

use super::walk::{Members, members};
use super::{GraphError, Heads, Revision, RevisionGraph, RevisionId, TargetRange};

/// A run of revisions that leads from what comes before it to one end, and of which nothing else
/// needs any but that end.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// All that must have run before, oldest first.
    pub before: Vec<&'a Revision>,
    /// Its revisions, oldest first; two or more.
    pub revisions: Vec<&'a Revision>,
    /// What its first revisions come after.
    pub parents: Vec<&'a Revision>,
    /// What else it depends on, as its files name it.
    pub depends_on: Vec<String>,
}

impl Run<'_> {
    /// Its last revision, which nothing of it comes after.
    pub fn end(&self) -> Option<&Revision> {
        self.revisions.last().copied()
    }

    /// What one in its place replaces: its revisions and what they replace, oldest first.
    pub fn replaces(&self) -> Vec<RevisionId> {
        let ids = |it: &&Revision| it.replaces.iter().chain([&it.id]).cloned().collect::<Vec<_>>();
        self.revisions.iter().flat_map(ids).collect()
    }

    /// Those of [`Run::replaces`] at which a database has run all of it; none where that is the
    /// last one alone.
    pub fn ends(&self) -> Vec<RevisionId> {
        match self.end() {
            Some(end) if !end.replaces.is_empty() => {
                end.other_names().iter().chain([&end.id]).cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The labels that its revisions state.
    pub fn labels(&self) -> Vec<String> {
        self.revisions.iter().flat_map(|it| it.labels.clone()).collect()
    }

    /// Whether it has a revision of this id.
    pub fn has(&self, id: &str) -> bool {
        self.revisions.iter().any(|it| it.id == id)
    }
}

impl RevisionGraph {
    /// The run that `range` means for a database that stands at `current`: the revisions of
    /// [`RevisionGraph::history`].
    ///
    /// # Errors
    /// As for [`RevisionGraph::history`]; [`GraphError::TooShort`], [`GraphError::ManyEnds`],
    /// [`GraphError::NeedsInner`].
    pub fn run(&self, range: &TargetRange, current: &Heads) -> Result<Run<'_>, GraphError> {
        let mut inside = vec![false; self.revisions.len()];
        for revision in self.history(range, current)? {
            inside[self.row(&revision.id)?] = true;
        }
        let numbers: Vec<usize> = members(&inside).collect();
        let end = match (numbers.as_slice(), self.needs.tips(&inside).as_slice()) {
            ([] | [_], ends) => {
                let only = ends.first().map(|&at| self.revisions[at].id.clone());
                return Err(GraphError::TooShort { only });
            }
            (_, [end]) => *end,
            (_, ends) => {
                let ends = self.ids_of(ends);
                return Err(GraphError::ManyEnds { range: range.to_string(), ends });
            }
        };
        self.check_alone(&inside, end)?;
        let mut before = self.needs.strictly_below(&numbers);
        numbers.iter().for_each(|&at| before[at] = false);
        Ok(Run {
            before: self.oldest_first(&before),
            revisions: self.oldest_first(&inside),
            parents: self.parents_of(&inside),
            depends_on: self.needs_of(&inside),
        })
    }

    /// Sees that nothing outside needs any but `end` of those inside.
    fn check_alone(&self, inside: &Members, end: usize) -> Result<(), GraphError> {
        for inner in members(inside).filter(|&at| at != end) {
            let Some(&outer) = self.needs.up[inner].iter().find(|&&at| !inside[at]) else {
                continue;
            };
            let (inner, outer) = (&self.revisions[inner], &self.revisions[outer]);
            let parent = outer.parents.iter().position(|it| *it == inner.id);
            let means = |name: &String| *name == inner.id || inner.labels.contains(name);
            let place = match parent {
                Some(number) => outer.parent_place(number),
                None => outer
                    .depends_on
                    .iter()
                    .position(means)
                    .and_then(|number| outer.dependency_place(number)),
            };
            return Err(GraphError::NeedsInner {
                id: outer.id.clone(),
                inner: inner.id.clone(),
                dependency: parent.is_none(),
                places: Vec::from_iter(place),
            });
        }
        Ok(())
    }

    /// The parents of those inside that are not inside, less those that others of them imply.
    fn parents_of(&self, inside: &Members) -> Vec<&Revision> {
        let mut parents: Vec<usize> = Vec::new();
        for at in members(inside).flat_map(|at| &self.lines.down[at]) {
            if !inside[*at] && !parents.contains(at) {
                parents.push(*at);
            }
        }
        let implied = self.needs.strictly_below(&parents);
        parents.retain(|&at| !implied[at]);
        self.revisions_at(&parents)
    }

    /// What those inside depend on that is not inside, as their files name it, each once.
    fn needs_of(&self, inside: &Members) -> Vec<String> {
        let outside = |name: &&String| {
            let at = self.index.get(*name).copied().or_else(|| self.labelled(name));
            at.is_some_and(|at| !inside[at])
        };
        let names = members(inside).flat_map(|at| &self.revisions[at].depends_on);
        let mut needs: Vec<String> = Vec::new();
        for name in names.filter(outside) {
            if !needs.contains(name) {
                needs.push(name.clone());
            }
        }
        needs
    }

    /// The members of `set` in the order in which they run.
    fn oldest_first(&self, set: &Members) -> Vec<&Revision> {
        let mut order = self.needs.newest_first(set);
        order.reverse();
        self.revisions_at(&order)
    }
}
