//! What stands beside tables: schemas, extensions, enums, functions.

use super::{Catalogue, Fields, Found};
use crate::dialect::DbError;
use crate::schema::{Enum, Extension, Function, Namespace, Object, Sql};

/// Reads all of it.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    for fields in catalogue.rows(include_str!("namespaces.sql"))? {
        found.schema.objects.extend(namespace(catalogue, fields));
    }
    for fields in catalogue.rows(include_str!("enums.sql"))? {
        found.schema.objects.push(Object::Enum(shared_enum(catalogue, fields)));
    }
    for fields in catalogue.rows(include_str!("functions.sql"))? {
        found.schema.objects.push(Object::Function(function(catalogue, fields)));
    }
    Ok(())
}

/// An extension, or a schema that is not the default one.
fn namespace(catalogue: &Catalogue, mut fields: Fields) -> Option<Object> {
    let schema = Some(fields.text()).filter(|it| *it != catalogue.dialect.schema);
    match fields.optional() {
        Some(name) => {
            let version = fields.optional();
            Some(Object::Extension(Extension { name, schema, version }))
        }
        None => schema.map(|name| Object::Namespace(Namespace { name })),
    }
}

fn shared_enum(catalogue: &Catalogue, mut fields: Fields) -> Enum {
    let name = catalogue.name(fields.text(), fields.text());
    let values: Vec<Option<String>> = serde_json::from_str(&fields.text()).unwrap_or_default();
    Enum { name, values: values.into_iter().flatten().collect() }
}

fn function(catalogue: &Catalogue, mut fields: Fields) -> Function {
    let name = catalogue.name(fields.text(), fields.text());
    let arguments = fields.text();
    let schema = fields.text();
    let definition = fields.text();
    let definition = match name.schema {
        None => unqualified(&definition, &schema).unwrap_or(definition),
        Some(_) => definition,
    };
    Function { name, arguments, definition: Sql::new(definition.trim_end()) }
}

/// The definition of a function without the schema, which the server always writes: it is to be
/// made where the rest is made, too.
fn unqualified(definition: &str, schema: &str) -> Option<String> {
    for words in ["CREATE OR REPLACE FUNCTION ", "CREATE OR REPLACE PROCEDURE "] {
        if let Some(rest) = definition.strip_prefix(words) {
            let rest = rest.strip_prefix(schema)?.strip_prefix('.')?;
            return Some(format!("{words}{rest}"));
        }
    }
    None
}
