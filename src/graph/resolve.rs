//! A [`Target`] to the revisions it means.

use super::walk::Members;
use super::{Anchor, GraphError, Heads, Revision, RevisionGraph, Target, ids};
use crate::error::nearest;

/// Where a target leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// At these revisions; none of them in a graph or database without any.
    At(Vec<usize>),
    /// Before everything, or before everything in the line of this revision.
    Base(Option<usize>),
}

impl Spot {
    /// The revisions it is at.
    pub(super) fn revisions(self) -> Vec<usize> {
        match self {
            Spot::At(revisions) => revisions,
            Spot::Base(_) => Vec::new(),
        }
    }
}

impl RevisionGraph {
    /// The revisions that `target` means for a database that stands at `current`; none for base.
    ///
    /// # Errors
    /// Names that mean nothing or too much, and steps that lead nowhere.
    pub fn resolve(&self, target: &Target, current: &Heads) -> Result<Vec<&Revision>, GraphError> {
        let rows = if target.asks_database() { self.rows(current)? } else { Vec::new() };
        Ok(self.revisions_at(&self.spot(target, &rows)?.revisions()))
    }

    /// The one revision that `target` means for a database that stands at `current`; `None` is
    /// base.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`], and [`GraphError::ManyHeads`].
    pub fn resolve_one(
        &self,
        target: &Target,
        current: &Heads,
    ) -> Result<Option<&Revision>, GraphError> {
        let found = self.resolve(target, current)?;
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(GraphError::ManyHeads {
                target: target.to_string(),
                heads: ids(found).into_iter().collect(),
            }),
        }
    }

    /// The parents of a new revision on top of `targets`; none for one that begins a line.
    /// Only with `splice` may others come after them already.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`], and [`GraphError::ManyHeads`] where a target alone means
    /// several, unless it says `heads`; [`GraphError::NotHead`], [`GraphError::Repeated`].
    pub fn parents_for(
        &self,
        targets: &[Target],
        splice: bool,
        current: &Heads,
    ) -> Result<Vec<&Revision>, GraphError> {
        let mut parents: Vec<&Revision> = Vec::new();
        for target in targets {
            let found = match target.anchor {
                Anchor::Heads => self.resolve(target, current)?,
                _ => self.resolve_one(target, current)?.into_iter().collect(),
            };
            for parent in found {
                if parents.iter().any(|it| it.id == parent.id) {
                    return Err(GraphError::Repeated { id: parent.id.clone() });
                }
                parents.push(parent);
            }
        }
        let inner = parents.iter().find(|parent| !splice && !self.is_head(&parent.id));
        match inner {
            None => Ok(parents),
            Some(parent) => Err(GraphError::NotHead {
                id: parent.id.clone(),
                children: ids(self.children(&parent.id)).into_iter().collect(),
            }),
        }
    }

    /// Where `target` leads from a database with these `rows`.
    pub(super) fn spot(&self, target: &Target, rows: &[usize]) -> Result<Spot, GraphError> {
        match target.steps {
            0 => self.anchor(target, rows),
            1.. => Ok(Spot::At(vec![self.walk_up(target, self.start_up(target, rows)?)?])),
            _ => {
                let lowest = self.lowest(target, self.start_down(target, rows)?)?;
                Ok(match self.lines.down[lowest].as_slice() {
                    [] => Spot::Base(Some(lowest)),
                    parents => Spot::At(parents.to_vec()),
                })
            }
        }
    }

    /// What the anchor of `target` means in its branch.
    fn anchor(&self, target: &Target, rows: &[usize]) -> Result<Spot, GraphError> {
        let branch = self.branch(target)?;
        let line = branch.map(|at| self.lines.lineage(at));
        let in_line = |at: &usize| line.as_ref().is_none_or(|line| line[*at]);
        let heads = || self.numbers_where(|at| self.lines.up[at].is_empty() && in_line(&at));
        Ok(match &target.anchor {
            Anchor::Base => Spot::Base(branch),
            Anchor::Here | Anchor::Current => {
                Spot::At(rows.iter().copied().filter(in_line).collect())
            }
            Anchor::Heads if branch.is_some() => Spot::At(heads()),
            Anchor::Heads => Spot::At(self.numbers_where(|at| self.needs.up[at].is_empty())),
            Anchor::Head => {
                let heads = heads();
                if heads.len() > 1 {
                    return Err(self.many_heads(target, &heads));
                }
                Spot::At(heads)
            }
            Anchor::Name(name) => {
                let found = self.find(name, line.as_ref())?;
                if let Some(branch) = target.branch.as_ref().filter(|_| !in_line(&found)) {
                    let id = self.revisions[found].id.clone();
                    return Err(GraphError::NotInBranch { id, branch: branch.clone() });
                }
                Spot::At(vec![found])
            }
        })
    }

    /// The revision whose id or label is `name`, or the only one (in `line`) whose id or label
    /// begins so.
    fn find(&self, name: &str, line: Option<&Members>) -> Result<usize, GraphError> {
        if let Some(&at) = self.index.get(name).or_else(|| self.labels.get(name)) {
            return Ok(at);
        }
        let in_line = |at: usize| line.is_none_or(|line| line[at]);
        let mut candidates: Vec<(&String, usize)> = self
            .index
            .iter()
            .chain(&self.labels)
            .filter(|(known, at)| known.starts_with(name) && in_line(**at))
            .map(|(known, at)| (known, *at))
            .collect();
        candidates.sort_unstable();
        match candidates.as_slice() {
            [] if line.is_some() => self.find(name, None),
            [] => Err(self.unknown(name)),
            [(_, first), others @ ..] if others.iter().all(|(_, at)| at == first) => Ok(*first),
            _ => Err(GraphError::Ambiguous {
                text: name.to_owned(),
                candidates: candidates.into_iter().map(|(known, _)| known.clone()).collect(),
            }),
        }
    }

    fn unknown(&self, name: &str) -> GraphError {
        let mut names: Vec<&str> =
            self.index.keys().chain(self.labels.keys()).map(|it| &**it).collect();
        names.sort_unstable();
        let nearest = nearest(name, Anchor::WORDS.into_iter().chain(names));
        GraphError::Unknown { text: name.to_owned(), nearest: nearest.map(str::to_owned) }
    }

    /// The line of the branch that `target` names.
    pub(super) fn line(&self, target: &Target) -> Result<Option<Members>, GraphError> {
        Ok(self.branch(target)?.map(|at| self.lines.lineage(at)))
    }

    /// The revision that stands for the branch that `target` names.
    fn branch(&self, target: &Target) -> Result<Option<usize>, GraphError> {
        target.branch.as_deref().map(|name| self.find(name, None)).transpose()
    }

    /// From where the steps of `target` lead up; `None` is base.
    fn start_up(&self, target: &Target, rows: &[usize]) -> Result<Option<usize>, GraphError> {
        if !target.is_relative() {
            return self.only(target, self.anchor(target, rows)?.revisions());
        }
        let Some(line) = self.line(target)? else { return self.only_row(target, rows.to_vec()) };
        let mut starts: Vec<_> = rows.iter().copied().filter(|&row| line[row]).collect();
        if starts.is_empty() {
            let applied = self.applied(rows).into_iter();
            let in_line: Members = applied.zip(line).map(|(is, line)| is && line).collect();
            starts = self.needs.tips(&in_line);
        }
        self.only_row(target, starts)
    }

    /// From where the steps of `target` lead down.
    pub(super) fn start_down(&self, target: &Target, rows: &[usize]) -> Result<usize, GraphError> {
        let start = if target.is_relative() {
            self.only_row(target, self.rows_in_line(target, rows)?)?
        } else {
            self.only(target, self.anchor(target, rows)?.revisions())?
        };
        start.ok_or_else(|| too_far(target))
    }

    /// The rows in the line that `target` names. Where it has none, because a row in another line
    /// depends on it, the newest in it that has run.
    fn rows_in_line(&self, target: &Target, rows: &[usize]) -> Result<Vec<usize>, GraphError> {
        let Some(line) = self.line(target)? else { return Ok(rows.to_vec()) };
        let in_line = |found: Vec<usize>| found.into_iter().filter(|&at| line[at]).collect();
        let found: Vec<usize> = in_line(rows.to_vec());
        Ok(match found.is_empty() {
            true => in_line(self.lines.tips(&self.applied(rows))),
            false => found,
        })
    }

    /// The only one of `found`, the anchor of `target`.
    fn only(&self, target: &Target, found: Vec<usize>) -> Result<Option<usize>, GraphError> {
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            _ => {
                let anchor = Target { steps: 0, ..target.clone() };
                Err(self.many_heads(&anchor, &found))
            }
        }
    }

    /// The only one of `rows`, from where `target` counts.
    fn only_row(&self, target: &Target, rows: Vec<usize>) -> Result<Option<usize>, GraphError> {
        match rows.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            _ => Err(GraphError::ManyStarts {
                target: target.to_string(),
                starts: self.ids_of(&rows),
                choices: rows
                    .iter()
                    .map(|&row| self.steps_from(row, &rows, target.steps))
                    .collect(),
            }),
        }
    }

    /// `steps` in the line of `row` alone: with a label that no other of `rows` has, or its id.
    fn steps_from(&self, row: usize, rows: &[usize], steps: i32) -> String {
        let shared = |label: &&String| {
            rows.iter().any(|&it| it != row && self.inherited[it].contains(label))
        };
        let label = self.inherited[row].iter().find(|label| !shared(label));
        format!("{}@{steps:+}", label.unwrap_or(&self.revisions[row].id))
    }

    /// The revision to which the steps of `target` lead up from `start`.
    fn walk_up(&self, target: &Target, start: Option<usize>) -> Result<usize, GraphError> {
        let line = self.line(target)?;
        let bases = self.numbers_where(|at| self.lines.down[at].is_empty());
        let mut at = start;
        for _ in 0..target.steps {
            let above = at.map_or(&bases, |at| &self.lines.up[at]).iter().copied();
            let in_line = above.filter(|&it| line.as_ref().is_none_or(|line| line[it]));
            at = match in_line.collect::<Vec<_>>().as_slice() {
                [] => return Err(too_far(target)),
                [one] => Some(*one),
                choices => return Err(self.fork(target, at, choices)),
            };
        }
        at.ok_or_else(|| too_far(target))
    }

    /// The last revision that the steps of `target` pass on their way down from `start`. They
    /// lead to its parents.
    pub(super) fn lowest(&self, target: &Target, start: usize) -> Result<usize, GraphError> {
        let mut at = start;
        for _ in 1..target.steps.unsigned_abs() {
            at = match self.lines.down[at].as_slice() {
                [] => return Err(too_far(target)),
                [one] => *one,
                choices => return Err(self.fork(target, Some(at), choices)),
            };
        }
        Ok(at)
    }

    fn many_heads(&self, target: &Target, heads: &[usize]) -> GraphError {
        GraphError::ManyHeads { target: target.to_string(), heads: self.ids_of(heads) }
    }

    fn fork(&self, target: &Target, at: Option<usize>, choices: &[usize]) -> GraphError {
        GraphError::AmbiguousWalk {
            target: target.to_string(),
            at: at.map(|at| self.revisions[at].id.clone()),
            choices: self.ids_of(choices),
        }
    }
}

/// The error of steps that `target` asks for and that are not there.
pub(super) fn too_far(target: &Target) -> GraphError {
    GraphError::RelativeTooFar { target: target.to_string(), steps: target.steps.unsigned_abs() }
}
