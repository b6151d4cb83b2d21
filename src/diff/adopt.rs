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
    let pairs = pairs(operations, given);
    if pairs.is_empty() {
        return false;
    }
    let [declared, normalized] = sides;
    // Two schemas may use the same name.
    let here = |table: &Table| -> Vec<(Option<String>, String)> {
        table.names().map(|name| (table.name.schema.clone(), name)).collect()
    };
    let mut taken: BTreeSet<(Option<String>, String)> =
        normalized.tables.iter().flat_map(here).collect();
    let mut adopted = false;
    for Pair { table, live, made } in pairs {
        // What is declared under the old name needs it.
        if !taken.insert((table.schema.clone(), live.clone())) {
            continue;
        }
        for schema in [&mut *declared, &mut *normalized] {
            let found = schema.tables.iter_mut().find(|it| it.name == table);
            found.into_iter().for_each(|table| rename(table, &made, &live));
        }
        adopted = true;
    }
    adopted
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

fn rename(table: &mut Table, made: &str, live: &str) {
    let constraints = (table.primary_key.iter_mut().map(|it| &mut it.name))
        .chain(table.uniques.iter_mut().map(|it| &mut it.name))
        .chain(table.foreign_keys.iter_mut().map(|it| &mut it.name))
        .chain(table.checks.iter_mut().map(|it| &mut it.name))
        .flatten();
    let indexes = table.indexes.iter_mut().map(|it| &mut it.name);
    for name in constraints.chain(indexes).filter(|name| *name == made) {
        live.clone_into(name);
    }
}
