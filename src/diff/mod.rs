//! `diff(from, to)`: the operations that turn one schema into the other.
//!
//! Both sides must be spelled alike (`Dialect::normalize`). The order of the operations is the
//! order in which any database can carry them out, and the same on every run. The order of
//! columns is not compared: few databases can change it.

mod adopt;
mod below;
mod objects;
mod order;
mod pair;
mod rehang;
mod rename;
mod restate;

use std::collections::BTreeSet;

use crate::operation::{Operation, TableChange};
use crate::schema::{Check, Column, ForeignKey, PrimaryKey, Schema, Table, Unique};
use objects::Objects;
use order::{Work, in_order};
use pair::{changed, constraints, pair};
use rehang::rehang;

pub use adopt::adopt_names;
pub use rename::{Rename, RenameError, check_renames, settle_renames};
pub use restate::{Spell, restate};

/// The operations that turn `from` into `to`.
pub fn diff(from: &Schema, to: &Schema) -> Vec<Operation> {
    let tables = pair(&from.tables, &to.tables, |table| &table.name);
    let altered = tables
        .kept
        .iter()
        .map(|(before, after)| Work::altered(&after.name, diff_table(before, after)))
        .filter(|work| !work.changes.is_empty());
    let mut work: Vec<Work> = (tables.added.iter().map(|table| Work::created(table)))
        .chain(altered)
        .chain(tables.dropped.iter().map(|table| Work::dropped(table)))
        .collect();
    rehang(from, to, &mut work);
    let objects = Objects::new(from, to, &work);

    let mut ops = Vec::new();
    ops.extend(objects.leave_first);
    ops.extend(objects.come_first);
    ops.extend(in_order(work));
    ops.extend(objects.come_last);
    ops.extend(objects.leave_last);
    ops
}

/// The operations that turn `live` into `to`, the renames that a person means among them.
///
/// # Errors
/// When a rename cannot be carried out.
pub fn diff_renamed(
    live: &Schema,
    to: &Schema,
    renames: &[Rename],
) -> Result<Vec<Operation>, RenameError> {
    if renames.is_empty() {
        return Ok(diff(live, to));
    }
    let mut renamed = live.clone();
    let renames = settle_renames(&mut renamed, renames)?;
    // A database may change the text of a view or trigger when it renames what they use. One that
    // will be another anyway leaves before, so that on the way back it comes when all the old
    // names are there.
    let ops = objects::leave_before(&renames, live, &mut renamed, to);
    Ok(ops.into_iter().chain(renames).chain(diff(&renamed, to)).collect())
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

#[cfg(test)]
mod tests;
