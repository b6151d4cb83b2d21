//! Names that the servers would not take.

use crate::dialect::Unsupported;
use crate::dialect::mysql::MySql;
use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Table};

/// The longest name, in characters: <https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html>.
const LONGEST: usize = 64;

/// Refuses an operation that speaks of something by a name that is too long.
///
/// # Errors
/// When there is such a name.
pub(super) fn check(dialect: &MySql, op: &Operation) -> Result<(), Unsupported> {
    let name = |it: &Name| self::name(dialect, it);
    let short = |it: &str| self::short(dialect, it);
    match op {
        Operation::Create(object) | Operation::Drop(object) => name(&object.name()),
        Operation::Replace { from, to } => name(&from.name()).and_then(|()| name(&to.name())),
        Operation::CreateTable(it) | Operation::DropTable(it) => table(dialect, it),
        Operation::RenameTable { from, to } => name(from).and_then(|()| name(to)),
        Operation::AlterTable { table, changes } => {
            let about = |error: Unsupported| Unsupported { table: Some(table.clone()), ..error };
            name(table)?;
            changes.iter().try_for_each(|it| change(dialect, it)).map_err(about)
        }
        Operation::Insert { table, rows } => {
            name(table)?;
            rows.iter().flatten().try_for_each(|(column, _)| short(column))
        }
        Operation::Fill { table, column, .. } => name(table).and_then(|()| short(column)),
        Operation::AlterEnum { .. } | Operation::Execute(_) | Operation::Run { .. } => Ok(()),
    }
}

fn short(dialect: &MySql, name: &str) -> Result<(), Unsupported> {
    let length = name.chars().count();
    if length <= LONGEST {
        return Ok(());
    }
    let title = dialect.flavour.title();
    Err(Unsupported::new(
        format!("the name `{name}` is {length} characters long, and {title} takes {LONGEST}"),
        "give it a shorter name".to_owned(),
    ))
}

fn name(dialect: &MySql, name: &Name) -> Result<(), Unsupported> {
    name.schema.iter().chain([&name.name]).try_for_each(|it| short(dialect, it))
}

/// Refuses a table of which something has such a name.
///
/// # Errors
/// Names the table, and the column where it is one's name.
pub(in crate::dialect::mysql) fn table(dialect: &MySql, table: &Table) -> Result<(), Unsupported> {
    let about = |error: Unsupported| Unsupported { table: Some(table.name.clone()), ..error };
    let short = |it: &str| self::short(dialect, it);
    name(dialect, &table.name).map_err(about)?;
    for column in &table.columns {
        let about = |error| Unsupported { column: Some(column.name.clone()), ..about(error) };
        short(&column.name).map_err(about)?;
    }
    // The name of a primary key is not kept.
    let uniques = table.uniques.iter().filter_map(|it| it.name.as_ref());
    let keys = table.foreign_keys.iter().filter_map(|it| it.name.as_ref());
    let checks = table.checks.iter().filter_map(|it| it.name.as_ref());
    let indexes = table.indexes.iter().map(|it| &it.name);
    uniques.chain(keys).chain(checks).chain(indexes).try_for_each(|it| short(it)).map_err(about)
}

fn change(dialect: &MySql, change: &TableChange) -> Result<(), Unsupported> {
    use TableChange::*;
    let short = |it: &str| self::short(dialect, it);
    let optional = |it: &Option<String>| it.iter().try_for_each(|it| short(it));
    match change {
        DropForeignKey(it) | AddForeignKey(it) => optional(&it.name),
        DropCheck(it) | AddCheck(it) => optional(&it.name),
        DropIndex(it) | AddIndex(it) => short(&it.name),
        DropUnique(it) | AddUnique(it) => optional(&it.name),
        RenameColumn { from, to } => short(from).and_then(|()| short(to)),
        DropColumn(it) | AddColumn(it) => short(&it.name),
        AlterColumn { to, .. } => short(&to.name),
        DropPrimaryKey(_) | AddPrimaryKey(_) | SetComment { .. } | SetOption { .. } => Ok(()),
    }
}
