//! From where a database stands to where it should: the steps, and what each does to the rows of
//! the version table.

use std::fmt;

use super::walk::members;
use super::{Anchor, GraphError, Heads, Revision, RevisionGraph, Target, exchange};

/// Which way a command goes through the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To newer revisions.
    Upgrade,
    /// To older ones.
    Downgrade,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
        })
    }
}

/// What leads from one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<'a> {
    /// Where the database stands before.
    pub from: Heads,
    /// Where it stands after.
    pub to: Heads,
    /// What runs in between, in order.
    pub steps: Vec<Step<'a>>,
}

/// One revision that runs.
///
/// Rows are told as a difference: where the database stands at `h` before the step, it stands at
/// `h - from + to` after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The revision.
    pub revision: &'a Revision,
    /// Which way it runs.
    pub direction: Direction,
    /// The rows of the version table that it takes away.
    pub from: Heads,
    /// The rows that it puts in their place.
    pub to: Heads,
}

impl Step<'_> {
    /// Where a database that stands at `heads` stands after it.
    pub fn apply(&self, heads: &mut Heads) {
        exchange(heads, &self.from, &self.to);
    }
}

impl fmt::Display for Step<'_> {
    /// As in `upgrade e517276bb1c2 -> 780739b227a7, posts table`: from parents to the revision, or
    /// back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, parents) = (&self.revision.id, self.revision.parents.join(", "));
        match self.direction {
            Direction::Upgrade => write!(f, "upgrade {parents} -> {id}")?,
            Direction::Downgrade => write!(f, "downgrade {id} -> {parents}")?,
        }
        match self.revision.title() {
            "" => Ok(()),
            title => write!(f, ", {title}"),
        }
    }
}

impl RevisionGraph {
    /// What leads a database that stands at `current` to `target`, in this direction.
    ///
    /// # Errors
    /// As for [`RevisionGraph::plan_upgrade`] and [`RevisionGraph::plan_downgrade`].
    pub fn plan(
        &self,
        direction: Direction,
        target: &Target,
        current: &Heads,
    ) -> Result<Plan<'_>, GraphError> {
        match direction {
            Direction::Upgrade => self.plan_upgrade(target, current),
            Direction::Downgrade => self.plan_downgrade(target, current),
        }
    }

    /// What an upgrade to `target` runs in a database that stands at `current`: all that the
    /// target needs and that has not run.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`]; [`GraphError::UnknownHead`] and [`GraphError::Overlap`]
    /// for rows that are wrong, [`GraphError::WrongWay`] for steps down.
    pub fn plan_upgrade(&self, target: &Target, current: &Heads) -> Result<Plan<'_>, GraphError> {
        let rows = self.rows(current)?;
        self.check_overlap(&rows, true)?;
        if target.is_relative() && target.steps < 0 {
            return Err(wrong_way(target, Direction::Upgrade));
        }
        let targets = self.spot(target, &rows)?.revisions();
        let applied = self.applied(&rows);
        let mut missing = self.needs.below(&targets);
        members(&applied).for_each(|at| missing[at] = false);
        let mut order = self.needs.newest_first(&missing);
        order.reverse();
        let mut progress = Progress::new(self, &rows);
        let from = self.ids_of(&rows).into_iter().collect();
        Ok(Plan::new(from, order.into_iter().map(|at| progress.upgrade(at)).collect()))
    }

    /// What a downgrade to `target` takes back in a database that stands at `current`: all that
    /// has run above the target, and what depends on such. The target itself stays.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`]; [`GraphError::UnknownHead`] for rows that are wrong,
    /// [`GraphError::WrongWay`] for steps up, [`GraphError::NotApplied`] for a target that has not
    /// run.
    pub fn plan_downgrade(&self, target: &Target, current: &Heads) -> Result<Plan<'_>, GraphError> {
        let rows = self.rows(current)?;
        let applied = self.applied(&rows);
        let roots = self.roots_above(target, &rows, &applied)?;
        let mut dropped = self.needs.above(&roots);
        dropped.iter_mut().zip(&applied).for_each(|(dropped, applied)| *dropped &= applied);
        let order = self.needs.newest_first(&dropped);
        let mut progress = Progress::new(self, &rows);
        let from = self.ids_of(&rows).into_iter().collect();
        Ok(Plan::new(from, order.into_iter().map(|at| progress.downgrade(at)).collect()))
    }

    /// The lowest revisions that a downgrade to `target` takes back.
    fn roots_above(
        &self,
        target: &Target,
        rows: &[usize],
        applied: &[bool],
    ) -> Result<Vec<usize>, GraphError> {
        if target.steps < 0 {
            let lowest = self.lowest(target, self.start_down(target, rows)?)?;
            let parents = self.lines.down[lowest].as_slice();
            if let ([parent], false) = (parents, target.is_relative()) {
                return self.children_of(target, *parent, applied);
            }
            parents.iter().try_for_each(|&parent| self.check_applied(target, parent, applied))?;
            return Ok(vec![lowest]);
        }
        if target.is_relative() {
            return Err(wrong_way(target, Direction::Downgrade));
        }
        if target.anchor == Anchor::Base && target.steps == 0 {
            let line = self.line(target)?;
            return Ok(self.numbers_where(|at| self.lines.down[at].is_empty() && line.has(at)));
        }
        match self.spot(target, rows)?.revisions().as_slice() {
            [] => Ok(Vec::new()),
            // Where the database stands, it stands already, be it at one revision or several.
            _ if target.asks_database() => Ok(Vec::new()),
            [one] => self.children_of(target, *one, applied),
            many => {
                Err(GraphError::ManyHeads { target: target.to_string(), heads: self.ids_of(many) })
            }
        }
    }

    /// The children of `at`, which has run; in the line that `target` names, if it does.
    fn children_of(
        &self,
        target: &Target,
        at: usize,
        applied: &[bool],
    ) -> Result<Vec<usize>, GraphError> {
        self.check_applied(target, at, applied)?;
        Ok(self.line(target)?.of(&self.lines.up[at]))
    }

    fn check_applied(
        &self,
        target: &Target,
        at: usize,
        applied: &[bool],
    ) -> Result<(), GraphError> {
        match applied[at] {
            true => Ok(()),
            false => Err(GraphError::NotApplied {
                target: target.to_string(),
                id: self.revisions[at].id.clone(),
            }),
        }
    }

    /// Refuses `places` of which one is part of another.
    pub(super) fn check_overlap(&self, places: &[usize], current: bool) -> Result<(), GraphError> {
        let covered = self.needs.strictly_below(places);
        let Some(&inner) = places.iter().find(|&&place| covered[place]) else { return Ok(()) };
        let above = self.needs.above(&[inner]);
        let above = places.iter().copied().filter(|&at| above[at] && !covered[at]);
        Err(GraphError::Overlap {
            id: self.revisions[inner].id.clone(),
            above: self.ids_of(&above.collect::<Vec<_>>()),
            current,
        })
    }
}

impl<'a> Plan<'a> {
    fn new(from: Heads, steps: Vec<Step<'a>>) -> Plan<'a> {
        let mut to = from.clone();
        steps.iter().for_each(|step| step.apply(&mut to));
        Plan { from, to, steps }
    }
}

/// What has run so far, and which rows say so.
struct Progress<'a> {
    graph: &'a RevisionGraph,
    /// Whether each revision has a row.
    has_row: Vec<bool>,
    /// How many that have run need each revision.
    needed_by: Vec<usize>,
}

impl<'a> Progress<'a> {
    fn new(graph: &'a RevisionGraph, rows: &[usize]) -> Progress<'a> {
        let mut has_row = vec![false; graph.revisions.len()];
        rows.iter().for_each(|&row| has_row[row] = true);
        let mut needed_by = vec![0; graph.revisions.len()];
        for at in members(&graph.applied(rows)) {
            graph.needs.down[at].iter().for_each(|&need| needed_by[need] += 1);
        }
        Progress { graph, has_row, needed_by }
    }

    fn upgrade(&mut self, at: usize) -> Step<'a> {
        let mut from = Vec::new();
        for &need in &self.graph.needs.down[at] {
            self.needed_by[need] += 1;
            if std::mem::take(&mut self.has_row[need]) {
                from.push(need);
            }
        }
        self.has_row[at] = true;
        self.step(at, Direction::Upgrade, &from, &[at])
    }

    fn downgrade(&mut self, at: usize) -> Step<'a> {
        let mut to = Vec::new();
        for &need in &self.graph.needs.down[at] {
            self.needed_by[need] -= 1;
            if self.needed_by[need] == 0 && !std::mem::replace(&mut self.has_row[need], true) {
                to.push(need);
            }
        }
        self.has_row[at] = false;
        self.step(at, Direction::Downgrade, &[at], &to)
    }

    fn step(&self, at: usize, direction: Direction, from: &[usize], to: &[usize]) -> Step<'a> {
        let heads = |rows: &[usize]| self.graph.ids_of(rows).into_iter().collect();
        let revision = &self.graph.revisions[at];
        Step { revision, direction, from: heads(from), to: heads(to) }
    }
}

fn wrong_way(target: &Target, direction: Direction) -> GraphError {
    GraphError::WrongWay { target: target.to_string(), direction }
}
