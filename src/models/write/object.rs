//! The sections beside the models.

use super::Entry;
use super::column::options;
use super::names::Keys;
use crate::document::write::{Fields, Node, sequence_options, ty};
use crate::models::toml::SECTIONS;
use crate::schema::{Name, Object};

/// The section of objects of this kind.
fn section(object: &Object) -> &'static str {
    match object {
        Object::Namespace(_) => "schemas",
        Object::Extension(_) => "extensions",
        Object::Enum(_) => "enums",
        Object::Sequence(_) => "sequences",
        Object::Function(_) => "functions",
        Object::View(it) if it.materialized => "materialized_views",
        Object::View(_) => "views",
        Object::Trigger(_) => "triggers",
        Object::Definition(_) => "objects",
    }
}

/// The place of its section among all.
pub(super) fn place(object: &Object) -> usize {
    SECTIONS.iter().position(|it| *it == section(object)).unwrap_or(SECTIONS.len())
}

/// The first section whose objects stand behind the tables they may speak of.
pub(super) const BEHIND_TABLES: usize = 4;

/// The object under a key of its section.
pub(super) fn entry(object: &Object, keys: &mut Keys) -> Entry {
    let section = section(object);
    let (name, schema) = match object {
        Object::Namespace(it) => (Name::new(&it.name), Some(it.name.clone())),
        Object::Extension(it) => (Name::new(&it.name), None),
        other => (other.name(), other.name().schema),
    };
    let (key, says_name) = keys.take(Some(section), &name);
    let mut fields = Fields::default();
    if !says_name {
        fields.text("name", &name.name);
    }
    fields.optional_text("schema", &name.schema);
    let body = match (object, fields.0.is_empty()) {
        (Object::Enum(it), true) => Node::texts(&it.values),
        _ => {
            body(object, &mut fields);
            Node::Table(fields.0)
        }
    };
    Entry { section: Some(section), key, schema, body }
}

fn body(object: &Object, fields: &mut Fields) {
    match object {
        Object::Namespace(_) => {}
        Object::Extension(it) => {
            fields.optional_text("schema", &it.schema);
            fields.optional_text("version", &it.version);
        }
        Object::Enum(it) => fields.texts("values", &it.values),
        Object::Sequence(it) => {
            if let Some(it) = &it.ty {
                fields.add("type", ty(it));
            }
            sequence_options(fields, &it.options);
        }
        Object::Function(it) => {
            if !it.arguments.is_empty() {
                fields.text("arguments", &it.arguments);
            }
            fields.sql("definition", &it.definition);
        }
        Object::View(it) => {
            options(fields, &it.options);
            fields.sql("definition", &it.definition);
        }
        Object::Trigger(it) => {
            fields.text("table", &it.table.to_string());
            fields.sql("definition", &it.definition);
        }
        Object::Definition(it) => {
            fields.text("kind", &it.kind);
            fields.optional_text("table", &it.table.as_ref().map(Name::to_string));
            fields.sql("definition", &it.definition);
        }
    }
}
