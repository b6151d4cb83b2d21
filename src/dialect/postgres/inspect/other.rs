//! What is not modelled: named, so that nobody thinks that it is not there.

use super::{Catalogue, Found};
use crate::dialect::DbError;
use crate::schema::{Name, Other};

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

/// Something of this kind.
pub(super) fn add(found: &mut Found, kind: &str, name: Name) {
    found.schema.others.push(Other { kind: kind.to_owned(), name });
}
