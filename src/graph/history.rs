//! The revisions of a range.

use super::resolve::{Spot, too_far};
use super::walk::members;
use super::{Anchor, GraphError, Heads, Revision, RevisionGraph, Target, TargetRange};

impl RevisionGraph {
    /// The revisions of `range`, newest first, both ends included. From base it goes with all
    /// that the upper end needs; from a revision only through the line that comes after it.
    /// Steps without an anchor count from the other end.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`]; [`GraphError::NotAncestor`],
    /// [`GraphError::FloatingRange`].
    pub fn history(
        &self,
        range: &TargetRange,
        current: &Heads,
    ) -> Result<Vec<&Revision>, GraphError> {
        let rows = if range.asks_database() { self.rows(current)? } else { Vec::new() };
        let (from, to) = self.ends(range, &rows)?;
        let to = self.in_branch_of(range, to)?;
        match from {
            Spot::Base(line) => {
                let to = self.lines.line(line).of(&to);
                Ok(self.revisions_at(&self.needs.newest_first(&self.needs.below(&to))))
            }
            Spot::At(from) => self.between(range, &from, &to),
        }
    }

    /// Both ends of `range`.
    fn ends(&self, range: &TargetRange, rows: &[usize]) -> Result<(Spot, Vec<usize>), GraphError> {
        let from = range.from.clone().unwrap_or_else(Target::base);
        let to = range.to.clone().unwrap_or_else(Target::heads);
        match (&from.anchor, &to.anchor) {
            (Anchor::Here, Anchor::Here) => {
                Err(GraphError::FloatingRange { range: range.to_string() })
            }
            (Anchor::Here, _) if from.steps > 0 => Err(too_far(&from)),
            (_, Anchor::Here) if to.steps < 0 => Err(too_far(&to)),
            (Anchor::Here, _) => {
                let upper = self.spot(&to, rows)?.revisions();
                Ok((self.spot(&from, &upper)?, upper))
            }
            (_, Anchor::Here) => {
                let lower = self.spot(&from, rows)?;
                let upper = self.spot(&to, &lower.clone().revisions())?;
                Ok((lower, upper.revisions()))
            }
            _ => Ok((self.spot(&from, rows)?, self.spot(&to, rows)?.revisions())),
        }
    }

    /// Those of `to` that are in the branch that the lower end names.
    fn in_branch_of(&self, range: &TargetRange, to: Vec<usize>) -> Result<Vec<usize>, GraphError> {
        let Some(from) = range.from.as_ref().filter(|from| from.branch.is_some()) else {
            return Ok(to);
        };
        let found = self.line(from)?.of(&to);
        match (to.first(), &from.branch) {
            (Some(&outside), Some(branch)) if found.is_empty() => {
                let id = self.revisions[outside].id.clone();
                Err(GraphError::NotInBranch { id, branch: branch.clone() })
            }
            _ => Ok(found),
        }
    }

    /// All in the lines above `from` that `to` needs, and `from` itself.
    fn between(
        &self,
        range: &TargetRange,
        from: &[usize],
        to: &[usize],
    ) -> Result<Vec<&Revision>, GraphError> {
        let mut newer = self.needs.below(to);
        if from.iter().any(|&at| !newer[at]) {
            return Err(GraphError::NotAncestor {
                range: range.to_string(),
                from: self.ids_of(from),
                to: self.ids_of(to),
            });
        }
        members(&self.needs.below(from)).for_each(|at| newer[at] = false);
        from.iter().for_each(|&at| newer[at] = true);
        // Sorted with what only lies between by dependencies, which may order the rest.
        let lines = self.lines.above(from);
        let order = self.needs.newest_first(&newer);
        Ok(order.into_iter().filter(|&at| lines[at]).map(|at| &self.revisions[at]).collect())
    }
}
