//! To say where a database stands without running anything.

use std::fmt;

use super::resolve::Spot;
use super::{GraphError, Heads, RevisionGraph, Target, exchange};

/// Rows of the version table that others take the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The rows that go.
    pub from: Heads,
    /// The rows that come.
    pub to: Heads,
}

impl Stamp {
    /// Where a database that stands at `heads` stands after it.
    pub fn apply(&self, heads: &mut Heads) {
        exchange(heads, &self.from, &self.to);
    }
}

impl fmt::Display for Stamp {
    /// As in `stamp_revision e517276bb1c2 -> 780739b227a7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |heads: &Heads| heads.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        write!(f, "stamp_revision {} -> {}", list(&self.from), list(&self.to))
    }
}

impl RevisionGraph {
    /// What makes a database that stands at `current` stand at `targets`. Each takes the place of
    /// the rows in its line, dependencies included; other rows stay. Base takes all rows away,
    /// and the base of a line those in it.
    ///
    /// # Errors
    /// As for [`RevisionGraph::resolve`]; [`GraphError::UnknownHead`] for rows that are wrong,
    /// [`GraphError::Overlap`] where one target is part of another.
    pub fn plan_stamp(
        &self,
        targets: &[Target],
        current: &Heads,
    ) -> Result<Vec<Stamp>, GraphError> {
        let mut rows = self.rows(current)?;
        let spots =
            targets.iter().map(|target| self.spot(target, &rows)).collect::<Result<Vec<_>, _>>()?;
        let places: Vec<Spot> = spots.into_iter().map(|spot| self.uppermost_of(spot)).collect();
        self.check_overlap(&every_revision(&places), false)?;
        let mut stamps = Vec::new();
        for place in places {
            match place {
                Spot::Base(line) => stamps.extend(self.clear(line, &mut rows)),
                Spot::At(revisions) => {
                    stamps.extend(revisions.iter().filter_map(|&at| self.put(at, &mut rows)));
                }
            }
        }
        Ok(stamps)
    }

    /// The same without revisions that others of it imply.
    fn uppermost_of(&self, spot: Spot) -> Spot {
        match spot {
            Spot::At(mut revisions) => {
                let covered = self.needs.strictly_below(&revisions);
                revisions.retain(|&at| !covered[at]);
                Spot::At(revisions)
            }
            base => base,
        }
    }

    /// Takes away the rows in the line of `line`, or all.
    fn clear(&self, line: Option<usize>, rows: &mut Vec<usize>) -> Vec<Stamp> {
        let line = self.needs.line(line);
        let (gone, kept): (Vec<_>, Vec<_>) = rows.iter().copied().partition(|&row| line.has(row));
        *rows = kept;
        gone.into_iter().map(|row| self.stamp(&[row], &[])).collect()
    }

    /// Puts `at` in the place of the rows in its line.
    fn put(&self, at: usize, rows: &mut Vec<usize>) -> Option<Stamp> {
        let line = self.needs.line(Some(at));
        let (mut gone, kept): (Vec<_>, Vec<_>) =
            rows.iter().copied().partition(|&row| line.has(row));
        let here = gone.iter().position(|&row| row == at).map(|place| gone.remove(place)).is_some();
        *rows = kept;
        rows.push(at);
        let comes = if here { vec![] } else { vec![at] };
        (!gone.is_empty() || !here).then(|| self.stamp(&gone, &comes))
    }

    fn stamp(&self, from: &[usize], to: &[usize]) -> Stamp {
        let heads = |rows: &[usize]| self.ids_of(rows).into_iter().collect();
        Stamp { from: heads(from), to: heads(to) }
    }
}

fn every_revision(places: &[Spot]) -> Vec<usize> {
    places.iter().flat_map(|place| place.clone().revisions()).collect()
}
