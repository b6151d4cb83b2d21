//! Reading operations that change tables.

use super::column::{self, option_value};
use super::table::{self, table_name};
use super::{nothing_changed, plain_name, same, sides, subject, text};
use crate::document::Fields;
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Index, Name, OptionValue, parse_column};

pub(super) fn rename_table(fields: &Fields, word: &'static str) -> Option<Operation> {
    let from = subject(fields, word);
    let hint = |_: &_| None;
    let to = fields.required("to", "\"account\"");
    let to: Name = to.and_then(|item| fields.reader.parsed(item, fields.name("to"), hint))?;
    let from = from?;
    if from == to {
        same(fields);
    }
    Some(Operation::RenameTable { from, to })
}

pub(super) fn rename_column(fields: &Fields, word: &'static str) -> Option<Operation> {
    let from = column_name(fields, word);
    let item = fields.required("to", "\"email\"")?;
    let hint = |_: &_| Some("the new name of the column, without its table".to_owned());
    let to: Name = fields.reader.parsed(item, fields.name("to"), hint)?;
    if to.schema.is_some() {
        let message = format!("`{to}` is not the name of a column alone");
        let hint = format!("write `to = \"{}\"`", Name::new(&to.name));
        fields.reader.mistake(item.span(), message, Some(hint));
    }
    let (table, from) = from?;
    if from == to.name {
        same(fields);
    }
    Some(change(table, TableChange::RenameColumn { from, to: to.name }))
}

pub(super) fn lone_column(
    fields: &Fields,
    word: &'static str,
    build: fn(Column) -> TableChange,
) -> Option<Operation> {
    let name = column_name(fields, word);
    let (table, column) = name.clone().unwrap_or_default();
    let column = column::lone_column(fields, column);
    name.and(column).map(|column| change(table, build(column)))
}

pub(super) fn fill_column(fields: &Fields, word: &'static str) -> Option<Operation> {
    let name = column_name(fields, word);
    let item = fields.required("value", "\"unknown\"")?;
    let value = column::value(fields.reader, item, fields.name("value"))?;
    name.map(|(table, column)| Operation::Fill { table, column, value })
}

pub(super) fn alter_column(fields: &Fields, word: &'static str) -> Option<Operation> {
    let name = column_name(fields, word);
    let (table, column) = name.clone().unwrap_or_default();
    let (from, to) = sides(fields, "{ type = \"string(64)\" }", |fields| {
        column::lone_column(fields, column.clone())
    });
    let changes = TableChange::AlterColumn { from: from?, to: to? };
    name.map(|_| change(table, changes)).inspect(|operation| nothing_changed(fields, operation))
}

pub(super) fn index(
    fields: &Fields,
    word: &'static str,
    build: fn(Index) -> TableChange,
) -> Option<Operation> {
    let name = plain_name(fields, word);
    let table = table_name(fields);
    let index = table::index(fields, name.unwrap_or_default())?;
    Some(change(table?, build(index)))
}

pub(super) fn constraint<'r, 's, 'd>(
    fields: &Fields<'r, 's, 'd>,
    word: &'static str,
    read: impl Fn(&Fields<'r, 's, 'd>, Option<String>) -> Option<TableChange>,
) -> Option<Operation> {
    let name = text(fields, word).filter(|name| !name.is_empty());
    let table = table_name(fields);
    let read = read(fields, name)?;
    Some(change(table?, read))
}

pub(super) fn comment_table(fields: &Fields, word: &'static str) -> Option<Operation> {
    let table = subject(fields, word);
    let (from, to) = (fields.text("from"), fields.text("to"));
    check_sides(fields, &from, &to);
    Some(change(table?, TableChange::SetComment { from, to }))
}

pub(super) fn set_option(fields: &Fields, word: &'static str) -> Option<Operation> {
    let item = fields.get(word)?;
    let name = text(fields, word);
    if let Some((dialect, _)) = name.as_ref().map(|name| name.split_once('.').unwrap_or((name, "")))
    {
        fields.reader.is_dialect(dialect, item.span());
    }
    let table = table_name(fields);
    let side = |key| -> Option<OptionValue> {
        option_value(fields.reader, fields.get(key)?, fields.name(key))
    };
    let (from, to) = (side("from"), side("to"));
    check_sides(fields, &from, &to);
    Some(change(table?, TableChange::SetOption { name: name?, from, to }))
}

/// The column behind the word: `user.email`.
fn column_name(fields: &Fields, word: &'static str) -> Option<(Name, String)> {
    let item = fields.get(word)?;
    let text = fields.reader.text(item, format_args!("`{word}`"))?;
    match parse_column(&text) {
        Ok(column) => Some(column),
        Err(error) => {
            let hint = "write the table, a dot and the column".to_owned();
            fields.reader.mistake(item.span(), error.to_string(), Some(hint));
            None
        }
    }
}

fn change(table: Name, change: TableChange) -> Operation {
    Operation::AlterTable { table, changes: vec![change] }
}

/// Sides of which one may be left out, but not both.
fn check_sides<T: PartialEq>(fields: &Fields, from: &Option<T>, to: &Option<T>) {
    let neither = fields.get("from").is_none() && fields.get("to").is_none();
    if from == to && (from.is_some() || neither) {
        same(fields);
    }
}
