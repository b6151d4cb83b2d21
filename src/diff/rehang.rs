//! Foreign keys that stay, and stand on a key or a type that does not.
//!
//! A database holds a foreign key to the very constraint behind the key it refers to, and both of
//! its ends to types that go together. So where such a key is made anew, or a type changes, the
//! foreign key is taken off before and put back behind.

use std::collections::{BTreeMap, BTreeSet};

use super::order::Work;
use crate::operation::TableChange;
use crate::schema::{ForeignKey, Name, Schema};

/// Adds to `work`, which leads from one schema to the other, what takes such foreign keys off and
/// puts them back.
pub(super) fn rehang<'a>(from: &Schema, to: &'a Schema, work: &mut Vec<Work<'a>>) {
    let moving: BTreeMap<&Name, Moving> =
        work.iter().filter(|it| it.is_altered()).map(|it| (it.name, Moving::of(it))).collect();
    if moving.values().all(Moving::is_nothing) {
        return;
    }
    let mut rehung: Vec<(&'a Name, Vec<ForeignKey>)> = Vec::new();
    for after in &to.tables {
        let Some(before) = from.table(&after.name) else { continue };
        let own = moving.get(&after.name);
        let stays = |key: &&ForeignKey| before.foreign_keys.contains(key);
        let stands_on = |key: &&ForeignKey| {
            own.is_some_and(|it| it.retypes(&key.columns))
                || moving.get(&key.table).is_some_and(|it| it.takes(&key.references))
        };
        let keys = after.foreign_keys.iter().filter(stays).filter(stands_on);
        let keys: Vec<ForeignKey> = keys.cloned().collect();
        if !keys.is_empty() {
            rehung.push((&after.name, keys));
        }
    }
    for (name, keys) in rehung {
        let drop = keys.iter().cloned().map(TableChange::DropForeignKey);
        let add = keys.iter().cloned().map(TableChange::AddForeignKey);
        match work.iter_mut().find(|it| it.is_altered() && it.name == name) {
            Some(it) => {
                let changes = std::mem::take(&mut it.changes);
                it.changes = drop.chain(changes).chain(add).collect();
            }
            None => work.push(Work::altered(name, drop.chain(add).collect())),
        }
    }
}

/// What of a table foreign keys may stand on, and goes or changes.
struct Moving {
    /// The columns of each key that goes.
    keys: Vec<BTreeSet<String>>,
    /// The columns whose type changes.
    retyped: BTreeSet<String>,
}

impl Moving {
    fn of(work: &Work) -> Moving {
        let set = |columns: &[String]| columns.iter().cloned().collect();
        let mut moving = Moving { keys: Vec::new(), retyped: BTreeSet::new() };
        for change in &work.changes {
            match change {
                TableChange::DropPrimaryKey(key) => moving.keys.push(set(&key.columns)),
                TableChange::DropUnique(key) => moving.keys.push(set(&key.columns)),
                TableChange::AlterColumn { from, to } if from.ty != to.ty => {
                    moving.retyped.insert(to.name.clone());
                }
                _ => {}
            }
        }
        moving
    }

    fn is_nothing(&self) -> bool {
        self.keys.is_empty() && self.retyped.is_empty()
    }

    fn retypes(&self, columns: &[String]) -> bool {
        columns.iter().any(|it| self.retyped.contains(it))
    }

    /// Whether what a foreign key to `columns` stands on goes.
    fn takes(&self, columns: &[String]) -> bool {
        let columns_set: BTreeSet<String> = columns.iter().cloned().collect();
        self.retypes(columns) || self.keys.contains(&columns_set)
    }
}
