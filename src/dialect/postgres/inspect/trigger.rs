//! Triggers of tables and views.

use super::{Catalogue, Found};
use crate::dialect::DbError;
use crate::schema::{Name, Object, Sql, Trigger};

/// Reads the triggers.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    // Before 13 a partition's own copies say that they are internal.
    let own = ("{own}", 130_000, "t.tgparentid = 0", "true");
    let sql = catalogue.sql(include_str!("triggers.sql"), &[own]);
    for mut fields in catalogue.rows(&sql)? {
        let Some(relation) = found.relations.get(&fields.number()) else { continue };
        let table = relation.name.clone();
        // It has its name within the table.
        let name = Name::new(fields.text());
        let definition = Sql::new(fields.text());
        found.schema.objects.push(Object::Trigger(Trigger { name, table, definition }));
    }
    Ok(())
}
