//! Models in TOML files -> [`Declared`]. The same document may be written as JSON.
//!
//! Files are read in two steps. The first takes each file by itself: `syntax` makes TOML of the
//! text; `model` with `column`, `constraint`, `index` and `reference`, and `object` read what it
//! declares; `reader`, `value` and `fit` are beneath them. The second puts the models of all files
//! together: `resolve` lets foreign keys find their tables, `names` names what has no name.
//! Every mistake is kept, with its place, and none stops the reading of the rest.

mod column;
mod constraint;
mod fit;
mod index;
mod model;
mod names;
mod object;
mod reader;
mod reference;
mod resolve;
mod value;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

pub(super) use self::fit::takes;
use self::model::Model;
use self::object::Declaration;
pub(super) use self::object::SECTIONS;
use self::reader::Reader;
use super::naming::Naming;
use super::{Declared, Form};
use crate::document;
use crate::error::{Mistake, Mistakes, Source};
use crate::parallel;
use crate::schema::Name;

/// What the files `sources` declare together, each TOML or JSON. The schema is sorted.
///
/// # Errors
/// Everything that is wrong in the files, in the order of the files and their lines. While a
/// file is neither, what the models say about each other is not looked at.
pub fn parse(sources: &[Source], naming: &Naming) -> Result<Declared, Mistakes> {
    parse_beside(sources, naming, false)
}

/// As [`parse`]. With `others` there are tables of which the files say nothing: a foreign key to one that is
/// not known is taken as it is written.
///
/// # Errors
/// As [`parse`].
pub(super) fn parse_beside(
    sources: &[Source],
    naming: &Naming,
    others: bool,
) -> Result<Declared, Mistakes> {
    let mut mistakes = Vec::new();
    let mut files = Vec::with_capacity(sources.len());
    for source in sources {
        let document = match Form::of(source) {
            Form::Json => document::parse_json(source),
            Form::Toml | Form::Sql => document::parse(source),
        };
        match document {
            Ok(table) => files.push((source, table)),
            Err(wrong) => mistakes.extend(wrong),
        }
    }
    let complete = mistakes.is_empty();
    let enums = files.iter().flat_map(|(_, table)| enum_names(table)).collect();
    let mut models = Vec::new();
    let mut objects = Vec::new();
    for (source, table) in files {
        // Given away, so that the trees of large files are gone piece by piece.
        let entries: Vec<Entry> = table.into_iter().collect();
        for read in parallel::turn(entries, |entry| read(source, &enums, entry)) {
            models.extend(read.model);
            objects.extend(read.objects);
            mistakes.extend(read.mistakes);
        }
    }
    if complete {
        let declared = resolve::resolve(models, objects, naming, others, &mut mistakes);
        if mistakes.is_empty() {
            return Ok(declared);
        }
    }
    mistakes.sort_by_key(|mistake| order(sources, mistake));
    mistakes.iter_mut().for_each(say_it_is_toml);
    Err(Mistakes(mistakes))
}

/// A key of a file and what stands under it.
type Entry<'a> = (Spanned<Cow<'a, str>>, Spanned<DeValue<'a>>);

/// What one key of a file declares.
struct Read {
    model: Option<Model>,
    objects: Vec<Declaration>,
    mistakes: Vec<Mistake>,
}

fn read(source: &Source, enums: &BTreeSet<Name>, (key, value): Entry) -> Read {
    let mut reader = Reader { source, enums, mistakes: Vec::new() };
    let word = key.get_ref().as_ref();
    let (model, objects) = match SECTIONS.contains(&word) {
        true => (None, reader.section(word, &value)),
        false => (reader.model(word, key.span(), &value, &SECTIONS), Vec::new()),
    };
    Read { model, objects, mistakes: reader.mistakes }
}

/// The names of the shared enums: columns must know them before the enums themselves are read.
fn enum_names(table: &DeTable) -> BTreeSet<Name> {
    let Some(DeValue::Table(enums)) = table.get("enums").map(|value| value.get_ref()) else {
        return BTreeSet::new();
    };
    let text = |value: &DeValue, field: &str| match value {
        DeValue::Table(fields) => fields.get(field)?.get_ref().as_str().map(str::to_owned),
        _ => None,
    };
    let name = |(key, value): (&Spanned<Cow<str>>, &Spanned<DeValue>)| Name {
        schema: text(value.get_ref(), "schema"),
        name: text(value.get_ref(), "name").unwrap_or_else(|| key.get_ref().to_string()),
    };
    enums.iter().map(name).collect()
}

/// Hints show how TOML is written, in JSON too: that has the same keys and values.
fn say_it_is_toml(mistake: &mut Mistake) {
    let is_json = mistake.place.as_ref().is_some_and(|it| Form::of(&it.source) == Form::Json);
    let Some(hint) = mistake.hint.as_mut().filter(|_| is_json) else { return };
    if hint.contains(" = ") || hint.contains("`[") {
        hint.push_str(", as TOML would have it");
    }
}

/// Where a mistake stands among the files.
fn order(sources: &[Source], mistake: &Mistake) -> (usize, usize) {
    let Some(place) = &mistake.place else { return (0, 0) };
    let same = |source: &Source| Arc::ptr_eq(&source.text, &place.source.text);
    (sources.iter().position(same).unwrap_or(sources.len()), place.span.start)
}
