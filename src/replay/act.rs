use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::graph::RevisionId;
use crate::operation::Operation;
use crate::schema::Sql;
use crate::script::Entry;
use crate::squash;

/// What a revision's script does on the way up.
#[derive(Clone, Debug, PartialEq)]
pub struct Upgrade {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub path: PathBuf,
    /// Its operations, in order.
    pub entries: Vec<Entry>,
}

/// One operation of a revision. Of the changes of a table each is an act of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub path: PathBuf,
    /// What it does; an `AlterTable` has one change.
    pub operation: Operation,
    /// The dialects for which it is meant; none are all.
    pub dialects: Vec<String>,
}

impl Act {
    /// What it does, in words: `added column 'user.email'`.
    pub fn describe(&self) -> Vec<String> {
        match &self.operation {
            Operation::Execute(_) => vec!["raw SQL".to_owned()],
            operation => {
                let lines = operation.describe();
                match lines.is_empty() {
                    true => vec!["changed nothing".to_owned()],
                    false => lines,
                }
            }
        }
    }
}

impl Upgrade {
    /// Its acts in a database of this dialect; `None` is one that no operation names.
    pub(super) fn acts<'a>(&'a self, dialect: Option<&'a str>) -> impl Iterator<Item = Act> + 'a {
        let is_meant = move |entry: &&Entry| match dialect {
            Some(dialect) => entry.is_for(dialect),
            None => entry.dialects.is_empty(),
        };
        let acts = |entry: &&Entry| !squash::is_separator(&entry.operation);
        self.entries.iter().filter(is_meant).filter(acts).flat_map(|entry| {
            let act = |operation| Act {
                revision: self.revision.clone(),
                path: self.path.clone(),
                operation,
                dialects: entry.dialects.clone(),
            };
            parts(&entry.operation).into_iter().map(act).collect::<Vec<_>>()
        })
    }
}

/// The operation, or an operation for each of the changes of a table.
fn parts(operation: &Operation) -> Vec<Operation> {
    match operation {
        Operation::AlterTable { table, changes } => changes
            .iter()
            .map(|it| Operation::AlterTable { table: table.clone(), changes: vec![it.clone()] })
            .collect(),
        other => vec![other.clone()],
    }
}

/// The dialects that operations of `upgrades` name, and `None` for all others: what runs differs
/// between these and nowhere else.
pub(super) fn dialects<'a>(upgrades: impl Iterator<Item = &'a Upgrade>) -> Vec<Option<String>> {
    let mut named = BTreeSet::new();
    for entry in upgrades.flat_map(|upgrade| &upgrade.entries) {
        named.extend(entry.dialects.iter().cloned());
        if let Operation::Execute(Sql { dialects, .. }) = &entry.operation {
            named.extend(dialects.keys().cloned());
        }
    }
    [None].into_iter().chain(named.into_iter().map(Some)).collect()
}

/// The text that raw SQL has for this dialect; `None` is one that it does not name.
pub(super) fn text_of<'a>(sql: &'a Sql, dialect: Option<&str>) -> Option<&'a str> {
    match dialect {
        Some(dialect) => sql.of(dialect),
        None => sql.text.as_deref(),
    }
}
