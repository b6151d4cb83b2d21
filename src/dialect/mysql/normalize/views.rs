//! Views that are in doubt.
//!
//! The server writes the query of a view anew, with every column of every table named, so it is made in
//! an empty database beside this one, with the tables of which it speaks, and read there.

use super::super::{MySql, inspect, render, scratch};
use crate::dialect::{Connection, DbError, NormalizeError, Scope};
use crate::diff::diff;
use crate::schema::{Object, Schema};

/// Settles the views at these places of `schema.objects`. Where no such database can be made they stay
/// as they are declared.
///
/// # Errors
/// What ends everything: the connection is lost, a person stops it.
pub(super) fn settle(
    dialect: &MySql,
    schema: &mut Schema,
    in_doubt: &[usize],
    db: &mut dyn Connection,
) -> Result<(), NormalizeError> {
    let mut beside = match scratch::empty(dialect, db) {
        Ok(beside) => beside,
        Err(error) if error.is_end() => return Err(error.into()),
        Err(_) => return Ok(()),
    };
    let own = MySql { address: None, ..MySql::of(beside.as_mut())? };
    make(&own, schema, beside.as_mut())?;
    let made = inspect::inspect(&own, beside.as_mut(), &Scope::default())?;
    for at in in_doubt {
        let Some(Object::View(view)) = schema.objects.get_mut(*at) else { continue };
        let found = made.objects.iter().find_map(|it| match it {
            Object::View(it) if it.name == view.name => Some(it),
            _ => None,
        });
        if let Some(found) = found {
            *view = found.clone();
        }
    }
    Ok(())
}

/// Makes what views may speak of, and the views, as far as that goes.
fn make(dialect: &MySql, schema: &Schema, db: &mut dyn Connection) -> Result<(), DbError> {
    let is_needed = |it: &&Object| matches!(it, Object::View(_) | Object::Function(_));
    let wanted = Schema {
        tables: schema.tables.iter().filter(|it| it.name.schema.is_none()).cloned().collect(),
        objects: schema.objects.iter().filter(is_needed).cloned().collect(),
        others: Vec::new(),
    };
    for op in diff(&Schema::default(), &wanted) {
        for statement in render::render(dialect, &op, &Schema::default()).unwrap_or_default() {
            match db.execute(&statement.sql) {
                Ok(()) => {}
                // What it lacks is not declared: the view stays as it is.
                Err(error) if !error.is_end() => break,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
