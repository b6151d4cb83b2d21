//! What a script cannot do without its server, because something would be dropped and made again
//! that only the server knows in full.

use super::Postgres;
use super::alter::column::{computed_from, is_recreated, reworked};
use super::render::dependants::Dependants;
use crate::dialect::Unsupported;
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Name, Object, Schema, Table};

/// Refuses an operation that would drop and make again what is made of something else. `known` is
/// what the operations before it have made.
///
/// # Errors
/// When it would.
pub(super) fn refuse(
    dialect: &Postgres,
    known: &Schema,
    op: &Operation,
) -> Result<(), Unsupported> {
    match op {
        Operation::Replace { from: Object::View(view), .. } => {
            match Dependants::of_view(known, &view.name).first() {
                Some(object) => Err(in_the_way(object, &format!("the view `{}`", view.name))),
                None => Ok(()),
            }
        }
        Operation::AlterTable { table, changes } => {
            let mut known = known.clone();
            changes.iter().try_for_each(|change| {
                let found = self::change(dialect, &known, table, change);
                let changes = vec![change.clone()];
                // What does not fit is about something that raw SQL has made.
                let _ = known.apply(&Operation::AlterTable { table: table.clone(), changes });
                found
            })
        }
        _ => Ok(()),
    }
}

fn change(
    dialect: &Postgres,
    known: &Schema,
    name: &Name,
    change: &TableChange,
) -> Result<(), Unsupported> {
    let TableChange::AlterColumn { from, to } = change else { return Ok(()) };
    let table: Option<&Table> = known.tables.iter().find(|it| it.name == *name);
    let live = table.and_then(|it| it.column(&from.name));
    // Another database may have called for a change of type that is none here.
    let ty = live.map_or(&from.ty, |it| &it.ty).clone();
    let from = Column { ty, ..from.clone() };
    let columns = reworked(dialect, table, &from, to);
    if columns.is_empty() {
        return Ok(());
    }
    let about = |error: Unsupported| Unsupported {
        table: Some(name.clone()),
        column: Some(to.name.clone()),
        ..error
    };
    if is_recreated(dialect, &from, to) {
        return Err(about(refused(
            "the column must be made anew, and what would go with it is not known here",
        )));
    }
    let place = format!("the column `{}`", name.column(&to.name));
    if let Some(computed) = computed_from(table, &to.name).first() {
        return Err(about(refused(&format!(
            "the column `{}` is computed from {place} and must be made anew, and what would go with it is not known here",
            name.column(&computed.name)
        ))));
    }
    match Dependants::of_columns(known, name, &columns).first() {
        Some(object) => Err(about(in_the_way(object, &place))),
        None => Ok(()),
    }
}

fn in_the_way(object: &Object, what: &str) -> Unsupported {
    let (kind, name) = (object.kind().replace('_', " "), object.name());
    Unsupported::new(
        format!(
            "the {kind} `{name}` is made of {what} and must be made anew, and what it is by now is not known here"
        ),
        format!(
            "drop the {kind} before and create it behind, as operations of the script, or run this on the database"
        ),
    )
}

fn refused(what: &str) -> Unsupported {
    Unsupported::new(what, "run this on the database that has the table".to_owned())
}
