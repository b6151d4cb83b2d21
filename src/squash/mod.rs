//! Fewer operations that do the same as many.
//!
//! [`squash`] goes through operations in order and puts as many of them as it can into a
//! *stretch*, of which only the difference between its beginning and its end is left: a table that
//! is made and then changed is made as it ends, rows and all. What nobody can look into (raw SQL,
//! programs) and what would treat rows that are there in another way stays as it is, between two
//! stretches.
//!
//! Nothing is opened here, and nothing is known of a dialect: operations are carried out on a
//! [`Schema`], so they keep the words in which they were declared. Raw SQL may have made what the
//! schema does not know; whoever writes the result down proves it first.

mod seeds;
mod stretch;

use std::collections::BTreeMap;

use crate::graph::RevisionId;
use crate::operation::Operation;
use crate::schema::{Object, ObjectKey, Schema};
use crate::script::{Entry, Header, Script};

use stretch::Stretch;

/// What is there, as far as operations say.
#[derive(Clone, Debug, Default)]
struct Known {
    schema: Schema,
    /// The dialects for which objects are meant, of those that are not meant for all.
    dialects: BTreeMap<ObjectKey, Vec<String>>,
}

impl Known {
    /// Carries out `entries`. One that does not fit is about what raw SQL has made, and passed
    /// over.
    fn run<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>) {
        for entry in entries {
            if self.schema.apply(&entry.operation).is_ok() {
                self.note(entry);
            }
        }
    }

    /// Keeps in mind for which dialects an object is.
    fn note(&mut self, entry: &Entry) {
        if let Some(object) = object_of(&entry.operation) {
            let key = object.key();
            match entry.dialects.is_empty() {
                true => self.dialects.remove(&key),
                false => self.dialects.insert(key, entry.dialects.clone()),
            };
        }
    }

    /// The dialects for which the object of an operation is meant; none are all.
    fn dialects_of(&self, operation: &Operation) -> Vec<String> {
        let key = object_of(operation).map(Object::key);
        key.and_then(|key| self.dialects.get(&key)).cloned().unwrap_or_default()
    }

    fn object(&self, object: &Object) -> Option<&Object> {
        self.schema.object(&object.key())
    }
}

/// The object that an operation makes, replaces or removes.
fn object_of(operation: &Operation) -> Option<&Object> {
    match operation {
        Operation::Create(object)
        | Operation::Drop(object)
        | Operation::Replace { to: object, .. } => Some(object),
        _ => None,
    }
}

/// A script that does what several do.
#[derive(Clone, Debug)]
pub struct Squashed {
    /// With as few operations as can be.
    pub short: Script,
    /// With all of their operations, one by one.
    pub plain: Script,
}

/// Scripts for different databases, of which no database could run all.
#[derive(Debug, thiserror::Error)]
#[error("`{}` holds SQL for {}, and `{}` for {}", .one.0, .one.1, .other.0, .other.1)]
pub struct ManyDialects {
    /// A revision and its dialect.
    one: (RevisionId, String),
    /// Another one and its dialect.
    other: (RevisionId, String),
}

impl ManyDialects {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some("end the run between them: no database runs both".to_owned())
    }
}

/// The script with the head `header` that does what `originals` do, one after the other. What
/// runs before them is `before`.
///
/// It has a way back if each of them has one, and a transaction around it if each of them has.
///
/// # Errors
/// [`ManyDialects`].
pub fn squash(
    before: &[Script],
    originals: &[Script],
    header: Header,
) -> Result<Squashed, ManyDialects> {
    let header = Header {
        dialect: dialect(originals)?,
        no_transaction: originals.iter().any(|it| it.header.no_transaction),
        irreversible: irreversible(originals),
        ..header
    };
    let says = |entry: &&Entry| !is_separator(&entry.operation);
    let upgrades = originals.iter().flat_map(|it| &it.upgrade);
    let there: Vec<Entry> = upgrades.filter(says).cloned().collect();
    let downgrades = originals.iter().rev().flat_map(|it| &it.downgrade);
    let back: Vec<Entry> = match header.irreversible {
        Some(_) => Vec::new(),
        None => downgrades.filter(says).cloned().collect(),
    };
    let mut known = Known::default();
    known.run(before.iter().flat_map(|it| &it.upgrade));
    let short = Script {
        header: header.clone(),
        upgrade: apart(shorten(&mut known, &there)),
        downgrade: apart(shorten(&mut known, &back)),
    };
    let plain = Script { header, upgrade: apart(there), downgrade: apart(back) };
    Ok(Squashed { short, plain })
}

/// What stands between two changes of one table that must not become one: a comment, which no
/// database runs.
const APART: &str = "-- what follows is a change of its own";

/// Whether an operation only keeps those on both sides of it apart.
pub fn is_separator(operation: &Operation) -> bool {
    matches!(operation, Operation::Execute(sql) if sql.text.as_deref() == Some(APART))
}

/// The same with something between changes of one table that were not one before: what one of them
/// makes may be more than the other one could do together with it.
fn apart(entries: Vec<Entry>) -> Vec<Entry> {
    let table = |entry: &Entry| match &entry.operation {
        Operation::AlterTable { table, .. } => Some((table.clone(), entry.dialects.clone())),
        _ => None,
    };
    let mut apart: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        if apart.last().is_some_and(|last| table(last).is_some() && table(last) == table(&entry)) {
            apart.push(Operation::Execute(APART.into()).into());
        }
        apart.push(entry);
    }
    apart
}

/// The only dialect for which they are.
fn dialect(scripts: &[Script]) -> Result<Option<String>, ManyDialects> {
    let named = |it: &Script| Some((it.header.revision.clone(), it.header.dialect.clone()?));
    let mut named = scripts.iter().filter_map(named);
    let Some(one) = named.next() else { return Ok(None) };
    match named.find(|other| other.1 != one.1) {
        Some(other) => Err(ManyDialects { one, other }),
        None => Ok(Some(one.1)),
    }
}

/// Why there is no way back: the reasons of those that have none.
fn irreversible(scripts: &[Script]) -> Option<String> {
    let reason = |it: &Script| Some((it.header.revision.clone(), it.header.irreversible.clone()?));
    let reasons: Vec<(RevisionId, String)> = scripts.iter().filter_map(reason).collect();
    match &reasons[..] {
        [] => None,
        [(_, why)] => Some(why.clone()),
        several => {
            let reasons = several.iter().map(|(id, why)| format!("{id}: {why}"));
            Some(reasons.collect::<Vec<_>>().join("; "))
        }
    }
}

/// Entries that do what `entries` do, fewer where that can be. `known` is what was there before,
/// and afterwards what is there then.
fn shorten(known: &mut Known, entries: &[Entry]) -> Vec<Entry> {
    let mut short = Vec::new();
    let mut stretch = Stretch::new(known, entries);
    for (at, entry) in entries.iter().enumerate() {
        if stretch.absorb(known, entry) {
            continue;
        }
        short.extend(stretch.finish(known));
        stretch = Stretch::new(known, &entries[at..]);
        if !stretch.absorb(known, entry) {
            short.push(entry.clone());
            known.run([entry]);
            stretch = Stretch::new(known, &entries[at + 1..]);
        }
    }
    short.extend(stretch.finish(known));
    short
}

/// Whether only a database knows what an operation does.
pub fn is_opaque(operation: &Operation) -> bool {
    let is_unknown =
        matches!(operation, Operation::Execute(_) | Operation::Run { .. } | Operation::Fill { .. });
    is_unknown && !is_separator(operation)
}

#[cfg(test)]
mod tests;
