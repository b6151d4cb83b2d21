//! What is only a definition: policies, rules, statistics, domains, types, event triggers, and the
//! constraints that have no other form.

use super::super::types::{name as spell, quote};
use super::Found;
use crate::schema::{Definition, Name, Object, Sql};

/// Something that stands on its own, of which the server says what follows the name in the statement
/// that makes it.
pub(super) fn alone(found: &mut Found, kind: &str, name: Name, rest: &str) {
    let text = format!("CREATE {} {}{rest}", kind.to_uppercase(), spell(&name));
    add(found, kind, name, None, text);
}

/// A constraint of a table, which the server writes so.
pub(super) fn constraint(found: &mut Found, table: u32, name: String, text: &str) {
    let Some(relation) = found.relations.get(&table) else { return };
    let table = relation.name.clone();
    let text = format!("ALTER TABLE {} ADD CONSTRAINT {} {text}", spell(&table), quote(&name));
    add(found, "constraint", Name::new(name), Some(table), text);
}

/// Something of this kind, which this statement makes.
pub(super) fn add(
    found: &mut Found,
    kind: &str,
    name: Name,
    table: Option<Name>,
    definition: String,
) {
    let kind = kind.to_owned();
    let definition = Definition { kind, name, table, definition: Sql::new(definition) };
    found.schema.objects.push(Object::Definition(definition));
}
