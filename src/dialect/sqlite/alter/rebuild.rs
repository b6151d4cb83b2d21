//! Building a table anew from its edited text, for changes that concern the stored rows. The
//! procedure is that of <https://sqlite.org/lang_altertable.html#otheralter>.

use super::change::Change;
use super::{conditions, in_place, text};
use crate::dialect::sqlite::edit::TableText;
use crate::dialect::sqlite::types::{Affinity, literal, quote};
use crate::dialect::sqlite::{Sqlite, checks, create, default};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{Column, Value};

/// The statements of the change.
///
/// # Errors
/// When SQLite cannot hold the result.
pub(super) fn statements(dialect: Sqlite, change: &Change) -> Result<Vec<Statement>, Unsupported> {
    let name = &change.live.name;
    let edited = change.edited()?;
    let new = format!("_limbeck_new_{}", name.name);
    let mut renamed = edited.clone();
    renamed.rename(&new).map_err(|error| text::unreadable(name, &error))?;

    let mut statements = vec![conditions::foreign_keys_are_off(change)];
    // What is written down runs on a table that was never looked at.
    if !dialect.edits_schema() {
        statements.push(conditions::is_as_known(change)?);
    }
    statements.extend(change.conditions()?);
    statements.extend(conditions::has_no_twins(change));
    statements.push(Statement::new(renamed.text()));
    statements.extend(copy(change, &edited, &new).map(Statement::new));
    if change.source.is_numbered() && edited.is_numbered() {
        statements.extend(keep_sequence(&name.name, &new));
    }
    statements.push(Statement::new(format!("DROP TABLE {}", quote(&name.name))));
    // Otherwise the rename would look for the table in views and triggers, where it is missing
    // for now, and call them broken.
    statements.push(Statement::new("PRAGMA legacy_alter_table = ON"));
    let rename = format!("ALTER TABLE {} RENAME TO {}", quote(&new), quote(&name.name));
    statements.push(Statement::new(rename));
    statements.push(Statement::new("PRAGMA legacy_alter_table = OFF"));
    if edited.is_named_in_checks() && dialect.edits_schema() {
        statements.extend(in_place::put_text(name, None, edited.text()));
    }
    for index in change.kept_indexes() {
        statements.push(Statement::new(create::made_by(name, index)?));
    }
    statements.extend(change.triggers().map(Statement::new));
    statements.extend(change.aftermath()?);
    if change.live.columns.iter().any(|column| change.is_dropped(&column.name)) {
        statements.extend(checks::look_for_broken_views());
    }
    Ok(statements)
}

/// The statement that copies the rows.
fn copy(change: &Change, edited: &TableText, new: &str) -> Option<String> {
    let mut pairs: Vec<(String, String)> = change
        .kept()
        .filter(|(_, to)| to.generated.is_none())
        .map(|(from, to)| (quote(&to.name), value(change, edited, from)))
        .collect();
    let order = rowid(&change.source);
    if let Some(rowid) = &order {
        match edited.rowid_column() {
            Some(column) if pairs.iter().any(|(name, _)| *name == quote(column)) => {}
            Some(column) => pairs.push((quote(column), rowid.clone())),
            None => pairs.extend(edited.rowid_name().map(|name| (name.to_owned(), rowid.clone()))),
        }
    }
    if pairs.is_empty() {
        pairs.extend(first_value(change));
    }
    if pairs.is_empty() {
        return None;
    }
    let (names, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let (new, old) = (quote(new), quote(&change.live.name.name));
    // Rows that come in their order are appended, and not sought a place for.
    let order = order.map(|rowid| format!(" ORDER BY {rowid}")).unwrap_or_default();
    // Whatever the table says `ON CONFLICT`, no row is passed over or replaced here.
    Some(format!(
        "INSERT OR ABORT INTO {new} ({}) SELECT {} FROM {old}{order}",
        names.join(", "),
        values.join(", ")
    ))
}

/// What a row gets when no column stays: SQLite has no `DEFAULT VALUES` for several rows.
fn first_value(change: &Change) -> Option<(String, String)> {
    let column = change.after.columns.iter().find(|column| column.generated.is_none())?;
    let default = column.default.as_ref().and_then(|value| match value {
        Value::Literal(it) => Some(default::sql(it)),
        Value::Expression(sql) => sql.of("sqlite").map(create::group),
    });
    Some((quote(&column.name), default.unwrap_or_else(|| "NULL".to_owned())))
}

/// What reads the rowid of a table's rows, if they have one that can be read.
fn rowid(text: &TableText) -> Option<String> {
    match text.rowid_column() {
        Some(column) => Some(quote(column)),
        None => text.rowid_name().map(str::to_owned),
    }
}

/// The value of a column in its new type. The affinity of the new column converts numbers and
/// texts where nothing is lost by it, which a cast would not care for. It leaves bytes alone, so
/// between bytes and text there is a cast.
fn value(change: &Change, edited: &TableText, column: &Column) -> String {
    let name = quote(&column.name);
    let affinity = |text: &TableText| {
        let ty = text.ty(&column.name).unwrap_or_default();
        (!ty.is_empty()).then(|| Affinity::of(ty))
    };
    match (affinity(&change.source), affinity(edited)) {
        (Some(Affinity::Blob), Some(Affinity::Text)) => format!("CAST({name} AS TEXT)"),
        (Some(Affinity::Text), Some(Affinity::Blob)) => format!("CAST({name} AS BLOB)"),
        _ => name,
    }
}

/// Carries over the largest number ever given, which may be larger than any that is left.
fn keep_sequence(old: &str, new: &str) -> [Statement; 2] {
    let (old, new) = (literal(old), literal(new));
    [
        Statement::new(format!("DELETE FROM sqlite_sequence WHERE name = {new}")),
        Statement::new(format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM sqlite_sequence WHERE name = {old}"
        )),
    ]
}
