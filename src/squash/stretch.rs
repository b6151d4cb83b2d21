//! Operations of which only the difference between beginning and end is left.

use std::collections::BTreeSet;

use super::seeds::Seeds;
use super::{Known, is_opaque, object_of};
use crate::diff::diff;
use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Object, Schema, Sql};
use crate::script::{Entry, coalesce};

/// A stretch of operations. It takes in what it can account for: rows that are there before must
/// become what the operations one by one would make of them.
pub(super) struct Stretch {
    /// What is there at its beginning.
    before: Schema,
    /// The tables that it makes, by their names now: their only rows are `seeds`.
    born: BTreeSet<Name>,
    /// Tables that are there before and that it removes: whatever happens to them is lost.
    doomed: BTreeSet<Name>,
    /// Columns of other tables whose values it makes or changes. A second change would find other
    /// values than the first.
    touched: BTreeSet<(Name, String)>,
    seeds: Seeds,
    absorbed: Vec<Entry>,
}

impl Stretch {
    /// An empty stretch behind `known` and before `coming`.
    pub(super) fn new(known: &Known, coming: &[Entry]) -> Stretch {
        Stretch {
            before: known.schema.clone(),
            born: BTreeSet::new(),
            doomed: doomed(&known.schema, coming),
            touched: BTreeSet::new(),
            seeds: Seeds::default(),
            absorbed: Vec::new(),
        }
    }

    /// Takes `entry` in, and carries it out on `known`; `false` when it cannot account for it, and
    /// has changed nothing.
    pub(super) fn absorb(&mut self, known: &mut Known, entry: &Entry) -> bool {
        let operation = &entry.operation;
        let is_for_all = entry.dialects.is_empty();
        let can = match operation {
            Operation::Create(_) | Operation::Drop(_) | Operation::Replace { .. } => {
                self.can_change_object(known, entry)
            }
            Operation::AlterEnum { from, .. } => {
                let object = Object::Enum(from.clone());
                let is_new = !self.before.objects.iter().any(|it| it.name() == from.name);
                is_for_all
                    && is_new
                    && self.seeds.is_empty()
                    && known.object(&object) == Some(&object)
            }
            // What was there under this name leaves in a stretch of its own.
            Operation::CreateTable(table) => is_for_all && self.before.table(&table.name).is_none(),
            Operation::DropTable(_) => is_for_all,
            Operation::RenameTable { from, to } => {
                is_for_all
                    && self.born.contains(from)
                    && self.before.table(to).is_none()
                    && !is_mentioned(&known.schema, &from.name)
            }
            Operation::AlterTable { table, changes } => {
                is_for_all && self.can_alter(known, table, changes)
            }
            Operation::Insert { table, .. } => {
                is_for_all && self.born.contains(table) && !is_watched(&known.schema, table)
            }
            // A table without rows has none without a value.
            Operation::Fill { table, .. } => {
                is_for_all
                    && self.born.contains(table)
                    && !self.seeds.has(table)
                    && !is_watched(&known.schema, table)
            }
            _ => false,
        };
        if !can || !self.follow(known, operation) {
            return false;
        }
        known.note(entry);
        self.absorbed.push(entry.clone());
        true
    }

    /// Carries `operation` out, all of it or nothing.
    fn follow(&mut self, known: &mut Known, operation: &Operation) -> bool {
        let altered = match operation {
            Operation::AlterTable { table, changes } => match self.seeds.altered(table, changes) {
                Some(rows) => Some((table, rows)),
                None => return false,
            },
            _ => None,
        };
        if let Operation::Insert { table, rows } = operation {
            let Some(columns) = known.schema.table(table) else { return false };
            return self.seeds.insert(columns, rows);
        }
        if known.schema.apply(operation).is_err() {
            return false;
        }
        match operation {
            Operation::CreateTable(table) => {
                self.born.insert(table.name.clone());
            }
            Operation::DropTable(table) => {
                self.born.remove(&table.name);
                self.seeds.forget(&table.name);
            }
            Operation::RenameTable { from, to } => {
                self.born.remove(from);
                self.born.insert(to.clone());
                self.seeds.rename(from, to);
            }
            Operation::AlterTable { table, changes } => {
                let columns = changes.iter().filter_map(valued);
                self.touched.extend(columns.map(|column| (table.clone(), column.to_owned())));
            }
            _ => {}
        }
        if let Some((table, rows)) = altered {
            self.seeds.replace(table, rows);
        }
        true
    }

    /// An object may come and go, if it is always meant for the same dialects; where one is
    /// replaced it must be the one that is known.
    fn can_change_object(&self, known: &Known, entry: &Entry) -> bool {
        let Some(object) = object_of(&entry.operation) else { return false };
        let (now, before) = (known.object(object), self.before.object(&object.key()));
        let is_known = now.is_some() || before.is_some();
        if is_known && known.dialects_of(&entry.operation) != entry.dialects {
            return false;
        }
        match &entry.operation {
            // Views, triggers, functions and policies hold nothing; what holds something is lost.
            Operation::Create(object) => before.is_none() || stands_above_tables(object),
            Operation::Replace { from, .. } => now == Some(from),
            _ => true,
        }
    }

    fn can_alter(&self, known: &Known, name: &Name, changes: &[TableChange]) -> bool {
        // What mentions a column is renamed by the database alone.
        let renames_alone = |it: &TableChange| !matches!(it, TableChange::RenameColumn { from, .. } if is_mentioned(&known.schema, from));
        if self.born.contains(name) || self.doomed.contains(name) {
            return changes.iter().all(renames_alone);
        }
        let Some(table) = known.schema.table(name) else { return false };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        changes.iter().all(|change| {
            let column = valued(change);
            let is_first = column.is_none_or(|column| {
                seen.insert(column) && !self.touched.contains(&(name.clone(), column.to_owned()))
            });
            is_first
                && match change {
                    TableChange::RenameColumn { .. } | TableChange::SetOption { .. } => false,
                    // One that left and came back has lost its values.
                    TableChange::AddColumn(it) => {
                        let before = self.before.table(name);
                        before.is_none_or(|table| table.column(&it.name).is_none())
                    }
                    TableChange::AlterColumn { from, .. } => table.column(&from.name) == Some(from),
                    TableChange::SetComment { from, .. } => table.comment == *from,
                    _ => true,
                }
        })
    }

    /// What is left of it.
    pub(super) fn finish(self, known: &Known) -> Vec<Entry> {
        if self.absorbed.len() < 2 {
            return self.absorbed;
        }
        let operations = diff(&self.before, &known.schema);
        // No row fires a trigger, nor meets a rule, that was not there when it came.
        let fires = |it: &Operation| object_of(it).is_some_and(|it| it.table().is_some());
        let is_made = |it: &Operation| !matches!(it, Operation::Drop(_)) && fires(it);
        let at = operations.iter().position(is_made).unwrap_or(operations.len());
        let entry = |operation: Operation| {
            let dialects = known.dialects_of(&operation);
            Entry { operation, dialects }
        };
        let mut entries: Vec<Entry> = operations.into_iter().map(entry).collect();
        entries.splice(at..at, self.seeds.operations(&known.schema).into_iter().map(Entry::from));
        coalesce(entries)
    }
}

/// The tables of `schema` that `coming` removes before anybody could look at them. A name that
/// changes hands may be another table's.
fn doomed(schema: &Schema, coming: &[Entry]) -> BTreeSet<Name> {
    let clear = |entry: &&Entry| {
        let is_table = object_of(&entry.operation).is_none();
        !is_opaque(&entry.operation) && (entry.dialects.is_empty() || !is_table)
    };
    let mut doomed = BTreeSet::new();
    let mut renamed = BTreeSet::new();
    for entry in coming.iter().take_while(clear) {
        match &entry.operation {
            Operation::DropTable(table) if schema.table(&table.name).is_some() => {
                doomed.insert(table.name.clone());
            }
            Operation::RenameTable { from, to } => renamed.extend([from.clone(), to.clone()]),
            // Its values may come from any table.
            Operation::Insert { rows, .. }
                if !rows.iter().flatten().all(super::seeds::stands_alone) =>
            {
                break;
            }
            _ => {}
        }
    }
    doomed.difference(&renamed).cloned().collect()
}

/// The column to which a change gives values, or whose values it changes.
fn valued(change: &TableChange) -> Option<&str> {
    match change {
        TableChange::AddColumn(it) => Some(&it.name),
        TableChange::AlterColumn { to, .. } => Some(&to.name),
        _ => None,
    }
}

/// Whether anything may mention `name`, a table's or a column's. A text may hide it in a string, so
/// the letters are enough.
fn is_mentioned(schema: &Schema, name: &str) -> bool {
    let name = name.to_lowercase();
    let mentions = |sql: &Sql| {
        let mut texts = sql.text.iter().chain(sql.dialects.values());
        texts.any(|text| text.to_lowercase().contains(&name))
    };
    schema.objects.iter().filter_map(Object::definition).any(mentions)
}

/// Whether it is made of a definition alone, which may be about tables.
fn stands_above_tables(object: &Object) -> bool {
    match object {
        Object::View(it) => !it.materialized,
        Object::Trigger(_) | Object::Function(_) => true,
        Object::Definition(it) => it.table.is_some(),
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => {
            false
        }
    }
}

/// Whether a trigger, or a rule, may act on the rows of a table.
fn is_watched(schema: &Schema, table: &Name) -> bool {
    schema.objects.iter().any(|it| it.table() == Some(table))
}
