use std::collections::BTreeSet;

use super::act::{Act, Upgrade};
use super::footprint::Footprint;
use super::schema_of::{Misfit, Replay};
use super::touch::Key;
use crate::graph::RevisionId;
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Schema, Table};

/// One of two lines that come after the same history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The revision at its end.
    pub head: RevisionId,
    /// Its revisions, in order.
    pub upgrades: Vec<Upgrade>,
}

/// The acts of one line with what they touch.
pub(super) struct Line {
    pub(super) head: RevisionId,
    pub(super) acts: Vec<Act>,
    pub(super) footprints: Vec<Footprint>,
    /// The schema behind the line, and what does not fit it.
    pub(super) own: Replay,
}

impl Line {
    pub(super) fn new(base: &Schema, side: &Side, dialect: Option<&str>) -> Line {
        let acts: Vec<Act> = side.upgrades.iter().flat_map(|it| it.acts(dialect)).collect();
        let mut own = Replay { schema: base.clone(), ..Replay::default() };
        own.carry_out(acts.iter().cloned());
        let footprint = |act: &Act| Footprint::of(&act.operation, dialect);
        let footprints = acts.iter().map(footprint).collect();
        Line { head: side.head.clone(), acts, footprints, own }
    }

    /// What does not fit behind the other line, and did without it.
    pub(super) fn misfits_behind(&self, other: &Line) -> (Schema, Vec<Misfit>) {
        let mut replay = Replay { schema: other.own.schema.clone(), ..Replay::default() };
        replay.carry_out(self.acts.iter().cloned());
        let is_new = |misfit: &Misfit| !self.own.misfits.iter().any(|it| it.act == misfit.act);
        (replay.schema, replay.misfits.into_iter().filter(is_new).collect())
    }

    pub(super) fn at(&self, places: &BTreeSet<usize>) -> Vec<Act> {
        places.iter().filter_map(|at| self.acts.get(*at)).cloned().collect()
    }

    /// The changes of a table with the places of their acts.
    fn changes<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = (usize, &'a TableChange)> {
        self.acts.iter().enumerate().flat_map(move |(at, act)| {
            let changes = match &act.operation {
                Operation::AlterTable { table: name, changes } if *name == table.name => {
                    &changes[..]
                }
                _ => &[],
            };
            changes.iter().map(move |change| (at, change))
        })
    }

    /// The columns of a table that are still there behind the line and hold something, by the
    /// names that they had before.
    pub(super) fn kept<'a>(&'a self, table: &'a Table) -> BTreeSet<&'a str> {
        let holds = |it: &&Column| it.generated.is_none();
        let columns = table.columns.iter().filter(holds).map(|it| it.name.as_str());
        let mut names: Vec<(&str, &str)> = columns.map(|name| (name, name)).collect();
        for (_, change) in self.changes(table) {
            match change {
                TableChange::RenameColumn { from, to } => {
                    let renamed = names.iter_mut().filter(|(_, now)| now == from);
                    renamed.for_each(|(_, now)| *now = to);
                }
                TableChange::DropColumn(it) => names.retain(|(_, now)| *now != it.name),
                TableChange::AlterColumn { to, .. } if to.generated.is_some() => {
                    names.retain(|(_, now)| *now != to.name);
                }
                _ => {}
            }
        }
        names.into_iter().map(|(before, _)| before).collect()
    }

    /// The places of the acts that take columns from a table.
    pub(super) fn drops(&self, table: &Table) -> BTreeSet<usize> {
        let takes = |change: &TableChange| match change {
            TableChange::DropColumn(_) => true,
            TableChange::AlterColumn { to, .. } => to.generated.is_some(),
            _ => false,
        };
        self.changes(table).filter(|(_, change)| takes(change)).map(|(at, _)| at).collect()
    }

    /// Whether the act at this place is about one of `tables`.
    pub(super) fn is_about(&self, at: usize, tables: &BTreeSet<Key>) -> bool {
        self.footprints[at].table.as_ref().is_some_and(|it| tables.contains(it))
    }

    /// The places of the acts that are about one of `tables`; of all where there is none.
    pub(super) fn about(&self, tables: &BTreeSet<Key>) -> BTreeSet<usize> {
        let is_about =
            |footprint: &Footprint| footprint.table.as_ref().is_some_and(|it| tables.contains(it));
        let found: BTreeSet<usize> =
            (0..self.acts.len()).filter(|at| is_about(&self.footprints[*at])).collect();
        if found.is_empty() { (0..self.acts.len()).collect() } else { found }
    }
}
