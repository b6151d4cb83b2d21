//! Names that nobody gave.
//!
//! The naming convention makes names of tables and columns, so a rename would have every key,
//! constraint and index of the table dropped and made anew for its name alone. A made name is no
//! wish: where the database has the same thing under another name, that name stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::operation::{Operation, TableChange};
use crate::schema::{Check, ForeignKey, Index, Name, PrimaryKey, Schema, Table, Unique};

/// Finds in `operations`, which lead to the last of `sides`, what is dropped and added for a made
/// name alone, and lets every side call it as the database does. `given` are names that a person
/// gave. Gives whether there was any; the operations are then to be found anew.
pub fn adopt_names(
    operations: &[Operation],
    given: &BTreeSet<(Name, String)>,
    sides: [&mut Schema; 2],
) -> bool {
    let pairs = without_conflicts(pairs(operations, given), operations);
    let mut names: BTreeMap<&Name, BTreeMap<&str, &str>> = BTreeMap::new();
    for Pair { table, live, made } in &pairs {
        names.entry(table).or_default().insert(made, live);
    }
    for schema in sides {
        for table in &mut schema.tables {
            // All at once: two may have changed their names with each other.
            if let Some(names) = names.get(&table.name) {
                rename(table, names);
            }
        }
    }
    !pairs.is_empty()
}

/// The pairs whose live name is free: what is declared under it otherwise needs it.
fn without_conflicts(mut pairs: Vec<Pair>, operations: &[Operation]) -> Vec<Pair> {
    let added = added(operations);
    loop {
        let mut needed = added.clone();
        for pair in &pairs {
            let of_pair = needed.get_mut(&(pair.table.schema.clone(), pair.made.clone()));
            of_pair.into_iter().for_each(|count| *count = count.saturating_sub(1));
        }
        let is_needed = |pair: &Pair| {
            let count = needed.get(&(pair.table.schema.clone(), pair.live.clone()));
            count.is_some_and(|count| *count > 0)
        };
        let before = pairs.len();
        pairs.retain(|pair| !is_needed(pair));
        if pairs.len() == before {
            return pairs;
        }
    }
}

/// How often each name is given to something new, in each schema.
fn added(operations: &[Operation]) -> BTreeMap<(Option<String>, String), usize> {
    let mut names = BTreeMap::new();
    let mut add = |table: &Name, name: String| {
        *names.entry((table.schema.clone(), name)).or_default() += 1;
    };
    for operation in operations {
        match operation {
            Operation::CreateTable(table) => {
                table.names().for_each(|name| add(&table.name, name));
            }
            Operation::AlterTable { table, changes } => {
                changes.iter().filter_map(added_name).for_each(|name| add(table, name.to_owned()));
            }
            _ => {}
        }
    }
    names
}

/// The name of the key, constraint or index that a change adds.
fn added_name(change: &TableChange) -> Option<&str> {
    use TableChange::*;
    match change {
        AddPrimaryKey(it) => it.name.as_deref(),
        AddUnique(it) => it.name.as_deref(),
        AddForeignKey(it) => it.name.as_deref(),
        AddCheck(it) => it.name.as_deref(),
        AddIndex(it) => Some(&it.name),
        _ => None,
    }
}

/// Something of a table that has two names.
struct Pair {
    table: Name,
    live: String,
    made: String,
}

fn pairs(operations: &[Operation], given: &BTreeSet<(Name, String)>) -> Vec<Pair> {
    let mut tables: BTreeMap<&Name, Vec<&TableChange>> = BTreeMap::new();
    for operation in operations {
        if let Operation::AlterTable { table, changes } = operation {
            tables.entry(table).or_default().extend(changes);
        }
    }
    let mut pairs = Vec::new();
    for (table, changes) in tables {
        let mut paired: BTreeSet<&str> = BTreeSet::new();
        for dropped in &changes {
            let named = changes.iter().filter_map(|added| other_name(dropped, added));
            let is_free = |made: &str| {
                !paired.contains(made) && !given.contains(&(table.clone(), made.to_owned()))
            };
            if let Some((live, made)) = named.into_iter().find(|(_, made)| is_free(made)) {
                paired.insert(made);
                let (live, made) = (live.to_owned(), made.to_owned());
                pairs.push(Pair { table: table.clone(), live, made });
            }
        }
    }
    pairs
}

/// The two names of what is dropped and added with nothing else about it that changes.
fn other_name<'a>(dropped: &'a TableChange, added: &'a TableChange) -> Option<(&'a str, &'a str)> {
    use TableChange::*;
    let both =
        |from: &'a Option<String>, to: &'a Option<String>| Some((from.as_deref()?, to.as_deref()?));
    match (dropped, added) {
        (DropPrimaryKey(from), AddPrimaryKey(to)) => {
            let same = PrimaryKey { name: to.name.clone(), ..from.clone() } == *to;
            both(&from.name, &to.name).filter(|_| same)
        }
        (DropUnique(from), AddUnique(to)) => {
            let same = Unique { name: to.name.clone(), ..from.clone() } == *to;
            both(&from.name, &to.name).filter(|_| same)
        }
        (DropForeignKey(from), AddForeignKey(to)) => {
            let same = ForeignKey { name: to.name.clone(), ..from.clone() } == *to;
            both(&from.name, &to.name).filter(|_| same)
        }
        (DropCheck(from), AddCheck(to)) => {
            let same = Check { name: to.name.clone(), ..from.clone() } == *to;
            both(&from.name, &to.name).filter(|_| same)
        }
        (DropIndex(from), AddIndex(to)) => {
            let same = Index { name: to.name.clone(), ..from.clone() } == *to;
            Some((from.name.as_str(), to.name.as_str())).filter(|_| same)
        }
        _ => None,
    }
}

/// Gives what bears a made name, the first of each two, the live one.
fn rename(table: &mut Table, live: &BTreeMap<&str, &str>) {
    let constraints = (table.primary_key.iter_mut().map(|it| &mut it.name))
        .chain(table.uniques.iter_mut().map(|it| &mut it.name))
        .chain(table.foreign_keys.iter_mut().map(|it| &mut it.name))
        .chain(table.checks.iter_mut().map(|it| &mut it.name))
        .flatten();
    for name in constraints.chain(table.indexes.iter_mut().map(|it| &mut it.name)) {
        if let Some(live) = live.get(name.as_str()) {
            (*live).clone_into(name);
        }
    }
}
