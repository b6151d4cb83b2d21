//! A [`Target`] to the revisions it means.

use super::walk::{Line, Members};
use super::{Anchor, GraphError, Heads, Revision, RevisionGraph, Target, ids};
use crate::error::nearest_few;

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

    /// The revisions that `targets` mean, each once, in the order in which they are named.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`].
    pub fn resolve_each(
        &self,
        targets: &[Target],
        current: &Heads,
    ) -> Result<Vec<&Revision>, GraphError> {
        let mut found: Vec<&Revision> = Vec::new();
        for target in targets {
            for revision in self.resolve(target, current)? {
                if found.iter().all(|it| it.id != revision.id) {
                    found.push(revision);
                }
            }
        }
        Ok(found)
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
        let line = self.lines.line(branch);
        let heads = || self.numbers_where(|at| self.lines.up[at].is_empty() && line.has(at));
        Ok(match &target.anchor {
            Anchor::Base => Spot::Base(branch),
            Anchor::Here | Anchor::Current => Spot::At(line.of(rows)),
            Anchor::Heads if line.is_named() => Spot::At(heads()),
            Anchor::Heads => Spot::At(self.numbers_where(|at| self.needs.up[at].is_empty())),
            Anchor::Head => {
                let heads = heads();
                if heads.len() > 1 {
                    let head = Target { steps: 0, ..target.clone() };
                    return Err(self.many_heads(&head, &heads));
                }
                Spot::At(heads)
            }
            Anchor::Name(name) => {
                let found = self.find(name, &line)?;
                if let Some(branch) = target.branch.as_ref().filter(|_| !line.has(found)) {
                    let id = self.revisions[found].id.clone();
                    return Err(GraphError::NotInBranch { id, branch: branch.clone() });
                }
                Spot::At(vec![found])
            }
        })
    }

    /// The revision whose id or label is `name`, the one that took its place, or the only one whose id or label begins so; the
    /// only one in `line` if there are some in it.
    fn find(&self, name: &str, line: &Line) -> Result<usize, GraphError> {
        if let Some(at) = self.index.get(name).copied().or_else(|| self.labelled(name)) {
            return Ok(at);
        }
        if let Some(replaced) = self.replaced_by(name) {
            return replaced;
        }
        let begin_so = || self.names().filter(|(known, _)| known.starts_with(name));
        let mut candidates: Vec<_> = begin_so().filter(|(_, at)| line.has(*at)).collect();
        if candidates.is_empty() {
            candidates = begin_so().collect();
        }
        candidates.sort_unstable();
        match candidates.as_slice() {
            [] => self.find_replaced(name).unwrap_or_else(|| Err(self.unknown(name))),
            [(_, first), others @ ..] if others.iter().all(|(_, at)| at == first) => Ok(*first),
            _ => Err(GraphError::Ambiguous {
                text: name.to_owned(),
                candidates: candidates.into_iter().map(|(known, _)| known.to_owned()).collect(),
            }),
        }
    }

    /// Every id and label, and the revision it stands for.
    fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        let ids = self.revisions.iter().enumerate().map(|(at, it)| (it.id.as_str(), at));
        ids.chain(self.labels.iter().map(|(label, at)| (label.as_str(), *at)))
    }

    fn unknown(&self, name: &str) -> GraphError {
        let names = self.names().map(|(known, _)| known);
        let nearest = nearest_few(name, Anchor::WORDS.into_iter().chain(names));
        let nearest = nearest.into_iter().map(str::to_owned).collect();
        GraphError::Unknown { text: name.to_owned(), nearest }
    }

    /// The line of the branch that `target` names.
    pub(super) fn line(&self, target: &Target) -> Result<Line, GraphError> {
        Ok(self.lines.line(self.branch(target)?))
    }

    /// The revision that stands for the branch that `target` names.
    fn branch(&self, target: &Target) -> Result<Option<usize>, GraphError> {
        target.branch.as_deref().map(|name| self.find(name, &self.lines.line(None))).transpose()
    }

    /// From where the steps of `target` lead up; `None` is base.
    fn start_up(&self, target: &Target, rows: &[usize]) -> Result<Option<usize>, GraphError> {
        if !target.is_relative() {
            return self.only(target, self.anchor(target, rows)?.revisions());
        }
        let line = self.line(target)?;
        let mut starts = line.of(rows);
        if starts.is_empty() {
            let mut in_line: Members = self.applied(rows);
            in_line.iter_mut().enumerate().for_each(|(at, is)| *is &= line.has(at));
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
        let line = self.line(target)?;
        let found = line.of(rows);
        Ok(match found.is_empty() {
            true => line.of(&self.lines.tips(&self.applied(rows))),
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
        let shared = |label: &str| {
            rows.iter().any(|&it| it != row && self.labels_at(it).any(|other| other == label))
        };
        let label = self.labels_at(row).find(|label| !shared(label));
        format!("{}@{steps:+}", label.unwrap_or(&self.revisions[row].id))
    }

    /// The revision to which the steps of `target` lead up from `start`.
    fn walk_up(&self, target: &Target, start: Option<usize>) -> Result<usize, GraphError> {
        let line = self.line(target)?;
        let bases = self.numbers_where(|at| self.lines.down[at].is_empty());
        let mut at = start;
        for _ in 0..target.steps {
            let above = at.map_or(&bases, |at| &self.lines.up[at]);
            at = match line.of(above).as_slice() {
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
