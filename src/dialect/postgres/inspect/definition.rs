//! What is only a definition: policies, rules, statistics, domains, types, event triggers, and the
//! constraints that have no other form.

use super::super::types::{name as spell, quote};
use super::expression::inner;
use super::object::unqualified;
use super::{Catalogue, Found};
use crate::dialect::DbError;
use crate::schema::{Definition, Name, Object, Sql};

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
        let table = relation.name.clone();
        let kind = fields.text();
        let name = match fields.optional() {
            Some(schema) => catalogue.name(schema, fields.text()),
            None => Name::new(fields.text()),
        };
        let text = fields.text();
        let text = text.trim_end().trim_end_matches(';');
        // The server always writes the schema of statistics.
        let short = match name.schema {
            None => unqualified(text, "CREATE STATISTICS ", &catalogue.dialect.schema),
            Some(_) => None,
        };
        let text = short.as_deref().unwrap_or(text);
        let condition = |words: &str, it: Option<String>| {
            it.map(|it| format!(" {words} ({})", inner(&it))).unwrap_or_default()
        };
        let using = condition("USING", fields.optional());
        let check = condition("WITH CHECK", fields.optional());
        add(found, &kind, name, Some(table), format!("{text}{using}{check}"));
    }
    Ok(())
}

/// Reads what stands on its own: domains, types, event triggers.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let multirange = "', MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, NULL)";
    let pieces = [("{multirange}", 140_000, multirange, "NULL")];
    let sql = catalogue.sql(include_str!("definitions.sql"), &pieces);
    for mut fields in catalogue.rows(&sql)? {
        let kind = fields.text();
        let name = match fields.optional() {
            Some(schema) => catalogue.name(schema, fields.text()),
            None => Name::new(fields.text()),
        };
        let text = format!("CREATE {} {}{}", kind.to_uppercase(), spell(&name), fields.text());
        add(found, &kind, name, None, text);
    }
    Ok(())
}

/// A constraint of a table, which the server writes so.
pub(super) fn constraint(found: &mut Found, table: u32, name: String, text: &str) {
    let Some(relation) = found.relations.get(&table) else { return };
    let table = relation.name.clone();
    let text = format!("ALTER TABLE {} ADD CONSTRAINT {} {text}", spell(&table), quote(&name));
    add(found, "constraint", Name::new(name), Some(table), text);
}

fn add(found: &mut Found, kind: &str, name: Name, table: Option<Name>, definition: String) {
    let kind = kind.to_owned();
    let definition = Definition { kind, name, table, definition: Sql::new(definition) };
    found.schema.objects.push(Object::Definition(definition));
}
