//! What stands beside tables: schemas, extensions, enums, functions, what is only a definition, and
//! what is not modelled.

use super::super::types::quote;
use super::{Catalogue, Fields, Found, definition, other};
use crate::dialect::DbError;
use crate::schema::{Enum, Extension, Function, Name, Namespace, Object, Sql};

/// All of it, in rows alike: what it is, its schema and its name, and two texts, which mean for each
/// kind something else.
const SUBJECTS: [&str; 5] = [
    include_str!("namespaces.sql"),
    include_str!("enums.sql"),
    include_str!("functions.sql"),
    include_str!("definitions.sql"),
    include_str!("others.sql"),
];

/// Reads all of it.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let multirange = "', MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, NULL)";
    let multirange = ("{multirange}", 140_000, multirange, "NULL");
    for fields in catalogue.rows_of(&SUBJECTS, &[multirange])? {
        object(catalogue, fields, found);
    }
    Ok(())
}

fn object(catalogue: &Catalogue, mut fields: Fields, found: &mut Found) {
    let kind = fields.text();
    let (schema, name) = (fields.optional(), fields.text());
    let (first, text) = (fields.optional(), fields.optional());
    let object = match (kind.as_str(), schema, text) {
        ("schema", Some(schema), _) if schema == catalogue.dialect.schema => return,
        ("schema", Some(name), _) => Object::Namespace(Namespace { name }),
        ("extension", schema, _) => Object::Extension(Extension { name, schema, version: first }),
        ("enum", Some(schema), Some(values)) => {
            Object::Enum(Enum { name: catalogue.name(schema, name), values: values_of(&values) })
        }
        ("function", Some(schema), Some(text)) => {
            let name = catalogue.name(schema, name);
            Object::Function(function(catalogue, name, first.unwrap_or_default(), &text))
        }
        (kind, schema, text) => {
            let name = match schema {
                Some(schema) => catalogue.name(schema, name),
                None => Name::new(name),
            };
            return match text {
                Some(rest) => definition::alone(found, kind, name, &rest),
                None => other::add(found, kind, name),
            };
        }
    };
    found.schema.objects.push(object);
}

/// The values of an enum, a list in JSON; one without any has a NULL in it.
fn values_of(list: &str) -> Vec<String> {
    let values: Vec<Option<String>> = serde_json::from_str(list).unwrap_or_default();
    values.into_iter().flatten().collect()
}

fn function(catalogue: &Catalogue, name: Name, arguments: String, text: &str) -> Function {
    let schema = &catalogue.dialect.schema;
    let short = match name.schema {
        None => unqualified(text, "CREATE OR REPLACE FUNCTION ", schema)
            .or_else(|| unqualified(text, "CREATE OR REPLACE PROCEDURE ", schema)),
        Some(_) => None,
    };
    let definition = Sql::new(short.as_deref().unwrap_or(text).trim_end());
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
