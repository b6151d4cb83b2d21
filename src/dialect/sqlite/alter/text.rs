//! Carrying out a group of changes on the text of its table.

use super::change::Change;
use crate::dialect::Unsupported;
use crate::dialect::sqlite::ddl::{DdlError, TableOptionKind};
use crate::dialect::sqlite::edit::TableText;
use crate::dialect::sqlite::options::{self, AUTOINCREMENT, STRICT, WITHOUT_ROWID};
use crate::dialect::sqlite::{create, types};
use crate::operation::TableChange;
use crate::schema::{Column, Name, OptionValue};

/// Carries out the changes on the text of the table.
pub(super) fn edit(change: &Change, text: &mut TableText) -> Result<(), Unsupported> {
    let name = &change.live.name;
    let odd = |error: DdlError| unreadable(name, &error);
    let missing = |what: &str, name: &Option<String>| {
        let name = name.as_deref().unwrap_or("(unnamed)");
        Unsupported::new(format!("there is no {what} `{name}` to remove"), None)
    };
    for change in &change.changes {
        let (found, what, name) = match change {
            TableChange::DropForeignKey(it) => {
                (text.drop_foreign_key(it).map_err(odd)?, "foreign key", &it.name)
            }
            TableChange::DropCheck(it) => (text.drop_check(it).map_err(odd)?, "check", &it.name),
            TableChange::DropUnique(it) => {
                (text.drop_unique(it).map_err(odd)?, "unique constraint", &it.name)
            }
            TableChange::DropPrimaryKey(it) => {
                (text.drop_primary_key().map_err(odd)?, "primary key", &it.name)
            }
            _ => continue,
        };
        if !found {
            return Err(missing(what, name));
        }
    }
    edit_columns(change, text)?;
    let after = &change.after;
    for change in &change.changes {
        let constraint = match change {
            // In a table that numbers its rows once and for all the column says it itself.
            TableChange::AddPrimaryKey(_) if text.is_numbered() => continue,
            TableChange::AddPrimaryKey(it) => {
                text.add_primary_key(&create::primary_key(it)?).map_err(odd)?;
                continue;
            }
            TableChange::AddUnique(it) => create::unique(it)?,
            TableChange::AddCheck(it) => create::check(it)?,
            TableChange::AddForeignKey(it) => create::foreign_key(it)?,
            _ => continue,
        };
        text.add_constraint(&constraint).map_err(odd)?;
    }
    options::known(&after.options, "a table", &[STRICT, WITHOUT_ROWID, AUTOINCREMENT])?;
    for change in &change.changes {
        if let TableChange::SetOption { name, to, .. } = change {
            let on = *to == Some(OptionValue::Boolean(true));
            match name.as_str() {
                STRICT => text.set_option(TableOptionKind::Strict, on),
                WITHOUT_ROWID => text.set_option(TableOptionKind::WithoutRowid, on),
                AUTOINCREMENT => text.set_numbered(on),
                // The other databases' options.
                _ => Ok(()),
            }
            .map_err(odd)?;
        }
    }
    Ok(())
}

fn edit_columns(change: &Change, text: &mut TableText) -> Result<(), Unsupported> {
    let odd = |error: DdlError| unreadable(&change.live.name, &error);
    for (from, to) in change.kept() {
        edit_column(change, from, to, text)?;
    }
    // New ones first: the text of a table always has a column. They stand behind the old ones, of
    // which one that goes may have the same name.
    for column in change.added() {
        let definition = create::column(&change.after, column)?;
        text.add_column(&definition).map_err(odd)?;
    }
    for column in change.live.columns.iter().filter(|column| change.is_dropped(&column.name)) {
        text.drop_column(&column.name).map_err(odd)?;
    }
    Ok(())
}

fn edit_column(
    change: &Change,
    from: &Column,
    to: &Column,
    text: &mut TableText,
) -> Result<(), Unsupported> {
    let odd = |error: DdlError| unreadable(&change.live.name, &error);
    let name = &from.name;
    let values = |column: &Column| create::enum_values(&column.ty).map(<[String]>::to_vec);
    if values(from) != values(to) {
        let check = values(to).map(|values| types::enum_check(name, &values));
        text.set_enum(name, check.as_deref()).map_err(odd)?;
    }
    // A key, or that it is one no longer, changes how a type is spelled.
    let (old, new) = (types::column_sql(change.live, from)?, change.spelled(to)?);
    if old != new {
        text.set_type(name, &new).map_err(odd)?;
    }
    if (from.nullable, &from.options) != (to.nullable, &to.options) {
        let clause = (!to.nullable).then(|| create::not_null(to));
        text.set_not_null(name, clause.as_deref()).map_err(odd)?;
    }
    if from.default != to.default {
        let clause = to.default.as_ref().map(create::default).transpose()?;
        text.set_default(name, clause.as_deref()).map_err(odd)?;
    }
    if from.collation != to.collation {
        let clause = to.collation.as_deref().map(create::collate);
        text.set_collation(name, clause.as_deref()).map_err(odd)?;
    }
    if from.generated != to.generated {
        let clause = to.generated.as_ref().map(create::generated).transpose()?;
        text.set_generated(name, clause.as_deref()).map_err(odd)?;
    }
    Ok(())
}

/// The text of a table is not what it should be.
pub(super) fn unreadable(table: &Name, error: &DdlError) -> Unsupported {
    Unsupported::new(
        format!("the statement that made the table `{table}` cannot be read: {error}"),
        "this is a mistake of this program; please report it with the statement".to_owned(),
    )
}
