//! A [`Schema`] as models: the document that `models::toml` reads the same schema from.
//!
//! What the reader takes for granted is left out: names that the naming convention makes, columns
//! that may be NULL, the table of a model that is called after it. One tree becomes TOML (`layout`)
//! and JSON.

mod column;
mod layout;
mod names;
mod object;
mod table;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use self::names::Keys;
use super::naming::Naming;
use crate::document::write::Node;
use crate::schema::{Name, Object, Schema};

/// Models as a tree.
#[derive(Clone, Debug, Default)]
pub struct Document {
    entries: Vec<Entry>,
    /// What models have no words for, a line each.
    pub unsaid: Vec<String>,
}

/// A model, or an object of a section.
#[derive(Clone, Debug)]
struct Entry {
    /// `None` is a model.
    section: Option<&'static str>,
    /// Its key in the section.
    key: String,
    /// The schema (name space) it lives in, or is.
    schema: Option<String>,
    /// What it says.
    body: Node,
}

/// What all of a schema knows that one table must know.
struct Surroundings<'a> {
    naming: &'a Naming,
    /// The dialect whose words the schema is in.
    dialect: &'a str,
    tables: BTreeSet<&'a Name>,
    enums: BTreeSet<Name>,
    unsaid: Vec<String>,
}

/// The models that declare `schema`, whose words are those of `dialect`. Names that `naming` makes
/// are left out.
pub fn document(schema: &Schema, naming: &Naming, dialect: &str) -> Document {
    let is_enum = |it: &&Object| matches!(it, Object::Enum(_));
    let mut around = Surroundings {
        naming,
        dialect,
        tables: schema.tables.iter().map(|it| &it.name).collect(),
        enums: schema.objects.iter().filter(is_enum).map(Object::name).collect(),
        unsaid: Vec::new(),
    };
    let mut keys = Keys::default();
    let mut objects: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for it in &schema.objects {
        let entry = object::entry(it, &mut keys);
        objects.entry(object::place(it)).or_default().push(entry);
    }
    let models = schema.tables.iter().map(|it| table::entry(it, &mut around, &mut keys));
    let models: Vec<Entry> = models.collect();
    let behind = objects.split_off(&object::BEHIND_TABLES);
    let entries = objects.into_values().flatten().chain(models);
    let entries = entries.chain(behind.into_values().flatten()).collect();
    Document { entries, unsaid: around.unsaid }
}

impl Document {
    /// Whether it declares nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// As the text of a TOML file.
    pub fn toml(&self) -> String {
        layout::text(&self.entries)
    }

    /// As JSON: the same keys with the same values.
    pub fn json(&self) -> Json {
        let mut root = Map::new();
        for entry in &self.entries {
            let place = match entry.section {
                None => &mut root,
                Some(section) => match root.entry(section).or_insert_with(|| Map::new().into()) {
                    Json::Object(section) => section,
                    // A section is made here, and no model is called like one.
                    _ => continue,
                },
            };
            place.insert(entry.key.clone(), entry.body.json());
        }
        Json::Object(root)
    }

    /// A document for each schema (name space), that of the default one first.
    pub fn by_schema(self) -> Vec<(Option<String>, Document)> {
        let mut parts: BTreeMap<Option<String>, Document> = BTreeMap::new();
        for entry in self.entries {
            parts.entry(entry.schema.clone()).or_default().entries.push(entry);
        }
        parts.into_iter().collect()
    }
}
