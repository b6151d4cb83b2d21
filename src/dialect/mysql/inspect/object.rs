//! What stands beside tables: views, triggers, routines, events.

use super::routine::{Parameter, Routine, Routines};
use super::{Catalogue, Fields, Found, Place, TABLES, event, shown, view};
use crate::dialect::DbError;
use crate::schema::{Definition, Name, Object, Sql, Trigger};

/// Reads all of it: rows alike, which begin with what it is, its database and its name, and mean for
/// each kind something else behind. Routines and events belong to no table.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let algorithm = if catalogue.is_mariadb() { "algorithm" } else { "NULL" };
    let views = include_str!("views.sql").replace("{algorithm}", algorithm);
    let watched = ["event_object_schema", "event_object_table"];
    let mut queries = vec![
        catalogue.within(&views, &TABLES),
        catalogue.within(include_str!("triggers.sql"), &watched),
    ];
    if matches!(catalogue.place, Place::Database(_)) {
        let all = [
            (include_str!("routines.sql"), "routine_schema"),
            (include_str!("parameters.sql"), "specific_schema"),
            (include_str!("events.sql"), "event_schema"),
        ];
        queries.extend(all.map(|(sql, schema)| catalogue.within(sql, &[schema, ""])));
    }
    let mut routines = Routines::default();
    let rows: Vec<Fields> = catalogue.query(&queries.join("UNION ALL\n"))?.collect();
    for mut fields in rows {
        let kind = fields.text();
        let schema = fields.text();
        let name = catalogue.name(&schema, &fields.text());
        let number = fields.number::<u32>();
        match &*kind {
            "view" if catalogue.is_asked_for(&name) => {
                // MariaDB has them in the query.
                let names = found.columns_of_others.get(&name).filter(|_| !catalogue.is_mariadb());
                let view = view::view(&schema, name, fields, names);
                found.schema.objects.push(Object::View(view));
            }
            "view" => {}
            "trigger" => {
                if let Some(trigger) = trigger(catalogue, found, &schema, name, fields)? {
                    found.schema.objects.push(Object::Trigger(trigger));
                }
            }
            "event" => {
                let definition = Sql::new(event::definition(catalogue, &name, fields)?);
                let kind = "event".to_owned();
                let event = Definition { kind, name, table: None, definition };
                found.schema.objects.push(Object::Definition(event));
            }
            "parameter" => routines.take(Parameter::read(catalogue, name, number, fields)),
            "function" | "procedure" => routines.all.push(Routine::read(&kind, name, fields)),
            other => found.other(other, name),
        }
    }
    routines.add(catalogue, found)
}

/// A trigger of a table that is looked at, as the statement that makes it.
fn trigger(
    catalogue: &mut Catalogue,
    found: &Found,
    schema: &str,
    name: Name,
    mut fields: Fields,
) -> Result<Option<Trigger>, DbError> {
    let body = fields.text();
    let table = catalogue.name(schema, &fields.text());
    if !found.tables.contains_key(&table) {
        return Ok(None);
    }
    let (time, event) = (fields.text(), fields.text().replace(',', " OR "));
    let body = shown::body(catalogue, "TRIGGER", &name, body)?;
    let definition = format!(
        "CREATE TRIGGER {} {time} {event} ON {} FOR EACH ROW {body}",
        super::text::name(&name),
        super::text::name(&table),
    );
    Ok(Some(Trigger { name, table, definition: Sql::new(definition) }))
}
