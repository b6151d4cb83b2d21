//! Statements for operations.

pub(super) mod dependants;
mod domain;
mod enums;
mod kept;
pub(super) mod names;
mod objects;

use super::default::expression;
use super::split::split;
use super::types::{self, quote};
use super::{Postgres, alter, create, insert, options};
use crate::dialect::{Piece, Scope, Statement, Unsupported};
use crate::operation::Operation;
use crate::schema::{Column, Name, Object, Schema, Sql};

/// What `render` must see of the live database: the table of a change that others may stand in the
/// way of, with the views that are made of it, and everything for an enum that is made anew.
pub(super) fn looks_at(op: &Operation) -> Option<Scope> {
    let only = |name: &Name| Scope { tables: Some(vec![name.clone()]), except: Vec::new() };
    match op {
        Operation::AlterTable { table, changes } => alter::looks(changes).then(|| only(table)),
        Operation::RenameTable { from, .. } => Some(only(from)),
        Operation::Replace { from: Object::View(view), .. } => Some(only(&view.name)),
        Operation::AlterEnum { from, to, renamed } => {
            enums::looks(from, to, renamed).then(Scope::default)
        }
        _ => None,
    }
}

/// The statements that carry out `op` on a database that looks like `before`.
///
/// # Errors
/// When PostgreSQL has no way to do it.
pub(super) fn render(
    dialect: &Postgres,
    op: &Operation,
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    names::check(op)?;
    match op {
        Operation::Create(object) => objects::create(object),
        Operation::Replace { from, to } => objects::replace(from, to, before),
        Operation::AlterEnum { from, to, renamed } => {
            enums::alter_enum(dialect, from, to, renamed, before)
        }
        Operation::Drop(object) => objects::drop(object),
        Operation::CreateTable(table) => create::table(dialect, table),
        Operation::DropTable(table) => all([format!("DROP TABLE {}", types::name(&table.name))]),
        Operation::RenameTable { from, to } => all(rename_table(dialect, from, to, before)),
        Operation::AlterTable { table, changes } => alter::alter(dialect, table, changes, before),
        Operation::Insert { table, rows } => all(insert::insert(table, rows)?),
        Operation::Fill { table, column, value } => all([insert::fill(table, column, value)?]),
        Operation::Execute(sql) => execute(sql),
        Operation::Run { .. } => Ok(Vec::new()),
    }
}

fn all(statements: impl IntoIterator<Item = String>) -> Result<Vec<Statement>, Unsupported> {
    Ok(statements.into_iter().map(Statement::new).collect())
}

/// The statements that give a table another name, and another schema. The checks behind its enums
/// are called after it.
fn rename_table(dialect: &Postgres, from: &Name, to: &Name, before: &Schema) -> Vec<String> {
    let schema = |name: &Name| name.schema.clone().unwrap_or_else(|| dialect.schema.clone());
    let mut statements = Vec::new();
    let mut name = from.clone();
    if schema(from) != schema(to) {
        let target = quote(&schema(to));
        statements.push(format!("ALTER TABLE {} SET SCHEMA {target}", types::name(&name)));
        name.schema.clone_from(&to.schema);
    }
    if from.name != to.name {
        let target = quote(&to.name);
        statements.push(format!("ALTER TABLE {} RENAME TO {target}", types::name(&name)));
        let table = before.tables.iter().find(|it| it.name.name == from.name);
        for column in table.iter().flat_map(|it| &it.columns) {
            statements.extend(rename_enum(to, column, [&from.name, &to.name], [&column.name; 2]));
        }
    }
    statements
}

/// The statement that calls the check behind an enum after its table and column, which have other
/// names now, if it was called so before. `table` is the table as it is called now.
pub(super) fn rename_enum(
    table: &Name,
    column: &Column,
    tables: [&str; 2],
    columns: [&str; 2],
) -> Option<String> {
    create::enum_values(&column.ty)?;
    let [from, to] = [0, 1].map(|at| types::enum_constraint(tables[at], columns[at]));
    let is_made = !column.options.contains_key(options::ENUM_CONSTRAINT);
    (is_made && from != to).then(|| {
        let (table, from, to) = (types::name(table), quote(&from), quote(&to));
        format!("ALTER TABLE {table} RENAME CONSTRAINT {from} TO {to}")
    })
}

fn execute(sql: &Sql) -> Result<Vec<Statement>, Unsupported> {
    let text = expression(sql, "the SQL to execute")?;
    Ok(parts(text)?.iter().map(|piece| Statement::new(piece.sql)).collect())
}

/// The statements of a text.
///
/// # Errors
/// When something in it is never closed.
fn parts(text: &str) -> Result<Vec<Piece<'_>>, Unsupported> {
    split(text).map_err(|error| {
        let line = text[..error.at].matches('\n').count() + 1;
        Unsupported::new(format!("{error} (line {line} of the SQL)"), None)
    })
}

#[cfg(test)]
mod tests;
