//! Which names are said, and the keys under which models and objects stand.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::models::nameable::{Nameable, nameables};
use crate::models::naming::{Naming, Subject, table_name};
use crate::models::toml::SECTIONS;
use crate::schema::{Name, Table};

/// Stands for a given name in a pattern; no name has it.
const GIVEN: &str = "\u{1}";

/// The names that the model of a table says, by kind; `None` is left to the naming convention.
#[derive(Default)]
pub(super) struct Said {
    pub(super) primary_key: Option<String>,
    pub(super) uniques: Vec<Option<String>>,
    pub(super) indexes: Vec<Option<String>>,
    pub(super) checks: Vec<Option<String>>,
    pub(super) foreign_keys: Vec<Option<String>>,
}

/// What must be said so that everything in `table` gets the name it has.
pub(super) fn said(table: &Table, around: &mut Surroundings) -> Said {
    let all = nameables(table);
    let naming = around.naming;
    let made: Vec<Option<String>> = all.iter().map(|it| made(it, table, naming)).collect();
    let own_or_made = |(it, made): (&Nameable, &Option<String>)| it.name.clone().or(made.clone());
    let names: Vec<Option<String>> = all.iter().zip(&made).map(own_or_made).collect();
    let mut said = Vec::with_capacity(all.len());
    for (it, made) in all.iter().zip(&made) {
        // Two of one name cannot be left to the convention.
        let is_alone = names.iter().filter(|name| **name == it.name).count() == 1;
        if it.name.is_none() || (it.name == *made && is_alone) {
            said.push(None);
            continue;
        }
        let given = given(it, table, naming);
        if let (None, Some(name)) = (&given, &it.name) {
            let (kind, table) = (it.named.key(), &table.name);
            around.unsaid.push(format!(
                "the name `{name}` in table `{table}`: the pattern `{kind}` of `[naming]` makes no such name"
            ));
        }
        said.push(given);
    }
    let mut said = said.into_iter();
    let mut next = |count: usize| said.by_ref().take(count).collect::<Vec<_>>();
    Said {
        primary_key: next(usize::from(table.primary_key.is_some())).pop().flatten(),
        uniques: next(table.uniques.len()),
        indexes: next(table.indexes.len()),
        checks: next(table.checks.len()),
        foreign_keys: next(table.foreign_keys.len()),
    }
}

/// The name that it gets when none is given.
fn made(it: &Nameable, table: &Table, naming: &Naming) -> Option<String> {
    let subject = Subject { constraint: None, ..it.subject(table) };
    naming.name(it.named, &subject, |_| false).ok()
}

/// What must be given as its name so that it gets the one it has. A pattern may be made of given
/// names: then it is what the pattern has in their place.
fn given(it: &Nameable, table: &Table, naming: &Naming) -> Option<String> {
    let name = it.name.as_deref()?;
    let becomes = |given: &str| {
        let subject = Subject { constraint: Some(given), ..it.subject(table) };
        naming.name(it.named, &subject, |_| false).ok()
    };
    let leads_back = |given: &&str| becomes(given).as_deref() == Some(name);
    if leads_back(&name) {
        return Some(name.to_owned());
    }
    let pattern = becomes(GIVEN)?;
    let (before, behind) = pattern.split_once(GIVEN)?;
    let inner = name.strip_prefix(before)?.strip_suffix(behind)?;
    Some(inner).filter(leads_back).map(str::to_owned)
}

/// The keys that are taken, each with its section.
#[derive(Default)]
pub(super) struct Keys(BTreeSet<(Option<&'static str>, String)>);

impl Keys {
    /// A free key for what is called `name`, and whether the key alone says that name. A key of a
    /// model becomes the name of its table in snake case.
    pub(super) fn take(&mut self, section: Option<&'static str>, name: &Name) -> (String, bool) {
        let is_section = |key: &str| section.is_none() && SECTIONS.contains(&key);
        let qualified = name.schema.iter().map(|schema| format!("{schema}_{}", name.name));
        let numbered = (2..).map(|number| format!("{}_{number}", name.name));
        let mut wishes = [name.name.clone()].into_iter().chain(qualified).chain(numbered);
        let mut is_free = |key: &String| !is_section(key) && self.0.insert((section, key.clone()));
        let key = wishes.find(|key| is_free(key)).unwrap_or_default();
        let says = match section {
            None => table_name(&key) == name.name,
            Some(_) => key == name.name,
        };
        (key, says)
    }
}
