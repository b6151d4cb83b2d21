//! In which order everything that is no table comes and goes.
//!
//! Tables may need an enum or a sequence, so these come before them and leave behind them. Views,
//! triggers and functions need tables: they leave before them and come behind them. One that
//! changes together with what it stands on does both; any other is replaced where it is.

use std::collections::{BTreeMap, BTreeSet};

use super::order::{Work, needs_first};
use super::pair::pair;
use crate::operation::{Operation, TableChange};
use crate::schema::sql::tokens;
use crate::schema::{Name, Object, Schema, Sql};

/// Operations around those of tables, in their order.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub(super) leave_first: Vec<Operation>,
    pub(super) come_first: Vec<Operation>,
    pub(super) come_last: Vec<Operation>,
    pub(super) leave_last: Vec<Operation>,
}

impl Objects {
    pub(super) fn new(from: &Schema, to: &Schema, work: &[Work]) -> Objects {
        let objects = pair(&from.objects, &to.objects, key);
        let deep = work.iter().filter(|it| it.is_deep());
        let moving = Moving::new(
            deep.map(|it| it.name.name.to_lowercase()),
            &objects.dropped,
            &objects.added,
            &objects.kept,
        );
        let (mut leave, mut come) = (objects.dropped, objects.added);
        let mut replaced = Vec::new();
        for (from, to) in objects.kept {
            if moving.holds(to) {
                leave.push(from);
                come.push(to);
            } else if from != to {
                replaced.push((from, to));
            }
        }
        let is_below = |object: &&Object| stands_below_tables(object);
        let (leave_last, leave_first): (Vec<_>, Vec<_>) = leave.into_iter().partition(is_below);
        let (come_first, come_last): (Vec<_>, Vec<_>) = come.into_iter().partition(is_below);
        let drop = |objects: Vec<&Object>| -> Vec<Operation> {
            sorted(objects).into_iter().rev().cloned().map(Operation::Drop).collect()
        };
        let create = |objects: Vec<&Object>| -> Vec<Operation> {
            sorted(objects).into_iter().cloned().map(Operation::Create).collect()
        };
        let (below, above) = replace(replaced);
        Objects {
            leave_first: drop(leave_first),
            come_first: create(come_first).into_iter().chain(below).collect(),
            come_last: above.into_iter().chain(create(come_last)).collect(),
            leave_last: drop(leave_last),
        }
    }
}

/// What must leave before `renames` are carried out: it speaks of what is renamed and will not be
/// the same behind them. Takes it out of `renamed`, the schema behind the renames.
pub(super) fn leave_before(
    renames: &[Operation],
    live: &Schema,
    renamed: &mut Schema,
    to: &Schema,
) -> Vec<Operation> {
    let names = renames.iter().flat_map(|op| match op {
        Operation::RenameTable { from, .. } => vec![from.name.to_lowercase()],
        Operation::AlterTable { table, changes } => {
            let columns = changes.iter().filter_map(|change| match change {
                TableChange::RenameColumn { from, .. } => Some(from.to_lowercase()),
                _ => None,
            });
            columns.chain([table.name.to_lowercase()]).collect()
        }
        _ => Vec::new(),
    });
    let objects = pair(&renamed.objects, &to.objects, key);
    let moving = Moving::new(names, &objects.dropped, &[], &objects.kept);
    let leaves = |object: &Object| !stands_below_tables(object) && moving.holds(object);
    renamed.objects.retain(|object| !leaves(object));
    let leaving = live.objects.iter().filter(|object| leaves(object)).collect();
    sorted(leaving).into_iter().rev().cloned().map(Operation::Drop).collect()
}

/// What identifies an object.
type Key = (&'static str, Name);

fn key(object: &Object) -> Key {
    (object.kind(), object.name())
}

/// The objects that leave and come back, because what they stand on changes with them.
struct Moving(BTreeSet<Key>);

impl Moving {
    /// `touched` are names, in lower case, of things that change.
    fn new(
        touched: impl Iterator<Item = String>,
        dropped: &[&Object],
        added: &[&Object],
        kept: &[(&Object, &Object)],
    ) -> Moving {
        let lower = |object: &Object| object.name().name.to_lowercase();
        let mut touched: BTreeSet<String> = touched.collect();
        touched.extend(dropped.iter().chain(added).map(|object| lower(object)));
        let changed = kept.iter().filter(|(from, to)| from != to).map(|(_, to)| lower(to));
        let changed: BTreeSet<String> = changed.collect();
        touched.extend(changed.iter().cloned());
        let names: Vec<BTreeSet<String>> = kept
            .iter()
            .map(|(from, to)| mentioned(from).into_iter().chain(mentioned(to)).collect())
            .collect();
        // A view that goes takes what stands on it along, one that is replaced its triggers.
        let mut gone: BTreeSet<String> = dropped.iter().map(|object| lower(object)).collect();
        let mut moving: BTreeSet<Key> = BTreeSet::new();
        let mut grew = true;
        while grew {
            grew = false;
            for ((from, to), names) in kept.iter().zip(&names) {
                let key = key(to);
                if stands_below_tables(to) || moving.contains(&key) {
                    continue;
                }
                let changes = from != to && !names.is_disjoint(&touched);
                let loses = match to {
                    Object::Trigger(it) => {
                        let view = it.table.name.to_lowercase();
                        changed.contains(&view) || gone.contains(&view)
                    }
                    _ => !names.is_disjoint(&gone),
                };
                if changes || loses || moves_over(from, to) {
                    gone.insert(lower(to));
                    moving.insert(key);
                    grew = true;
                }
            }
        }
        moving.extend(dropped.iter().map(|object| self::key(object)));
        Moving(moving)
    }

    fn holds(&self, object: &Object) -> bool {
        self.0.contains(&key(object))
    }
}

/// Whether a trigger goes from one table to another.
fn moves_over(from: &Object, to: &Object) -> bool {
    matches!((from, to), (Object::Trigger(from), Object::Trigger(to)) if from.table != to.table)
}

/// Whether tables may need the object, rather than the object them.
fn stands_below_tables(object: &Object) -> bool {
    match object {
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => true,
        Object::Function(_) | Object::View(_) | Object::Trigger(_) => false,
    }
}

/// Every word of the object's text that may be a name, in lower case, without its own.
fn mentioned(object: &Object) -> BTreeSet<String> {
    let (definition, table): (&Sql, _) = match object {
        Object::View(it) => (&it.definition, None),
        Object::Trigger(it) => (&it.definition, Some(&it.table.name)),
        Object::Function(it) => (&it.definition, None),
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => {
            return BTreeSet::new();
        }
    };
    let texts = definition.text.iter().chain(definition.dialects.values());
    let words = texts.flat_map(|text| tokens(text)).filter_map(|token| token.name());
    let mut names: BTreeSet<String> = words.map(|name| name.to_lowercase()).collect();
    names.remove(&object.name().name.to_lowercase());
    names.extend(table.map(|name| name.to_lowercase()));
    names
}

/// In the order in which they are created: by kind, one that uses another behind it, by name.
fn sorted(mut objects: Vec<&Object>) -> Vec<&Object> {
    let rank = |object: &Object| match object {
        Object::Namespace(_) => 0,
        Object::Extension(_) => 1,
        Object::Enum(_) => 2,
        Object::Sequence(_) => 3,
        Object::Function(_) => 4,
        Object::View(_) => 5,
        Object::Trigger(_) => 6,
    };
    objects.sort_by_key(|object| (rank(object), object.name()));
    let views: BTreeMap<String, usize> = objects
        .iter()
        .enumerate()
        .filter(|(_, object)| matches!(object, Object::View(_)))
        .map(|(at, object)| (object.name().name.to_lowercase(), at))
        .collect();
    let needs = |at: usize| -> BTreeSet<usize> {
        let names = match objects[at] {
            object @ (Object::View(_) | Object::Trigger(_)) => mentioned(object),
            _ => BTreeSet::new(),
        };
        names.iter().filter_map(|name| views.get(name)).copied().filter(|it| *it != at).collect()
    };
    let needs: Vec<_> = (0..objects.len()).map(needs).collect();
    needs_first(&needs).0.into_iter().map(|at| objects[at]).collect()
}

/// The replacements of objects below tables, and of those above them.
fn replace(replaced: Vec<(&Object, &Object)>) -> (Vec<Operation>, Vec<Operation>) {
    let before: BTreeMap<Key, &Object> =
        replaced.iter().map(|(from, to)| (key(to), *from)).collect();
    let order = sorted(replaced.into_iter().map(|(_, to)| to).collect());
    let (below, above): (Vec<_>, Vec<_>) =
        order.into_iter().partition(|object| stands_below_tables(object));
    let ops = |objects: Vec<&Object>| -> Vec<Operation> {
        let pairs = objects.into_iter().filter_map(|to| Some((before.get(&key(to))?, to)));
        pairs.map(|(from, to)| replacement(from, to)).collect()
    };
    (ops(below), ops(above))
}

fn replacement(from: &Object, to: &Object) -> Operation {
    match (from, to) {
        (Object::Enum(from), Object::Enum(to)) => {
            Operation::AlterEnum { from: from.clone(), to: to.clone(), renamed: Vec::new() }
        }
        _ => Operation::Replace { from: from.clone(), to: to.clone() },
    }
}
