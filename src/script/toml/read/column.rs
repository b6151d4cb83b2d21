//! Reading columns, and the values and options that other things share with them.

use std::collections::BTreeMap;
use std::fmt;

use ::toml::de::DeValue;

use crate::document::{Fields, Item, Reader, printable};
use crate::schema::{
    Column, Generated, Identity, Literal, OptionValue, Options, SequenceOptions, Type, Value,
};

/// How a column's text says that it numbers itself.
#[derive(Debug, PartialEq)]
pub(super) enum Numbering {
    /// It does not say: the rule of primary keys holds.
    Unsaid,
    /// `autoincrement = false`.
    Off,
    /// `autoincrement = true` or `identity = { ... }`.
    On(Identity),
}

pub(super) fn inline_column(fields: &Fields, item: &Item) -> Option<(Column, Numbering)> {
    let mut inner = fields.reader.fields(item, format_args!("a column of {}", fields.what))?;
    let name = inner.required("name", "\"id\"");
    let name = name.and_then(|item| fields.reader.text(item, inner.name("name")));
    if let Some(name) = &name {
        inner.what = format!("column `{}`", printable(name));
    }
    let read = column(&inner, name.clone().unwrap_or_default());
    inner.finish();
    name.and(read)
}

/// A column, but for its name and whether it numbers itself when it does not say.
fn column(fields: &Fields, name: String) -> Option<(Column, Numbering)> {
    let reader = fields.reader;
    let ty = fields.required("type", "\"string(64)\"").and_then(|item| ty(fields, item));
    let nullable = match fields.get("nullable") {
        Some(item) => reader.boolean(item, fields.name("nullable")),
        None => Some(true),
    };
    let default =
        fields.get("default").and_then(|item| value(reader, item, fields.name("default")));
    let generated = fields.get("generated").and_then(|item| {
        let inner = reader.fields(item, fields.name("generated"))?;
        let expression = inner.required_sql("expression", "\"price * quantity\"");
        let stored = inner.boolean("stored");
        inner.finish();
        Some(Generated { expression: expression?, stored: stored? })
    });
    let numbering = numbering(fields);
    let mut column = Column::new(name, Type::Json);
    column.default = default;
    column.generated = generated;
    column.collation = fields.text("collation");
    column.comment = fields.text("comment");
    column.options = options(fields);
    column.ty = ty?;
    column.nullable = nullable?;
    Some((column, numbering))
}

fn numbering(fields: &Fields) -> Numbering {
    let autoincrement = fields.get("autoincrement");
    let identity = fields.get("identity");
    if let (Some(_), Some(item)) = (autoincrement, identity) {
        let message = format!("{} has both `autoincrement` and `identity`", fields.what);
        let hint = "`autoincrement = true` is short for `identity = {}`; keep one".to_owned();
        fields.reader.mistake(item.span(), message, Some(hint));
    }
    if let Some(item) = identity {
        let Some(inner) = fields.reader.fields(item, fields.name("identity")) else {
            return Numbering::Unsaid;
        };
        let always = inner.boolean("always").unwrap_or_default();
        let options = sequence_options(&inner);
        inner.finish();
        return Numbering::On(Identity { always, options });
    }
    match autoincrement {
        None => Numbering::Unsaid,
        Some(item) => match fields.reader.boolean(item, fields.name("autoincrement")) {
            Some(true) => Numbering::On(Identity::default()),
            _ => Numbering::Off,
        },
    }
}

/// A column on its own: what does not say that it numbers itself does not.
pub(super) fn lone_column(fields: &Fields, name: String) -> Option<Column> {
    let (mut column, numbering) = column(fields, name)?;
    if let Numbering::On(identity) = numbering {
        column.identity = Some(identity);
    }
    Some(column)
}

pub(super) fn ty(fields: &Fields, item: &Item) -> Option<Type> {
    let reader = fields.reader;
    let what = fields.name("type");
    let portable = |item| reader.parsed::<Type>(item, &what, |error| error.hint());
    let DeValue::Table(table) = item.get_ref() else {
        if item.get_ref().is_str() {
            return portable(item);
        }
        reader.wrong_type(item, what, "a type, or a table with a type for each dialect");
        return None;
    };
    let mut dialects = BTreeMap::new();
    let mut default = None;
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if name == "default" {
            default = portable(value).map(Box::new);
        } else if reader.is_dialect(name, key.span()) {
            let text = reader.text(value, format_args!("`{name}` of {what}"));
            dialects.extend(text.map(|text| (name.to_owned(), text)));
        }
    }
    if !table.keys().any(|key| key.get_ref() != "default") {
        let hint = "write `{ postgres = \"inet\", default = \"string(45)\" }`".to_owned();
        reader.mistake(item.span(), format!("{what} names no dialect"), Some(hint));
    }
    Some(Type::Native { dialects, default })
}

/// A default, or a value in a row.
pub(super) fn value(reader: &Reader, item: &Item, what: impl fmt::Display) -> Option<Value> {
    let literal = match item.get_ref() {
        DeValue::String(text) => Literal::Text(text.to_string()),
        DeValue::Boolean(it) => Literal::Boolean(*it),
        DeValue::Integer(_) => Literal::Integer(reader.integer(item, what)?),
        DeValue::Float(float) => match float.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Literal::Float(number),
            _ => {
                let hint = "write it as SQL: `{ sql = \"...\" }`".to_owned();
                reader.mistake(item.span(), format!("{what} is no finite number"), Some(hint));
                return None;
            }
        },
        DeValue::Datetime(it) => Literal::Text(it.to_string()),
        DeValue::Table(_) => {
            let inner = reader.fields(item, what)?;
            let sql = inner.required_sql("sql", "\"CURRENT_TIMESTAMP\"");
            inner.finish();
            return Some(Value::Expression(sql?));
        }
        DeValue::Array(_) => {
            reader.wrong_type(item, what, "a value or `{ sql = \"...\" }`");
            return None;
        }
    };
    Some(Value::Literal(literal))
}

/// `options = { sqlite = { strict = true } }`, keyed `sqlite.strict`.
pub(super) fn options(fields: &Fields) -> Options {
    let mut options = Options::new();
    let what = fields.name("options");
    let reader = fields.reader;
    let Some(inner) = fields.get("options").and_then(|item| reader.fields(item, what)) else {
        return options;
    };
    for (key, item) in inner.entries() {
        let dialect = key.get_ref();
        if !reader.is_dialect(dialect, key.span()) {
            continue;
        }
        let Some(theirs) = reader.fields(item, format_args!("`{dialect}` of {what}")) else {
            continue;
        };
        for (key, item) in theirs.entries() {
            let name = format!("{dialect}.{}", key.get_ref());
            let what = format!("option `{}`", printable(&name));
            options.extend(option_value(reader, item, &what).map(|value| (name, value)));
        }
    }
    options
}

/// The value of one option.
pub(super) fn option_value(
    reader: &Reader,
    item: &Item,
    what: impl fmt::Display,
) -> Option<OptionValue> {
    match item.get_ref() {
        DeValue::Boolean(it) => Some(OptionValue::Boolean(*it)),
        DeValue::Integer(_) => reader.integer(item, what).map(OptionValue::Integer),
        DeValue::String(text) => Some(OptionValue::Text(text.to_string())),
        _ => {
            reader.wrong_type(item, what, "a boolean, an integer or a string");
            None
        }
    }
}

/// How a sequence counts.
pub(super) fn sequence_options(fields: &Fields) -> SequenceOptions {
    SequenceOptions {
        start: fields.integer("start"),
        increment: fields.integer("increment"),
        min: fields.integer("min"),
        max: fields.integer("max"),
        cache: fields.integer("cache"),
        cycle: fields.boolean("cycle").unwrap_or_default(),
    }
}
