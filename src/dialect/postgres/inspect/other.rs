//! What is not modelled: named, so that nobody thinks that it is not there.

use super::{Catalogue, Found};
use crate::dialect::DbError;
use crate::schema::{Name, Other};

/// Reads what belongs to relations: policies, rules, statistics.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read_of_relations(
    catalogue: &mut Catalogue,
    found: &mut Found,
) -> Result<(), DbError> {
    for mut fields in catalogue.rows(include_str!("parts.sql"))? {
        let Some(relation) = found.relations.get(&fields.number()) else { continue };
        let schema = relation.name.schema.clone();
        let kind = fields.text();
        add(found, &kind, Name { schema, name: fields.text() });
    }
    Ok(())
}

/// An index of something that is no table.
pub(super) fn index(found: &mut Found, name: Name) {
    add(found, "index", name);
}

/// A constraint that is more than its columns.
pub(super) fn constraint(found: &mut Found, table: u32, name: String) {
    if let Some(relation) = found.relations.get(&table) {
        let schema = relation.name.schema.clone();
        add(found, "constraint", Name { schema, name });
    }
}

fn add(found: &mut Found, kind: &str, name: Name) {
    found.schema.others.push(Other { kind: kind.to_owned(), name });
}

/// Reads what belongs to no relation.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    for mut fields in catalogue.rows(include_str!("others.sql"))? {
        let kind = fields.text();
        let name = match fields.optional() {
            Some(schema) => catalogue.name(schema, fields.text()),
            None => Name::new(fields.text()),
        };
        add(found, &kind, name);
    }
    Ok(())
}
