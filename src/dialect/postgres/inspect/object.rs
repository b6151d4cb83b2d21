//! What stands beside tables: schemas, extensions, enums, functions, and what is only a definition.

use super::super::types::quote;
use super::{Catalogue, Fields, Found, definition};
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
    definition::read(catalogue, found)
}

/// An extension, or a schema that is not the default one.
fn namespace(catalogue: &Catalogue, mut fields: Fields) -> Option<Object> {
    let schema = fields.text();
    match fields.optional() {
        Some(name) => {
            let version = fields.optional();
            Some(Object::Extension(Extension { name, schema: Some(schema), version }))
        }
        None if schema == catalogue.dialect.schema => None,
        None => Some(Object::Namespace(Namespace { name: schema })),
    }
}

fn shared_enum(catalogue: &Catalogue, mut fields: Fields) -> Enum {
    let name = catalogue.name(fields.text(), fields.text());
    let values: Vec<Option<String>> = fields.list();
    Enum { name, values: values.into_iter().flatten().collect() }
}

fn function(catalogue: &Catalogue, mut fields: Fields) -> Function {
    let name = catalogue.name(fields.text(), fields.text());
    let arguments = fields.text();
    let text = fields.text();
    let schema = &catalogue.dialect.schema;
    let short = match name.schema {
        None => unqualified(&text, "CREATE OR REPLACE FUNCTION ", schema)
            .or_else(|| unqualified(&text, "CREATE OR REPLACE PROCEDURE ", schema)),
        Some(_) => None,
    };
    let definition = Sql::new(short.as_deref().unwrap_or(&text).trim_end());
    Function { name, arguments, definition }
}

/// The statement that begins with these words without the schema behind them, which the server
/// always writes: it is to be made where the rest is made, too.
pub(super) fn unqualified(statement: &str, words: &str, schema: &str) -> Option<String> {
    let rest = statement.strip_prefix(words)?;
    let quoted = quote(schema);
    let rest = rest.strip_prefix(schema).or_else(|| rest.strip_prefix(&quoted))?;
    Some(format!("{words}{}", rest.strip_prefix('.')?))
}
