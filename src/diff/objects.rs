//! In which order everything that is no table comes and goes.
//!
//! Tables may need an enum, a sequence, or a function that they call ([`Below`]), so these come
//! before them and leave behind them. Views, triggers and other functions need tables: they leave
//! before them and come behind them. One that changes together with what it stands on does both;
//! any other is replaced where it is.

use std::collections::{BTreeMap, BTreeSet};

use super::below::{Below, functions_of};
use super::order::{Work, needs_first};
use super::pair::pair;
use crate::operation::{Operation, TableChange};
use crate::schema::sql::tokens;
use crate::schema::{Object, ObjectKey, Schema};

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
        let objects = pair(&from.objects, &to.objects, Object::key);
        let (below_from, below_to) = (Below::of(from), Below::of(to));
        let deep = work.iter().filter(|it| it.is_deep());
        let moving = Moving::new(
            deep.map(|it| it.name.name.to_lowercase()),
            &objects.dropped,
            &objects.added,
            &objects.kept,
            &|object| below_from.holds(object) || below_to.holds(object),
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
        let (leave_last, leave_first): (Vec<_>, Vec<_>) =
            leave.into_iter().partition(|object| below_from.holds(object));
        let (come_first, come_last): (Vec<_>, Vec<_>) =
            come.into_iter().partition(|object| below_to.holds(object));
        let drop = |objects: Vec<&Object>| -> Vec<Operation> {
            sorted(objects).into_iter().rev().cloned().map(Operation::Drop).collect()
        };
        let create = |objects: Vec<&Object>| -> Vec<Operation> {
            sorted(objects).into_iter().cloned().map(Operation::Create).collect()
        };
        let (below, above) = replace(replaced, &below_to);
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
    let objects = pair(&renamed.objects, &to.objects, Object::key);
    let (before, after) = (Below::of(renamed), Below::of(to));
    let is_below = |object: &Object| before.holds(object) || after.holds(object);
    let moving = Moving::new(names, &objects.dropped, &[], &objects.kept, &is_below);
    let leaves = |object: &Object, key: ObjectKey| !is_below(object) && moving.0.contains(&key);
    renamed.objects.retain(|object| !leaves(object, object.key()));
    let leaving = live
        .objects
        .iter()
        .filter(|object| leaves(object, behind(renames, object.key())))
        .collect();
    sorted(leaving).into_iter().rev().cloned().map(Operation::Drop).collect()
}

/// The key that an object has behind `renames`.
fn behind(renames: &[Operation], mut key: ObjectKey) -> ObjectKey {
    for rename in renames {
        if let Operation::RenameTable { from, to } = rename
            && key.table.as_ref() == Some(from)
        {
            key.table = Some(to.clone());
        }
    }
    key
}

/// The objects that leave and come back, because what they stand on changes with them.
struct Moving(BTreeSet<ObjectKey>);

impl Moving {
    /// `touched` are names, in lower case, of things that change.
    fn new(
        touched: impl Iterator<Item = String>,
        dropped: &[&Object],
        added: &[&Object],
        kept: &[(&Object, &Object)],
        is_below: &dyn Fn(&Object) -> bool,
    ) -> Moving {
        // Nothing stands on what belongs to a table itself.
        let lower =
            |object: &Object| object.table().is_none().then(|| object.name().name.to_lowercase());
        let mut touched: BTreeSet<String> = touched.collect();
        touched.extend(dropped.iter().chain(added).filter_map(|object| lower(object)));
        let changed = kept.iter().filter(|(from, to)| from != to);
        let changed: BTreeSet<String> = changed.filter_map(|(_, to)| lower(to)).collect();
        touched.extend(changed.iter().cloned());
        let names: Vec<BTreeSet<String>> = kept
            .iter()
            .map(|(from, to)| mentioned(from).into_iter().chain(mentioned(to)).collect())
            .collect();
        // A view that goes takes what stands on it along, one that is replaced its triggers.
        let mut gone: BTreeSet<String> =
            dropped.iter().filter_map(|object| lower(object)).collect();
        let is_function = |object: &&&Object| matches!(object, Object::Function(_));
        let mut gone_functions: BTreeSet<String> =
            dropped.iter().filter(is_function).filter_map(|object| lower(object)).collect();
        let mut moving: BTreeSet<ObjectKey> = BTreeSet::new();
        let mut grew = true;
        while grew {
            grew = false;
            for ((from, to), names) in kept.iter().zip(&names) {
                let key = to.key();
                if is_below(to) || moving.contains(&key) {
                    continue;
                }
                let changes = from != to && !names.is_disjoint(&touched);
                let loses_table = to.table().is_some_and(|table| {
                    let view = table.name.to_lowercase();
                    changed.contains(&view) || gone.contains(&view)
                });
                let loses = match to {
                    // What its body speaks of may be gone as long as nothing fires it.
                    Object::Trigger(_) => loses_table || !names.is_disjoint(&gone_functions),
                    _ => loses_table || !names.is_disjoint(&gone),
                };
                if changes || loses {
                    if is_function(&&&**to) {
                        gone_functions.extend(lower(to));
                    }
                    gone.extend(lower(to));
                    moving.insert(key);
                    grew = true;
                }
            }
        }
        moving.extend(dropped.iter().map(|object| object.key()));
        Moving(moving)
    }

    fn holds(&self, object: &Object) -> bool {
        self.0.contains(&object.key())
    }
}

/// Every word of the object's text that may be a name, in lower case, without its own.
fn mentioned(object: &Object) -> BTreeSet<String> {
    let Some(definition) = object.definition() else { return BTreeSet::new() };
    let texts = definition.text.iter().chain(definition.dialects.values());
    let words = texts.flat_map(|text| tokens(text)).filter_map(|token| token.name());
    let mut names: BTreeSet<String> = words.map(|name| name.to_lowercase()).collect();
    names.remove(&object.name().name.to_lowercase());
    names.extend(object.table().map(|table| table.name.to_lowercase()));
    names
}

/// In the order in which they are created: by kind, one that uses another behind it, by name.
fn sorted(mut objects: Vec<&Object>) -> Vec<&Object> {
    let rank = |object: &Object| match object {
        Object::Namespace(_) => 0,
        Object::Extension(_) => 1,
        Object::Enum(_) => 2,
        Object::Sequence(_) => 3,
        Object::Definition(it) if it.table.is_none() => 4,
        Object::Function(_) => 5,
        Object::View(_) => 6,
        Object::Trigger(_) => 7,
        Object::Definition(_) => 8,
    };
    objects.sort_by_cached_key(|object| (rank(object), object.key()));
    // What another object may need, by its name.
    let mut functions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut others: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, object) in objects.iter().enumerate() {
        let named = match object {
            Object::Function(_) => &mut functions,
            Object::View(_) => &mut others,
            Object::Definition(it) if it.table.is_none() => &mut others,
            _ => continue,
        };
        named.entry(object.name().name.to_lowercase()).or_default().push(at);
    }
    // A key of a table that refers to others needs those that they have.
    let keys: Vec<bool> = objects.iter().map(|it| refers(it)).collect();
    let needs = |at: usize| -> BTreeSet<usize> {
        if keys[at] {
            let is_of_a_table = |it: &usize| {
                matches!(objects[*it], Object::Definition(it) if it.table.is_some()) && !keys[*it]
            };
            return (0..objects.len()).filter(is_of_a_table).collect();
        }
        let named = mentioned(objects[at]).into_iter().filter_map(|name| others.get(&name));
        let called = functions_of(objects[at]).into_iter().filter_map(|name| functions.get(&name));
        let needed = named.chain(called).flatten().copied();
        needed.filter(|it| *it != at).collect()
    };
    let needs: Vec<_> = (0..objects.len()).map(needs).collect();
    needs_first(&needs).0.into_iter().map(|at| objects[at]).collect()
}

/// Whether the object is a key of a table that refers to a table.
fn refers(object: &Object) -> bool {
    matches!(object, Object::Definition(it) if it.table.is_some())
        && mentioned(object).contains("references")
}

/// The replacements of objects below tables, and of those above them.
fn replace(replaced: Vec<(&Object, &Object)>, below: &Below) -> (Vec<Operation>, Vec<Operation>) {
    let before: BTreeMap<ObjectKey, &Object> =
        replaced.iter().map(|(from, to)| (to.key(), *from)).collect();
    let order = sorted(replaced.into_iter().map(|(_, to)| to).collect());
    let (below, above): (Vec<_>, Vec<_>) =
        order.into_iter().partition(|object| below.holds(object));
    let ops = |objects: Vec<&Object>| -> Vec<Operation> {
        let pairs = objects.into_iter().filter_map(|to| Some((before.get(&to.key())?, to)));
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
