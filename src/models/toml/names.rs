//! Names for what a model leaves unnamed, once its foreign keys know their tables.

use std::collections::{HashMap, HashSet};

use super::model::Model;
use super::reader::Span;
use super::resolve::{mistake, place};
use crate::error::Mistake;
use crate::models::nameable::{Nameable, nameables};
use crate::models::naming::{Named, Naming};
use crate::schema::Table;

/// A key, constraint or index that gets a name, with its place.
struct Slot {
    it: Nameable,
    at: Span,
}

/// Names everything in a table: what has names keeps them, the rest gets new ones.
pub(super) fn give_names(
    model: &mut Model,
    foreign_keys: &[Span],
    naming: &Naming,
    mistakes: &mut Vec<Mistake>,
) {
    let slots = slots(model, foreign_keys);
    let mut names: Vec<String> = vec![String::new(); slots.len()];
    let mut taken: HashSet<String> = HashSet::new();
    for given in [true, false] {
        for (slot, name) in slots.iter().zip(&mut names) {
            if slot.it.name.is_some() != given {
                continue;
            }
            let subject = slot.it.subject(&model.table);
            match naming.name(slot.it.named, &subject, |it| taken.contains(it)) {
                Ok(made) => *name = made,
                Err(err) => {
                    let hint = err.hint().unwrap_or_default();
                    mistake(mistakes, place(model, slot.at.clone()), err.to_string(), hint);
                }
            }
            taken.insert(name.clone());
        }
    }
    unique_names(model, &slots, &names, mistakes);
    let given = slots.iter().zip(&names).filter(|(slot, _)| slot.it.name.is_some());
    model.given_names = given.map(|(_, name)| name.clone()).collect();
    take_names(&mut model.table, names);
}

/// Everything that is named, in the order of `take_names`.
fn slots(model: &Model, foreign_keys: &[Span]) -> Vec<Slot> {
    let places = (model.primary_key.iter())
        .chain(&model.uniques)
        .chain(&model.indexes)
        .chain(&model.checks)
        .chain(foreign_keys);
    let slot = |(it, at): (Nameable, &Span)| Slot { it, at: at.clone() };
    nameables(&model.table).into_iter().zip(places).map(slot).collect()
}

fn take_names(table: &mut Table, names: Vec<String>) {
    let mut names = names.into_iter();
    if let Some(key) = &mut table.primary_key {
        key.name = names.next();
    }
    for unique in &mut table.uniques {
        unique.name = names.next();
    }
    for index in &mut table.indexes {
        index.name = names.next().unwrap_or_default();
    }
    for check in &mut table.checks {
        check.name = names.next();
    }
    for key in &mut table.foreign_keys {
        key.name = names.next();
    }
}

/// Two constraints of a table have different names, and so have an index and a unique
/// constraint, which is an index in PostgreSQL and MySQL. Made names differ from all others.
fn unique_names(model: &Model, slots: &[Slot], names: &[String], mistakes: &mut Vec<Mistake>) {
    let mut seen: HashMap<&str, Vec<&Slot>> = HashMap::new();
    for (slot, name) in slots.iter().zip(names) {
        if slot.it.name.is_none() {
            continue;
        }
        let others = seen.entry(name).or_default();
        let indexes = |a: Named| matches!(a, Named::Index | Named::Unique);
        let clash = |other: &&&Slot| {
            let (a, b) = (slot.it.named, other.it.named);
            (a != Named::Index && b != Named::Index) || (indexes(a) && indexes(b))
        };
        if let Some(first) = others.iter().find(clash) {
            let (first, second) = if first.at.start <= slot.at.start {
                (&first.at, &slot.at)
            } else {
                (&slot.at, &first.at)
            };
            let message = format!(
                "name `{name}` is used twice in table `{}`; first at {}",
                model.table.name,
                place(model, first.clone()).line()
            );
            let hint = "give one of them another `name`".to_owned();
            mistake(mistakes, place(model, second.clone()), message, hint);
        }
        others.push(slot);
    }
}
