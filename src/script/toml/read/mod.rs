//! Reading the entries of a script: the word of each operation and what belongs to it.

mod change;
mod column;
mod head;
mod object;
mod table;

use ::toml::de::DeTable;

use crate::error::nearest;
use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Value};
use crate::script::Entry;

use self::change::constraint;
use crate::document::{Fields, Item, printable};

pub(super) use self::head::read as head;
use crate::document::Reader;

/// Every word by which an operation begins, in the order of the reference.
pub const WORDS: [&str; 49] = [
    "create_table",
    "drop_table",
    "rename_table",
    "add_column",
    "drop_column",
    "rename_column",
    "alter_column",
    "create_index",
    "drop_index",
    "create_unique",
    "drop_unique",
    "create_foreign_key",
    "drop_foreign_key",
    "create_check",
    "drop_check",
    "create_primary_key",
    "drop_primary_key",
    "comment_table",
    "set_option",
    "insert",
    "fill_column",
    "execute",
    "run",
    "create_enum",
    "alter_enum",
    "drop_enum",
    "create_view",
    "replace_view",
    "drop_view",
    "create_materialized_view",
    "replace_materialized_view",
    "drop_materialized_view",
    "create_trigger",
    "replace_trigger",
    "drop_trigger",
    "create_function",
    "replace_function",
    "drop_function",
    "create_sequence",
    "alter_sequence",
    "drop_sequence",
    "create_extension",
    "alter_extension",
    "drop_extension",
    "create_schema",
    "drop_schema",
    "create_object",
    "replace_object",
    "drop_object",
];

/// The entries of one section.
pub(super) fn entries(reader: &Reader, document: &DeTable, section: &str) -> Vec<Entry> {
    let Some(item) = document.get(section) else { return Vec::new() };
    let Some(items) = reader.array(item, format_args!("`{section}`")) else { return Vec::new() };
    items.iter().filter_map(|item| entry(reader, item, section)).collect()
}

fn entry(reader: &Reader, item: &Item, section: &str) -> Option<Entry> {
    let mut fields = reader.fields(item, format_args!("an entry of `{section}`"))?;
    let word = word(&fields)?;
    fields.what = format!("`{word}`");
    let (key, value) = fields.entries().find(|(key, _)| key.get_ref() == word)?;
    fields.span = key.span().start..value.span().end.max(key.span().end);
    let dialects = dialects(&fields);
    let operation = operation(&fields, word);
    fields.finish();
    Some(Entry { operation: operation?, dialects })
}

/// The one word of an entry that says which operation it is.
fn word(fields: &Fields) -> Option<&'static str> {
    let mut found = fields.entries().filter_map(|(key, item)| {
        let word = WORDS.into_iter().find(|word| key.get_ref() == word)?;
        Some((word, key, item))
    });
    let Some((first, ..)) = found.next() else {
        unknown_word(fields);
        return None;
    };
    if let Some((second, key, _)) = found.next() {
        let message = format!("`{first}` and `{second}` stand in one entry");
        let hint = "each entry is one operation; begin another one above".to_owned();
        fields.reader.mistake(key.span(), message, Some(hint));
        return None;
    }
    Some(first)
}

fn unknown_word(fields: &Fields) {
    let Some((key, _)) = fields.entries().next() else {
        let hint = "begin it with an operation like `create_table = \"user\"`".to_owned();
        let message = format!("{} is empty", fields.what);
        return fields.reader.mistake(fields.span.clone(), message, Some(hint));
    };
    let word = key.get_ref();
    let hint = match nearest(word, WORDS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "an entry begins with its operation: `create_table = \"user\"`".to_owned(),
    };
    let message = format!("there is no operation `{}`", printable(word));
    fields.reader.mistake(key.span(), message, Some(hint));
}

fn dialects(fields: &Fields) -> Vec<String> {
    let Some(item) = fields.get("dialects") else { return Vec::new() };
    let names = fields.reader.texts(item, fields.name("dialects")).unwrap_or_default();
    if names.is_empty() && item.get_ref().is_array() {
        let message = format!("{} is empty", fields.name("dialects"));
        let hint = "name a dialect, or leave the key out for all".to_owned();
        fields.reader.mistake(item.span(), message, Some(hint));
    }
    for (name, span) in &names {
        fields.reader.is_dialect(name, span.clone());
    }
    names.into_iter().map(|(name, _)| name).collect()
}

fn operation(fields: &Fields, word: &'static str) -> Option<Operation> {
    match word {
        "create_table" => {
            let name = subject(fields, word);
            Some(Operation::CreateTable(table::table(fields, name.unwrap_or_default())?))
        }
        "drop_table" => {
            let name = subject(fields, word);
            Some(Operation::DropTable(table::table(fields, name.unwrap_or_default())?))
        }
        "rename_table" => change::rename_table(fields, word),
        "add_column" => change::lone_column(fields, word, TableChange::AddColumn),
        "drop_column" => change::lone_column(fields, word, TableChange::DropColumn),
        "rename_column" => change::rename_column(fields, word),
        "alter_column" => change::alter_column(fields, word),
        "create_index" => change::index(fields, word, TableChange::AddIndex),
        "drop_index" => change::index(fields, word, TableChange::DropIndex),
        "create_unique" => constraint(fields, word, |fields, name| {
            table::unique(fields, name, None).map(TableChange::AddUnique)
        }),
        "drop_unique" => constraint(fields, word, |fields, name| {
            table::unique(fields, name, None).map(TableChange::DropUnique)
        }),
        "create_foreign_key" => constraint(fields, word, |fields, name| {
            table::foreign_key(fields, name, None).map(TableChange::AddForeignKey)
        }),
        "drop_foreign_key" => constraint(fields, word, |fields, name| {
            table::foreign_key(fields, name, None).map(TableChange::DropForeignKey)
        }),
        "create_check" => constraint(fields, word, |fields, name| {
            table::check(fields, name).map(TableChange::AddCheck)
        }),
        "drop_check" => constraint(fields, word, |fields, name| {
            table::check(fields, name).map(TableChange::DropCheck)
        }),
        "create_primary_key" => constraint(fields, word, |fields, name| {
            table::primary_key(fields, name, None).map(TableChange::AddPrimaryKey)
        }),
        "drop_primary_key" => constraint(fields, word, |fields, name| {
            table::primary_key(fields, name, None).map(TableChange::DropPrimaryKey)
        }),
        "comment_table" => change::comment_table(fields, word),
        "set_option" => change::set_option(fields, word),
        "insert" => insert(fields, word),
        "fill_column" => change::fill_column(fields, word),
        "execute" => Some(Operation::Execute(fields.sql(word)?)),
        "run" => run(fields, word),
        "alter_enum" => object::alter_enum(fields, word),
        _ => object::object_operation(fields, word),
    }
}

fn insert(fields: &Fields, word: &'static str) -> Option<Operation> {
    let table = subject(fields, word);
    let item = fields.required("rows", "[{ id = 1 }]");
    let rows = fields.list("rows", |item| row(fields, item));
    if let (Some([]), Some(item)) = (rows.as_deref(), item) {
        let hint = "give a row, or leave the entry out".to_owned();
        fields.reader.mistake(item.span(), format!("{} is empty", fields.name("rows")), Some(hint));
    }
    Some(Operation::Insert { table: table?, rows: rows? })
}

fn row(fields: &Fields, item: &Item) -> Option<Vec<(String, Value)>> {
    let reader = fields.reader;
    let inner = reader.fields(item, format_args!("each of {}", fields.name("rows")))?;
    let values: Vec<_> = inner
        .entries()
        .map(|(key, item)| {
            let column = key.get_ref().to_string();
            let what = format!("column `{}`", printable(&column));
            Some((column, column::value(reader, item, &what)?))
        })
        .collect();
    values.into_iter().collect()
}

fn run(fields: &Fields, word: &'static str) -> Option<Operation> {
    let item = fields.get(word)?;
    let command: Vec<String> = match item.get_ref().as_str() {
        Some(text) => text.split_whitespace().map(str::to_owned).collect(),
        None if item.get_ref().is_array() => fields.texts(word)?,
        None => {
            fields.reader.wrong_type(item, "`run`", "a program with its arguments");
            return None;
        }
    };
    if command.first().is_none_or(String::is_empty) {
        let hint = "write `run = [\"python\", \"fill_slugs.py\"]`".to_owned();
        fields.reader.mistake(item.span(), "`run` names no program", Some(hint));
    }
    Some(Operation::Run { command })
}

/// The name behind the word: a table, or an object that may live in a schema.
fn subject(fields: &Fields, word: &'static str) -> Option<Name> {
    let hint = |_: &_| Some("a name that holds a dot is written `'\"a.b\"'`".to_owned());
    fields.reader.parsed(fields.get(word)?, format_args!("`{word}`"), hint)
}

/// The text behind the word, taken as it is.
fn text(fields: &Fields, word: &'static str) -> Option<String> {
    fields.reader.text(fields.get(word)?, format_args!("`{word}`"))
}

/// The text behind the word, which may not be empty.
fn plain_name(fields: &Fields, word: &'static str) -> Option<String> {
    let name = text(fields, word)?;
    if name.is_empty() {
        let message = format!("{} has no name", fields.what);
        fields.reader.mistake(fields.span.clone(), message, Some("name it".to_owned()));
    }
    Some(name)
}

/// Both sides of a change, each a table that `read` reads.
fn sides<'r, 's, 'd, T>(
    fields: &Fields<'r, 's, 'd>,
    example: &str,
    read: impl Fn(&Fields<'r, 's, 'd>) -> Option<T>,
) -> (Option<T>, Option<T>) {
    let side = |key| {
        let item = fields.required(key, example)?;
        let inner = fields.reader.fields(item, fields.name(key))?;
        let value = read(&inner);
        inner.finish();
        value
    };
    (side("from"), side("to"))
}

/// `from` and `to` say the same.
fn same(fields: &Fields) {
    let span = fields.get("to").map_or(fields.span.clone(), |item| item.span());
    let message = format!("{} changes nothing", fields.what);
    let hint = "change `to`, or leave the entry out".to_owned();
    fields.reader.mistake(span, message, Some(hint));
}

/// Whether an operation with two sides would be written with two equal ones. How it is written
/// tells more than how it compares: a function whose body only gets a comment does change.
fn nothing_changed(fields: &Fields, operation: &Operation) {
    let forward = super::write::operation(operation);
    if operation.reverse().is_some_and(|back| super::write::operation(&back) == forward) {
        same(fields);
    }
}
