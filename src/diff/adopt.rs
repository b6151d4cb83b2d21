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
    let [declared, normalized] = sides;
    let pairs = without_clashes(pairs, normalized);
    for schema in [declared, normalized] {
        for table in &mut schema.tables {
            let of_table = |it: &&Pair| it.table == table.name;
            let names = pairs.iter().filter(of_table).map(|it| (it.made.clone(), it.live.clone()));
            rename(table, &names.collect());
        }
    }
    !pairs.is_empty()
}

/// Those of `pairs` whose old names nothing else is called by. Made names that go are free, so that
/// two things may change names with each other.
fn without_clashes(mut pairs: Vec<Pair>, normalized: &Schema) -> Vec<Pair> {
    // Two schemas may use the same name.
    let key = |table: &Name, name: &str| (table.schema.clone(), name.to_owned());
    loop {
        let made: BTreeSet<(&Name, &str)> =
            pairs.iter().map(|it| (&it.table, it.made.as_str())).collect();
        let mut taken = BTreeSet::new();
        for table in &normalized.tables {
            let stays = |name: &String| !made.contains(&(&table.name, name.as_str()));
            taken.extend(table.names().filter(stays).map(|name| key(&table.name, &name)));
        }
        let before = pairs.len();
        // What is declared under the old name needs it.
        pairs.retain(|it| taken.insert(key(&it.table, &it.live)));
        if pairs.len() == before {
            return pairs;
        }
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

/// Gives every name in `names` its other one, all at once.
fn rename(table: &mut Table, names: &BTreeMap<String, String>) {
    let constraints = (table.primary_key.iter_mut().map(|it| &mut it.name))
        .chain(table.uniques.iter_mut().map(|it| &mut it.name))
        .chain(table.foreign_keys.iter_mut().map(|it| &mut it.name))
        .chain(table.checks.iter_mut().map(|it| &mut it.name))
        .flatten();
    let indexes = table.indexes.iter_mut().map(|it| &mut it.name);
    for name in constraints.chain(indexes) {
        if let Some(live) = names.get(name) {
            live.clone_into(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::diff;
    use crate::error::Source;
    use crate::models::{Naming, toml};

    /// A table with foreign keys of these columns, each with its name.
    fn schema(keys: &[(&str, &str)]) -> Schema {
        let keys: Vec<String> = keys
            .iter()
            .map(|(column, name)| {
                let to = "references = { table = 'p', columns = ['id'] }";
                format!("{{ columns = ['{column}'], name = '{name}', {to} }}")
            })
            .collect();
        let text = format!(
            "[p.columns]\nid = {{ type = 'integer', primary_key = true }}\n[t]\nforeign_keys = [{}]\n\
             [t.columns]\na = 'integer'\nb = 'integer'\nc = 'integer'\n",
            keys.join(", ")
        );
        toml::parse(&[Source::new("models.toml", text)], &Naming::default()).unwrap().schema
    }

    /// What is left to do when the names that nobody gave are adopted.
    fn left(live: &[(&str, &str)], declared: &[(&str, &str)], given: &[&str]) -> Vec<String> {
        let (live, mut declared) = (schema(live), schema(declared));
        let mut normalized = declared.clone();
        let given = given.iter().map(|it| (Name::from("t"), (*it).to_owned())).collect();
        adopt_names(&diff(&live, &normalized), &given, [&mut declared, &mut normalized]);
        assert_eq!(declared, normalized);
        diff(&live, &normalized).iter().flat_map(Operation::describe).collect()
    }

    #[test]
    fn names_that_change_places() {
        let none: [&str; 0] = [];
        assert_eq!(left(&[("a", "f1"), ("b", "f2")], &[("a", "f2"), ("b", "f1")], &[]), none);
        let around = [("a", "f2"), ("b", "f3"), ("c", "f1")];
        assert_eq!(left(&[("a", "f1"), ("b", "f2"), ("c", "f3")], &around, &[]), none);
        assert_eq!(left(&[("a", "f1"), ("b", "f2")], &[("a", "f2"), ("b", "f9")], &[]), none);
    }

    #[test]
    fn names_that_are_taken() {
        // One of the two names was given, so that what has the other one has to give way.
        assert_eq!(
            left(&[("a", "f1"), ("b", "f2")], &[("a", "f2"), ("b", "f1")], &["f1"]),
            [
                "removed foreign key 'f1' from 't' (a) to 'p' (id)",
                "removed foreign key 'f2' from 't' (b) to 'p' (id)",
                "added foreign key 'f1' from 't' (b) to 'p' (id)",
                "added foreign key 'f2' from 't' (a) to 'p' (id)",
            ]
        );
        assert_eq!(
            left(&[("a", "f1")], &[("a", "f2"), ("c", "f1")], &["f1"]),
            [
                "removed foreign key 'f1' from 't' (a) to 'p' (id)",
                "added foreign key 'f2' from 't' (a) to 'p' (id)",
                "added foreign key 'f1' from 't' (c) to 'p' (id)",
            ]
        );
    }
}
