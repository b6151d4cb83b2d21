//! Names that the server would cut off without a word.

use crate::dialect::Unsupported;
use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Object, Table};

/// The longest name, in bytes:
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>.
const LONGEST: usize = 63;

/// Refuses an operation that makes or finds something by a name that is too long: PostgreSQL cuts
/// it off, so it would be called something else from then on.
///
/// # Errors
/// When there is such a name.
pub(super) fn check(op: &Operation) -> Result<(), Unsupported> {
    match op {
        Operation::Create(object) | Operation::Drop(object) => self::object(object),
        Operation::Replace { from, to } => object(from).and_then(|()| object(to)),
        Operation::AlterEnum { from, to, .. } => {
            name(&from.name)?;
            name(&to.name)?;
            from.values.iter().chain(&to.values).try_for_each(|it| enum_value(it))
        }
        Operation::CreateTable(it) | Operation::DropTable(it) => table(it),
        Operation::RenameTable { from, to } => name(from).and_then(|()| name(to)),
        Operation::AlterTable { table, changes } => {
            let about = |error: Unsupported| Unsupported { table: Some(table.clone()), ..error };
            name(table)?;
            changes.iter().try_for_each(change).map_err(about)
        }
        Operation::Insert { table, rows } => {
            name(table)?;
            rows.iter().flatten().try_for_each(|(column, _)| short(column))
        }
        Operation::Fill { table, column, .. } => name(table).and_then(|()| short(column)),
        Operation::Execute(_) | Operation::Run { .. } => Ok(()),
    }
}

fn short(name: &str) -> Result<(), Unsupported> {
    if name.len() <= LONGEST {
        return Ok(());
    }
    Err(Unsupported::new(
        format!("the name `{name}` is {} bytes long, and PostgreSQL keeps {LONGEST}", name.len()),
        "give it a shorter name".to_owned(),
    ))
}

fn enum_value(value: &str) -> Result<(), Unsupported> {
    if value.len() <= LONGEST {
        return Ok(());
    }
    let hint = "shorten the value, or write the values in the column: `enum(a, b)`".to_owned();
    Err(Unsupported::new(
        format!("the value `{value}` of an enum has more than PostgreSQL's {LONGEST} bytes"),
        hint,
    ))
}

fn name(name: &Name) -> Result<(), Unsupported> {
    name.schema.iter().chain([&name.name]).try_for_each(|it| short(it))
}

fn optional(name: &Option<String>) -> Result<(), Unsupported> {
    name.iter().try_for_each(|it| short(it))
}

fn object(object: &Object) -> Result<(), Unsupported> {
    name(&object.name())?;
    match object {
        Object::Enum(it) => it.values.iter().try_for_each(|it| enum_value(it)),
        _ => Ok(()),
    }
}

/// Refuses a table of which something has such a name.
///
/// # Errors
/// Names the table, and the column where it is one's name.
pub(in crate::dialect::postgres) fn table(table: &Table) -> Result<(), Unsupported> {
    let about = |error: Unsupported| Unsupported { table: Some(table.name.clone()), ..error };
    let constraints = (table.primary_key.iter().map(|it| &it.name))
        .chain(table.uniques.iter().map(|it| &it.name))
        .chain(table.foreign_keys.iter().map(|it| &it.name))
        .chain(table.checks.iter().map(|it| &it.name));
    name(&table.name).map_err(about)?;
    for column in &table.columns {
        let about = |error| Unsupported { column: Some(column.name.clone()), ..about(error) };
        short(&column.name).map_err(about)?;
    }
    table.indexes.iter().try_for_each(|it| short(&it.name)).map_err(about)?;
    constraints.into_iter().try_for_each(optional).map_err(about)
}

fn change(change: &TableChange) -> Result<(), Unsupported> {
    use TableChange::*;
    match change {
        DropForeignKey(it) | AddForeignKey(it) => optional(&it.name),
        DropCheck(it) | AddCheck(it) => optional(&it.name),
        DropIndex(it) | AddIndex(it) => short(&it.name),
        DropUnique(it) | AddUnique(it) => optional(&it.name),
        DropPrimaryKey(it) | AddPrimaryKey(it) => optional(&it.name),
        RenameColumn { from, to } => short(from).and_then(|()| short(to)),
        DropColumn(it) | AddColumn(it) => short(&it.name),
        AlterColumn { to, .. } => short(&to.name),
        SetComment { .. } | SetOption { .. } => Ok(()),
    }
}
