//! What belongs to tables and views and is only a statement to everybody but the server: triggers,
//! policies, rules, statistics.

use super::expression::inner;
use super::object::unqualified;
use super::{Catalogue, Fields, Found, definition};
use crate::dialect::DbError;
use crate::schema::{Name, Object, Sql, Trigger};

/// All of it, in rows alike: the relation, what it is, its schema and its name, the statement, and the
/// two conditions of a policy.
const SUBJECTS: [&str; 2] = [include_str!("triggers.sql"), include_str!("parts.sql")];

/// Reads all of it.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    // Before 13 a partition's own copies say that they are internal.
    let own = ("{own}", 130_000, "t.tgparentid = 0", "true");
    for fields in catalogue.rows_of(&SUBJECTS, &[own])? {
        part(catalogue, fields, found);
    }
    Ok(())
}

fn part(catalogue: &Catalogue, mut fields: Fields, found: &mut Found) {
    let Some(relation) = found.relations.get(&fields.number()) else { return };
    let table = relation.name.clone();
    let kind = fields.text();
    let name = match fields.optional() {
        Some(schema) => catalogue.name(schema, fields.text()),
        // It has its name within the table.
        None => Name::new(fields.text()),
    };
    let text = fields.text();
    let text = text.trim_end().trim_end_matches(';');
    if kind == "trigger" {
        let definition = Sql::new(text);
        found.schema.objects.push(Object::Trigger(Trigger { name, table, definition }));
        return;
    }
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
    definition::add(found, &kind, name, Some(table), format!("{text}{using}{check}"));
}
