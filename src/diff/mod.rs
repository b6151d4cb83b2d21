//! `diff(from, to)`: the operations that turn one schema into the other.
//!
//! Both sides must be spelled alike (`Dialect::normalize`). The order of the operations is the
//! order in which any database can carry them out, and the same on every run. The order of
//! columns is not compared: few databases can change it.

mod pair;
mod rename;
mod restate;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::operation::{Operation, TableChange};
use crate::schema::{Check, Column, ForeignKey, Name, Object, PrimaryKey, Schema, Table, Unique};
use pair::{changed, constraints, pair};

pub use rename::{Doubt, RenameError, check_renames, doubts, settle_renames};
pub use restate::restate;

/// The operations that turn `from` into `to`.
pub fn diff(from: &Schema, to: &Schema) -> Vec<Operation> {
    let tables = pair(&from.tables, &to.tables, |table| &table.name);
    let objects = pair(&from.objects, &to.objects, |object| (object.kind(), object.name()));

    let mut altered: Vec<(&Name, Vec<TableChange>)> = tables
        .kept
        .iter()
        .map(|(before, after)| (&after.name, diff_table(before, after)))
        .filter(|(_, changes)| !changes.is_empty())
        .collect();
    altered.sort_by_key(|(name, _)| *name);
    let moving: HashSet<&Name> = altered
        .iter()
        .map(|(name, _)| *name)
        .chain(tables.dropped.iter().chain(&tables.added).map(|table| &table.name))
        .collect();
    let added_indexes: HashSet<&str> = tables
        .added
        .iter()
        .chain(tables.kept.iter().map(|(_, after)| after))
        .flat_map(|table| table.indexes.iter().map(|index| index.name.as_str()))
        .collect();

    // A key between two tables that both change leaves before either does and comes back last.
    // So does an index whose name another table takes over.
    let mut early = Vec::new();
    let mut late = Vec::new();
    for (name, changes) in &mut altered {
        let first = changes.extract_if(.., |change| match change {
            TableChange::DropForeignKey(key) => key.table != **name && moving.contains(&key.table),
            TableChange::DropIndex(index) => {
                added_indexes.contains(index.name.as_str())
                    && !to
                        .table(name)
                        .is_some_and(|table| table.indexes.iter().any(|it| it.name == index.name))
            }
            _ => false,
        });
        push_changes(&mut early, name, first.collect());
        let last = changes.extract_if(.., |change| match change {
            TableChange::AddForeignKey(key) => key.table != **name && moving.contains(&key.table),
            _ => false,
        });
        push_changes(&mut late, name, last.collect());
    }

    let mut ops = Vec::new();
    let (removed_late, removed_early): (Vec<_>, Vec<_>) =
        objects.dropped.iter().partition(|object| stands_below_tables(object));
    ops.extend(sorted(&removed_early).into_iter().rev().cloned().map(Operation::Drop));
    ops.extend(early);
    ops.extend(drop_tables(&tables.dropped));
    let (added_early, added_late): (Vec<_>, Vec<_>) =
        objects.added.iter().partition(|object| stands_below_tables(object));
    ops.extend(sorted(&added_early).into_iter().cloned().map(Operation::Create));
    let replaced: Vec<_> = objects.kept.iter().filter(|(from, to)| from != to).collect();
    let below = |(from, _): &&&(&Object, &Object)| stands_below_tables(from);
    ops.extend(replaced.iter().filter(below).map(|(from, to)| replace(from, to)));
    for (name, changes) in altered {
        push_changes(&mut ops, name, changes);
    }
    let (created, cyclic) = create_tables(&tables.added);
    ops.extend(created);
    ops.extend(cyclic);
    ops.extend(late);
    ops.extend(replaced.iter().filter(|it| !below(it)).map(|(from, to)| replace(from, to)));
    ops.extend(sorted(&added_late).into_iter().cloned().map(Operation::Create));
    ops.extend(sorted(&removed_late).into_iter().rev().cloned().map(Operation::Drop));
    ops
}

/// Whether tables may need the object, rather than the object them.
fn stands_below_tables(object: &Object) -> bool {
    match object {
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => true,
        Object::Function(_) | Object::View(_) | Object::Trigger(_) => false,
    }
}

/// In the order in which they are created: by kind, then by name.
fn sorted<'a>(objects: &[&&'a Object]) -> Vec<&'a Object> {
    let rank = |object: &Object| match object {
        Object::Namespace(_) => 0,
        Object::Extension(_) => 1,
        Object::Enum(_) => 2,
        Object::Sequence(_) => 3,
        Object::Function(_) => 4,
        Object::View(_) => 5,
        Object::Trigger(_) => 6,
    };
    let mut objects: Vec<&Object> = objects.iter().map(|object| **object).collect();
    objects.sort_by_key(|object| (rank(object), object.name()));
    order_by_mention(objects)
}

/// Views may use views: one that is mentioned by another stands before it.
fn order_by_mention(objects: Vec<&Object>) -> Vec<&Object> {
    let names: BTreeMap<String, usize> = objects
        .iter()
        .enumerate()
        .filter(|(_, object)| matches!(object, Object::View(_)))
        .map(|(at, object)| (object.name().name, at))
        .collect();
    let mentions = |at: usize| -> BTreeSet<usize> {
        let Object::View(view) = objects[at] else { return BTreeSet::new() };
        let texts = view.definition.text.iter().chain(view.definition.dialects.values());
        let words = texts.flat_map(|text| crate::schema::sql::tokens(text));
        words
            .filter_map(|token| names.get(&token.name()?))
            .copied()
            .filter(|it| *it != at)
            .collect()
    };
    let needs: Vec<_> = (0..objects.len()).map(mentions).collect();
    let order = needs_first(&needs).0;
    order.into_iter().map(|at| objects[at]).collect()
}

fn replace(from: &Object, to: &Object) -> Operation {
    match (from, to) {
        (Object::Enum(from), Object::Enum(to)) => {
            Operation::AlterEnum { from: from.clone(), to: to.clone(), renamed: Vec::new() }
        }
        _ => Operation::Replace { from: from.clone(), to: to.clone() },
    }
}

fn push_changes(ops: &mut Vec<Operation>, table: &Name, changes: Vec<TableChange>) {
    if !changes.is_empty() {
        ops.push(Operation::AlterTable { table: table.clone(), changes });
    }
}

/// New tables, each behind those it refers to and followed by its indexes; and the keys of
/// tables that refer to each other in a ring, to be added at the end.
fn create_tables(tables: &[&Table]) -> (Vec<Operation>, Vec<Operation>) {
    let (order, ring) = reference_order(tables);
    let mut created = Vec::new();
    let mut keys = Vec::new();
    for at in order {
        let mut table = tables[at].clone();
        let indexes = std::mem::take(&mut table.indexes);
        let later = take_ring_keys(&mut table, tables, at, &ring);
        let name = table.name.clone();
        created.push(Operation::CreateTable(table));
        push_changes(&mut created, &name, indexes.into_iter().map(TableChange::AddIndex).collect());
        push_changes(&mut keys, &name, later.into_iter().map(TableChange::AddForeignKey).collect());
    }
    (created, keys)
}

/// The reverse of `create_tables`.
fn drop_tables(tables: &[&Table]) -> Vec<Operation> {
    let (created, keys) = create_tables(tables);
    let mut all: Vec<_> = created.into_iter().chain(keys).collect();
    all.reverse();
    all.iter().filter_map(Operation::reverse).collect()
}

/// The tables' order, those referred to first, and the pairs (table, table it refers to) that
/// the order could not respect.
fn reference_order(tables: &[&Table]) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    let mut order: Vec<usize> = (0..tables.len()).collect();
    order.sort_by_key(|at| &tables[*at].name);
    let places: BTreeMap<&Name, usize> =
        order.iter().enumerate().map(|(place, at)| (&tables[*at].name, place)).collect();
    let needs: Vec<BTreeSet<usize>> = order
        .iter()
        .enumerate()
        .map(|(place, at)| {
            let keys = tables[*at].foreign_keys.iter();
            keys.filter_map(|key| places.get(&key.table))
                .copied()
                .filter(|it| *it != place)
                .collect()
        })
        .collect();
    let (sorted, broken) = needs_first(&needs);
    let broken = broken.into_iter().map(|(from, to)| (order[from], order[to])).collect();
    (sorted.into_iter().map(|place| order[place]).collect(), broken)
}

/// Sorts so that what an item needs stands before it, ties in the order of their numbers. Where
/// items need each other in a ring, the first of them goes ahead: the needs this breaks come
/// second.
fn needs_first(needs: &[BTreeSet<usize>]) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    let mut users = vec![Vec::new(); needs.len()];
    for (item, needed) in needs.iter().enumerate() {
        needed.iter().for_each(|it| users[*it].push(item));
    }
    let mut open: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    let mut ready: BTreeSet<usize> = (0..needs.len()).filter(|it| open[*it] == 0).collect();
    let mut waiting: BTreeSet<usize> = (0..needs.len()).collect();
    let mut order = Vec::new();
    let mut broken = BTreeSet::new();
    while let Some(next) = ready.pop_first().or_else(|| waiting.first().copied()) {
        if !waiting.remove(&next) {
            continue;
        }
        broken.extend(needs[next].iter().filter(|it| waiting.contains(it)).map(|it| (next, *it)));
        order.push(next);
        for user in &users[next] {
            open[*user] -= 1;
            if open[*user] == 0 && waiting.contains(user) {
                ready.insert(*user);
            }
        }
    }
    (order, broken)
}

fn take_ring_keys(
    table: &mut Table,
    tables: &[&Table],
    at: usize,
    ring: &BTreeSet<(usize, usize)>,
) -> Vec<ForeignKey> {
    let later: HashSet<&Name> =
        ring.iter().filter(|(from, _)| *from == at).map(|(_, to)| &tables[*to].name).collect();
    table.foreign_keys.extract_if(.., |key| later.contains(&key.table)).collect()
}

/// What changes in a table, what hangs on a column leaving before it and coming back behind it.
fn diff_table(from: &Table, to: &Table) -> Vec<TableChange> {
    use TableChange::*;
    if from == to {
        return Vec::new();
    }
    let keys = constraints(
        &from.foreign_keys,
        &to.foreign_keys,
        |it| it.name.as_deref(),
        |a, b| ForeignKey { name: b.name.clone(), ..a.clone() } == *b,
    );
    let checks = constraints(
        &from.checks,
        &to.checks,
        |it| it.name.as_deref(),
        |a, b| Check { name: b.name.clone(), ..a.clone() } == *b,
    );
    let uniques = constraints(
        &from.uniques,
        &to.uniques,
        |it| it.name.as_deref(),
        |a, b| Unique { name: b.name.clone(), ..a.clone() } == *b,
    );
    let indexes = changed(&from.indexes, &to.indexes, |index| &index.name);
    let columns = pair(&from.columns, &to.columns, |column| &column.name);
    let key_changed = !same_key(from.primary_key.as_ref(), to.primary_key.as_ref());

    let mut changes = Vec::new();
    changes.extend(keys.dropped.into_iter().cloned().map(DropForeignKey));
    changes.extend(checks.dropped.into_iter().cloned().map(DropCheck));
    changes.extend(indexes.dropped.into_iter().cloned().map(DropIndex));
    changes.extend(uniques.dropped.into_iter().cloned().map(DropUnique));
    if key_changed {
        changes.extend(from.primary_key.iter().cloned().map(DropPrimaryKey));
    }
    changes.extend(columns.dropped.into_iter().cloned().map(DropColumn));
    changes.extend(columns.kept.into_iter().filter_map(|(from, to)| diff_column(from, to)));
    changes.extend(columns.added.into_iter().cloned().map(AddColumn));
    if key_changed {
        changes.extend(to.primary_key.iter().cloned().map(AddPrimaryKey));
    }
    changes.extend(uniques.added.into_iter().cloned().map(AddUnique));
    changes.extend(indexes.added.into_iter().cloned().map(AddIndex));
    changes.extend(checks.added.into_iter().cloned().map(AddCheck));
    changes.extend(keys.added.into_iter().cloned().map(AddForeignKey));
    if from.comment != to.comment {
        changes.push(SetComment { from: from.comment.clone(), to: to.comment.clone() });
    }
    let names: BTreeSet<&String> = from.options.keys().chain(to.options.keys()).collect();
    for name in names {
        let (from, to) = (from.options.get(name), to.options.get(name));
        if from != to {
            let (from, to) = (from.cloned(), to.cloned());
            changes.push(SetOption { name: name.clone(), from, to });
        }
    }
    changes
}

fn diff_column(from: &Column, to: &Column) -> Option<TableChange> {
    (from != to).then(|| TableChange::AlterColumn { from: from.clone(), to: to.clone() })
}

/// Primary keys are alike when they say the same and no two names contradict each other.
fn same_key(from: Option<&PrimaryKey>, to: Option<&PrimaryKey>) -> bool {
    match (from, to) {
        (Some(from), Some(to)) => {
            let names = from.name.is_none() || to.name.is_none() || from.name == to.name;
            names && from.columns == to.columns && from.options == to.options
        }
        (None, None) => true,
        _ => false,
    }
}
