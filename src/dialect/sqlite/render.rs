//! Statements for operations.

use super::alter::alter;
use super::split::split;
use super::types::quote;
use super::{Sqlite, create, insert, options};
use crate::dialect::{Piece, Scope, Statement, Unsupported};
use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Object, Schema, Sql, Trigger, View};

/// The table that may be built anew, and the view whose triggers go with it and must come back.
pub(super) fn looks_at(op: &Operation) -> Option<Scope> {
    let is_index =
        |it: &TableChange| matches!(it, TableChange::AddIndex(_) | TableChange::DropIndex(_));
    let name = match op {
        Operation::AlterTable { table, changes } if !changes.iter().all(is_index) => table.clone(),
        Operation::Replace { from, .. } => from.name(),
        _ => return None,
    };
    Some(Scope { tables: Some(vec![name]), except: Vec::new() })
}

/// The statements that carry out `op` on a database that looks like `before`.
///
/// # Errors
/// When SQLite has no way to do it.
pub(super) fn render(
    dialect: Sqlite,
    op: &Operation,
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    match op {
        Operation::Create(object) => create(object),
        Operation::Replace { from, to } => replace(from, to, before),
        Operation::AlterEnum { from, .. } => Err(lacks(&Object::Enum(from.clone()))),
        Operation::Drop(object) => drop(object),
        Operation::CreateTable(table) => {
            let mut statements = vec![create::table(table)?];
            for index in &table.indexes {
                statements.push(create::index(&table.name, index)?);
            }
            Ok(statements.into_iter().map(Statement::new).collect())
        }
        Operation::DropTable(table) => one(format!("DROP TABLE {}", name(&table.name)?)),
        Operation::RenameTable { from, to } => rename_table(from, to),
        Operation::AlterTable { table, changes } => alter(dialect, table, changes, before),
        Operation::Insert { table, rows } => {
            Ok(insert::insert(table, rows)?.into_iter().map(Statement::new).collect())
        }
        Operation::Fill { table, column, value } => one(insert::fill(table, column, value)?),
        Operation::Execute(sql) => execute(sql),
        Operation::Run { .. } => Ok(Vec::new()),
    }
}

fn one(sql: String) -> Result<Vec<Statement>, Unsupported> {
    Ok(vec![Statement::new(sql)])
}

fn name(name: &Name) -> Result<String, Unsupported> {
    create::name(name).map(|name| quote(&name))
}

fn create(object: &Object) -> Result<Vec<Statement>, Unsupported> {
    match object {
        Object::View(view) if !view.materialized => create_view(view),
        Object::Trigger(trigger) => create_trigger(trigger),
        Object::Namespace(_)
        | Object::Extension(_)
        | Object::Enum(_)
        | Object::Sequence(_)
        | Object::Function(_)
        | Object::Definition(_)
        | Object::View(_) => Err(lacks(object)),
    }
}

fn create_view(view: &View) -> Result<Vec<Statement>, Unsupported> {
    options::known(&view.options, "a view", &[options::COLUMNS])?;
    let columns = options::text(&view.options, options::COLUMNS);
    let columns = columns.map(|columns| format!(" ({columns})")).unwrap_or_default();
    let query = statement(&view.definition, &format!("the view `{}`", view.name))?;
    one(format!("CREATE VIEW {}{columns} AS\n{query}", name(&view.name)?))
}

fn create_trigger(trigger: &Trigger) -> Result<Vec<Statement>, Unsupported> {
    create::name(&trigger.name)?;
    one(statement(&trigger.definition, &format!("the trigger `{}`", trigger.name))?.to_owned())
}

/// The single statement that makes up a definition, without a semicolon.
fn statement<'a>(sql: &'a Sql, of: &str) -> Result<&'a str, Unsupported> {
    let text = create::expression(sql, of)?;
    match parts(text)?[..] {
        [piece] => Ok(piece.sql),
        _ => Err(Unsupported::new(format!("{of} must be one statement"), None)),
    }
}

fn parts(text: &str) -> Result<Vec<Piece<'_>>, Unsupported> {
    split(text).map_err(|error| {
        let line = text[..error.at].matches('\n').count() + 1;
        Unsupported::new(format!("{error} (line {line} of the SQL)"), None)
    })
}

fn replace(from: &Object, to: &Object, before: &Schema) -> Result<Vec<Statement>, Unsupported> {
    let mut statements = drop(from)?;
    statements.extend(create(to)?);
    // A view takes its triggers with it.
    for object in &before.objects {
        if let Object::Trigger(trigger) = object
            && matches!(from, Object::View(view) if view.name == trigger.table)
        {
            statements.extend(create_trigger(trigger)?);
        }
    }
    Ok(statements)
}

fn drop(object: &Object) -> Result<Vec<Statement>, Unsupported> {
    match object {
        Object::View(view) if !view.materialized => one(format!("DROP VIEW {}", name(&view.name)?)),
        Object::Trigger(trigger) => one(format!("DROP TRIGGER {}", name(&trigger.name)?)),
        Object::Namespace(_)
        | Object::Extension(_)
        | Object::Enum(_)
        | Object::Sequence(_)
        | Object::Function(_)
        | Object::Definition(_)
        | Object::View(_) => Err(lacks(object)),
    }
}

/// SQLite has no such kind of object.
fn lacks(object: &Object) -> Unsupported {
    let (what, hint) = match object {
        Object::Namespace(_) => ("schemas", "leave the schema out of the names"),
        Object::Extension(_) => ("extensions in a database", ELSEWHERE),
        Object::Enum(_) => ("shared enums", "write the values in the column: `enum(a, b)`"),
        Object::Sequence(_) => ("sequences", "an integer primary key numbers itself"),
        Object::Function(_) => ("functions in a database", ELSEWHERE),
        Object::View(_) => ("materialized views", "make it a view"),
        Object::Trigger(_) => ("triggers like this", ELSEWHERE),
        Object::Definition(it) => {
            let what = format!("SQLite has no objects of this kind ({} `{}`)", it.kind, it.name);
            return Unsupported::new(what, ELSEWHERE.to_owned());
        }
    };
    let name = object.name();
    Unsupported::new(format!("SQLite has no {what} (`{name}`)"), hint.to_owned())
}

const ELSEWHERE: &str = "say `dialects = [\"postgres\"]` if it is for another database";

/// `RENAME TO`, which follows the name wherever it stands.
fn rename_table(from: &Name, to: &Name) -> Result<Vec<Statement>, Unsupported> {
    let rename = |from: &str, to: &str| {
        Statement::new(format!("ALTER TABLE {} RENAME TO {}", quote(from), quote(to)))
    };
    let (from, to) = (create::name(from)?, create::name(to)?);
    if from.eq_ignore_ascii_case(&to) {
        // To SQLite these are one name, which is taken.
        let aside = format!("_limbeck_{to}");
        return Ok(vec![rename(&from, &aside), rename(&aside, &to)]);
    }
    Ok(vec![rename(&from, &to)])
}

fn execute(sql: &Sql) -> Result<Vec<Statement>, Unsupported> {
    let text = create::expression(sql, "the SQL to execute")?;
    Ok(parts(text)?.iter().map(|piece| Statement::new(piece.sql)).collect())
}

#[cfg(test)]
mod tests;
