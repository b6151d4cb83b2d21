//! Changes for which SQLite has an `ALTER TABLE` of its own.

use super::change::{constraints_called, has_no_value};
use super::conditions;
use crate::dialect::sqlite::ddl::CreateTable;
use crate::dialect::sqlite::types::quote;
use crate::dialect::sqlite::{Sqlite, create};
use crate::dialect::{Statement, Unsupported};
use crate::operation::{Operation, TableChange};
use crate::schema::sql::tokens;
use crate::schema::{Check, Column, ForeignKey, IndexColumn, IndexKey, Name, Schema, Table, Value};

/// The statements that carry out all of `changes`, if SQLite can.
///
/// # Errors
/// When SQLite cannot hold the result.
pub(super) fn alter(
    dialect: Sqlite,
    name: &Name,
    live: Option<&Table>,
    changes: &[TableChange],
) -> Result<Option<Vec<Statement>>, Unsupported> {
    let mut state = live.cloned();
    let mut statements = Vec::new();
    // What mentions a column goes before the column.
    let (first, rest): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| takes_away(change, changes));
    for change in first.into_iter().chain(rest) {
        let table = state.as_ref();
        let step = match change {
            TableChange::AddForeignKey(key) if folds(changes, key) => Some(Vec::new()),
            change => step(dialect, name, table, change, changes)?,
        };
        let Some(step) = step else { return Ok(None) };
        statements.extend(step);
        state = match state.map(|table| applied(table, change)) {
            None => None,
            Some(Some(table)) => Some(table),
            // What the change is about is not there; who edits the text says so.
            Some(None) => return Ok(None),
        };
    }
    Ok(Some(statements))
}

/// Whether a change takes away an index or a check that is there before all changes.
fn takes_away(change: &TableChange, changes: &[TableChange]) -> bool {
    match change {
        TableChange::DropIndex(index) => !changes
            .iter()
            .any(|it| matches!(it, TableChange::AddIndex(it) if it.name == index.name)),
        TableChange::DropCheck(check) => !changes
            .iter()
            .any(|it| matches!(it, TableChange::AddCheck(it) if it.name == check.name)),
        _ => false,
    }
}

/// The statements for one change of a table that looks like `table`.
fn step(
    dialect: Sqlite,
    name: &Name,
    table: Option<&Table>,
    change: &TableChange,
    changes: &[TableChange],
) -> Result<Option<Vec<Statement>>, Unsupported> {
    let one = |statement: Statement| Some(vec![statement]);
    Ok(match change {
        TableChange::DropIndex(index) => {
            one(Statement::new(format!("DROP INDEX {}", quote(&index.name))))
        }
        TableChange::AddIndex(index) => one(Statement::new(create::index(name, index)?)),
        TableChange::SetComment { .. } => Some(Vec::new()),
        TableChange::SetOption { name, .. } => (!name.starts_with("sqlite.")).then(Vec::new),
        TableChange::RenameColumn { from, to } if dialect.renames_columns() => {
            one(rename_column(name, from, to)?)
        }
        TableChange::DropColumn(column) if dialect.drops_columns() => {
            // Where another column takes its name, what mentions the name goes on as it is.
            let returns = |it: &TableChange| matches!(it, TableChange::AddColumn(it) if it.name.eq_ignore_ascii_case(&column.name));
            let bound = table.is_some_and(|table| is_bound(table, &column.name));
            if bound || table.is_some() && changes.iter().any(returns) {
                return Ok(None);
            }
            let text = format!("{} DROP COLUMN {}", alter_table(name)?, quote(&column.name));
            one(Statement::new(text))
        }
        TableChange::AddColumn(column) => add_column(name, table, column, changes)?,
        TableChange::AlterColumn { from, to } => alter_column(dialect, name, table, from, to)?,
        TableChange::AddCheck(check) if dialect.alters_constraints() => {
            let text = format!("{} ADD {}", alter_table(name)?, create::check(check)?);
            Some(vec![conditions::obeys(name, check)?, Statement::new(text)])
        }
        TableChange::DropCheck(Check { name: Some(check), .. })
            if dialect.alters_constraints()
                && table.is_some_and(|table| constraints_called(table, check) == 1) =>
        {
            one(Statement::new(format!("{} DROP CONSTRAINT {}", alter_table(name)?, quote(check))))
        }
        TableChange::RenameColumn { .. }
        | TableChange::DropColumn(_)
        | TableChange::AddCheck(_)
        | TableChange::DropCheck(_)
        | TableChange::DropForeignKey(_)
        | TableChange::AddForeignKey(_)
        | TableChange::DropUnique(_)
        | TableChange::AddUnique(_)
        | TableChange::DropPrimaryKey(_)
        | TableChange::AddPrimaryKey(_) => None,
    })
}

/// `ADD COLUMN`, with the foreign keys that stand in the column alone.
fn add_column(
    name: &Name,
    table: Option<&Table>,
    column: &Column,
    changes: &[TableChange],
) -> Result<Option<Vec<Statement>>, Unsupported> {
    if !can_add(column) {
        return Ok(None);
    }
    let unknown = Table { name: name.clone(), ..Table::default() };
    let table = table.unwrap_or(&unknown);
    let mut text = format!("{} ADD COLUMN {}", alter_table(name)?, create::column(table, column)?);
    for key in changes.iter().filter_map(|change| match change {
        TableChange::AddForeignKey(key) if key.columns == [column.name.as_str()] => Some(key),
        _ => None,
    }) {
        if let Some(key) = &key.name {
            text.push_str(&format!(" CONSTRAINT {}", quote(key)));
        }
        text.push_str(&format!(" {}", create::references(key)?));
    }
    let mut statements = Vec::new();
    if has_no_value(table, column) {
        statements.push(conditions::has_no_rows(name, &column.name));
    }
    statements.push(Statement::new(text));
    Ok(Some(statements))
}

/// What `ADD COLUMN` takes: <https://sqlite.org/lang_altertable.html#alter_table_add_column>.
pub(super) fn can_add(column: &Column) -> bool {
    column.identity.is_none()
        && column.default.as_ref().is_none_or(is_constant)
        && !column.generated.as_ref().is_some_and(|generated| generated.stored)
}

/// Whether the foreign key belongs to one column that is new and NULL in every row.
fn folds(changes: &[TableChange], key: &ForeignKey) -> bool {
    let fits = |column: &Column| {
        key.columns == [column.name.as_str()]
            && can_add(column)
            && column.default.is_none()
            && column.generated.is_none()
    };
    changes.iter().any(|change| matches!(change, TableChange::AddColumn(column) if fits(column)))
}

/// `SET NOT NULL` and `DROP NOT NULL`.
fn alter_column(
    dialect: Sqlite,
    name: &Name,
    table: Option<&Table>,
    from: &Column,
    to: &Column,
) -> Result<Option<Vec<Statement>>, Unsupported> {
    if *to == (Column { comment: to.comment.clone(), ..from.clone() }) {
        return Ok(Some(Vec::new()));
    }
    let only_nullable =
        *to == Column { comment: to.comment.clone(), nullable: to.nullable, ..from.clone() };
    let safe = table.is_some_and(|table| is_safe_to_find_not_null(table, &to.name));
    if !(only_nullable && safe && dialect.alters_constraints()) {
        return Ok(None);
    }
    let column = format!("{} ALTER COLUMN {}", alter_table(name)?, quote(&to.name));
    Ok(Some(if to.nullable {
        vec![Statement::new(format!("{column} DROP NOT NULL"))]
    } else {
        let text = format!("{column} SET {}", create::not_null(to));
        vec![conditions::has_no_null(name, &to.name), Statement::new(text)]
    }))
}

/// SQLite 3.54 takes the `NOT` of a column's `NOT DEFERRABLE` for that of `NOT NULL`.
fn is_safe_to_find_not_null(table: &Table, column: &str) -> bool {
    let Some(source) = &table.source.0 else { return table.column(column).is_some() };
    CreateTable::parse(source).is_ok_and(|read| {
        let found = read.column(column);
        found.is_some_and(|column| {
            !tokens(&source[column.span.clone()]).iter().any(|token| token.is("DEFERRABLE"))
        })
    })
}

/// Whether a key, a constraint or a computed column holds the column, so that `DROP COLUMN` would
/// not: <https://sqlite.org/lang_altertable.html#alter_table_drop_column>.
fn is_bound(table: &Table, column: &str) -> bool {
    let within = |columns: &[String]| columns.iter().any(|name| name == column);
    table.primary_key.as_ref().is_some_and(|key| within(&key.columns))
        || table.uniques.iter().any(|unique| within(&unique.columns))
        || table.foreign_keys.iter().any(|key| within(&key.columns))
        || table.indexes.iter().any(|index| {
            let is = |it: &IndexColumn| matches!(&it.key, IndexKey::Column(name) if name == column);
            index.columns.iter().any(is)
        })
        || table.columns.len() == 1
}

fn applied(table: Table, change: &TableChange) -> Option<Table> {
    let op = Operation::AlterTable { table: table.name.clone(), changes: vec![change.clone()] };
    let mut schema = Schema { tables: vec![table], ..Schema::default() };
    schema.apply(&op).ok()?;
    schema.tables.pop()
}

/// `RENAME COLUMN`, which follows the name wherever it stands.
pub(super) fn rename_column(table: &Name, from: &str, to: &str) -> Result<Statement, Unsupported> {
    let (from, to) = (quote(from), quote(to));
    Ok(Statement::new(format!("{} RENAME COLUMN {from} TO {to}", alter_table(table)?)))
}

fn alter_table(name: &Name) -> Result<String, Unsupported> {
    Ok(format!("ALTER TABLE {}", quote(&create::name(name)?)))
}

/// Whether a value is the same for every row.
fn is_constant(value: &Value) -> bool {
    matches!(value, Value::Literal(_))
}
