//! Changing a table by changing the text SQLite keeps of it, and nothing else. Possible where the
//! stored rows stay as they are: <https://sqlite.org/lang_altertable.html#otheralter>.

use super::change::Change;
use super::{conditions, native};
use crate::dialect::sqlite::types::{Affinity, is_on, literal, quote};
use crate::dialect::sqlite::{create, default, options};
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{Column, Name, PrimaryKey, Value};

/// Whether the rows on disk are right for the table as it becomes.
pub(super) fn can(change: &Change) -> bool {
    let key_keeps_rows = only_renames_key(change);
    let keeps_rows = change.changes.iter().all(|change| match change {
        TableChange::DropForeignKey(_)
        | TableChange::AddForeignKey(_)
        | TableChange::DropCheck(_)
        | TableChange::AddCheck(_)
        | TableChange::DropIndex(_)
        | TableChange::AddIndex(_)
        | TableChange::RenameColumn { .. }
        | TableChange::AlterColumn { .. }
        | TableChange::AddColumn(_)
        | TableChange::SetComment { .. } => true,
        TableChange::SetOption { name, .. } => !name.starts_with("sqlite."),
        TableChange::DropPrimaryKey(_) | TableChange::AddPrimaryKey(_) => key_keeps_rows,
        // There is an index behind a key, and values behind a column.
        TableChange::DropUnique(_) | TableChange::AddUnique(_) | TableChange::DropColumn(_) => {
            false
        }
    });
    keeps_rows
        && change.added().all(native::can_add)
        && change.kept().all(|(from, to)| keeps_values(change, from, to))
}

/// Whether the primary key is the rowid and gets another name and nothing else. Any other key has
/// an index, which SQLite tells from others by its place in the text.
fn only_renames_key(change: &Change) -> bool {
    let (Some(from), Some(to)) = (&change.live.primary_key, &change.after.primary_key) else {
        return false;
    };
    let same = *from == PrimaryKey { name: from.name.clone(), ..to.clone() };
    same && change.source.rowid_column().is_some()
}

fn keeps_values(change: &Change, from: &Column, to: &Column) -> bool {
    let plain = from.generated == to.generated
        && from.identity == to.identity
        && from.collation == to.collation;
    // A trigger would take `materialize` for a change of rows.
    let default = from.default == to.default || change.triggers().next().is_none();
    plain && default && keeps_type(change, from, to)
}

/// A type is nothing but an affinity, except in a STRICT table and for a rowid.
fn keeps_type(change: &Change, from: &Column, to: &Column) -> bool {
    if from.ty == to.ty {
        return true;
    }
    let (Some(old), Ok(new)) = (change.source.ty(&from.name), change.spelled(to)) else {
        return false;
    };
    let strict = is_on(change.live, options::STRICT);
    Affinity::of(old) == Affinity::of(&new) && !strict && !change.live.is_sole_key(&from.name)
}

/// The statements of the change.
///
/// # Errors
/// When SQLite cannot hold the result.
pub(super) fn statements(change: &Change) -> Result<Vec<Statement>, Unsupported> {
    let name = &change.live.name;
    let table = quote(&name.name);
    let mut statements = change.conditions()?;
    for it in &change.changes {
        if let TableChange::DropIndex(index) = it {
            statements.push(Statement::new(format!("DROP INDEX {}", quote(&index.name))));
        }
    }
    for (from, to) in change.kept() {
        if from.default != to.default {
            statements.extend(materialize(change, from)?);
        }
    }
    for column in change.added() {
        let definition = create::column(&change.after, column)?;
        statements.push(Statement::new(format!("ALTER TABLE {table} ADD COLUMN {definition}")));
    }
    for (from, to) in change.kept() {
        if let Some(values) = create::enum_values(&to.ty).filter(|_| from.ty != to.ty) {
            statements.push(conditions::is_one_of(name, &to.name, values));
        }
    }
    for it in &change.changes {
        if let TableChange::AddCheck(check) = it {
            statements.push(conditions::obeys(name, check)?);
        }
    }
    statements.extend(edit_schema(change)?);
    statements.extend(change.aftermath()?);
    Ok(statements)
}

/// Writes a default into the rows that only seem to hold it.
///
/// `ADD COLUMN` touches no row: one that was there ends before the new column, and reading it
/// gives the default that the table's text says at that time. Behind another text the row would
/// read otherwise. Setting a value to itself writes the row whole.
fn materialize(change: &Change, column: &Column) -> Result<Option<Statement>, Unsupported> {
    let (table, name) = (quote(&change.live.name.name), quote(&column.name));
    let value = match &column.default {
        None => "NULL".to_owned(),
        Some(Value::Literal(literal)) => default::sql(literal),
        Some(Value::Expression(sql)) => {
            let text = create::expression(sql, "the default")?;
            // `ADD COLUMN` takes none of these where there are rows.
            if create::is_time(text) {
                return Ok(None);
            }
            create::group(text)
        }
    };
    let text = format!("UPDATE {table} SET {name} = {name} WHERE {name} IS {value}");
    Ok(Some(Statement::new(text)))
}

/// Puts the edited text in the place of the one SQLite keeps.
fn edit_schema(change: &Change) -> Result<Vec<Statement>, Unsupported> {
    let edited = change.edited()?;
    if edited.text() == change.source.text() {
        return Ok(Vec::new());
    }
    // `ADD COLUMN` has changed the text in its own way.
    let is_known = change.live.source.0.is_some() && change.added().next().is_none();
    let from = is_known.then(|| change.source.text());
    Ok(put_text(&change.live.name, from, edited.text()))
}

/// Puts `to` in the place of the text `from` that SQLite keeps of a table, and has it read again,
/// here and in every other connection.
pub(super) fn put_text(name: &Name, from: Option<&str>, to: &str) -> Vec<Statement> {
    let mut update = format!(
        "UPDATE sqlite_schema SET sql = {} WHERE type = 'table' AND name = {}",
        literal(to),
        literal(&name.name)
    );
    if let Some(from) = from {
        update.push_str(&format!(" AND sql = {}", literal(from)));
    }
    vec![
        Statement::new("PRAGMA writable_schema = ON"),
        Statement::new(update),
        Statement::refuse(
            "SELECT 'its text differs' WHERE changes() = 0",
            format!("table `{name}` is no longer as it was read"),
        ),
        Statement::new("PRAGMA writable_schema = RESET"),
        // Reading the schema finds a mistake in the text, and changing it makes every other
        // connection read it too.
        Statement::new("CREATE VIEW \"_limbeck_changed\" AS SELECT 1"),
        Statement::new("DROP VIEW \"_limbeck_changed\""),
    ]
}
