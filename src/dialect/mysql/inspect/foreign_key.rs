//! Foreign keys.

use std::collections::HashMap;

use super::{Catalogue, Fields, Found};
use crate::schema::{Action, ForeignKey, Name};

/// Puts the foreign keys to their tables: a row for each of their columns, and one for what they do.
pub(super) fn add(
    catalogue: &Catalogue,
    columns: Vec<Fields>,
    rules: Vec<Fields>,
    found: &mut Found,
) {
    let mut actions: HashMap<(Name, String), (Action, Action)> = HashMap::new();
    for mut fields in rules {
        let table = catalogue.name(&fields.text(), &fields.text());
        let name = fields.text();
        let _number = fields.optional();
        actions.insert((table, name), (action(&fields.text()), action(&fields.text())));
    }
    let mut columns: Vec<Column> =
        columns.into_iter().map(|it| Column::read(catalogue, it)).collect();
    columns.sort_by_key(|it| it.number);
    for column in columns {
        let Some(table) = found.table(&column.owner) else { continue };
        let named = |it: &&mut ForeignKey| it.name.as_ref() == Some(&column.key);
        if let Some(key) = table.foreign_keys.iter_mut().find(named) {
            key.columns.push(column.name);
            key.references.push(column.reference);
            continue;
        }
        let both = actions.get(&(column.owner, column.key.clone())).copied();
        let (on_update, on_delete) = both.unwrap_or_default();
        table.foreign_keys.push(ForeignKey {
            name: Some(column.key),
            columns: vec![column.name],
            table: column.target,
            references: vec![column.reference],
            on_delete,
            on_update,
            ..ForeignKey::default()
        });
    }
}

/// A column of a foreign key.
struct Column {
    owner: Name,
    key: String,
    number: u32,
    name: String,
    target: Name,
    reference: String,
}

impl Column {
    fn read(catalogue: &Catalogue, mut fields: Fields) -> Column {
        Column {
            owner: catalogue.name(&fields.text(), &fields.text()),
            key: fields.text(),
            number: fields.number(),
            name: fields.text(),
            target: catalogue.name(&fields.text(), &fields.text()),
            reference: fields.text(),
        }
    }
}

/// What a rule does; RESTRICT is what happens without one, too:
/// <https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>.
fn action(rule: &str) -> Action {
    Action::parse(rule).filter(|it| *it != Action::Restrict).unwrap_or_default()
}
