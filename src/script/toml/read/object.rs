//! Reading objects that are not tables.

use std::collections::BTreeSet;

use super::column::{options, sequence_options, ty};
use super::table::table_name;
use super::{nothing_changed, plain_name, same, sides, subject};
use crate::document::{Fields, printable};
use crate::operation::Operation;
use crate::schema::{
    Definition, Enum, Extension, Function, KindError, Name, Namespace, Object, Sequence, Sql,
    Trigger, Type, View,
};

pub(super) fn alter_enum(fields: &Fields, word: &'static str) -> Option<Operation> {
    let name = subject(fields, word);
    let from = values(fields, "from", &name);
    let to = values(fields, "to", &name);
    let mut renamed = Vec::new();
    if let Some(item) = fields.get("rename")
        && let Some(inner) = fields.reader.fields(item, fields.name("rename"))
    {
        for (key, item) in inner.entries() {
            let old = key.get_ref().to_string();
            let Some(new) = fields.reader.text(item, format_args!("the new text of `{old}`"))
            else {
                continue;
            };
            let missing = |side: &Option<Enum>, value: &String| {
                side.as_ref().is_some_and(|it| !it.values.contains(value))
            };
            if missing(&from, &old) || missing(&to, &new) {
                let message = format!(
                    "{} renames `{}` to `{}`, which are not in `from` and `to`",
                    fields.what,
                    printable(&old),
                    printable(&new)
                );
                let hint = "`from` has the old text and `to` the new one".to_owned();
                fields.reader.mistake(key.span(), message, Some(hint));
            }
            renamed.push((old, new));
        }
    }
    let (from, to) = (from?, to?);
    if from == to {
        same(fields);
    }
    Some(Operation::AlterEnum { from, to, renamed })
}

/// The values of an enum, each once.
fn values(fields: &Fields, key: &'static str, name: &Option<Name>) -> Option<Enum> {
    let item = fields.required(key, "[\"draft\", \"published\"]")?;
    let texts = fields.reader.texts(item, fields.name(key))?;
    let mut seen = BTreeSet::new();
    for (text, span) in &texts {
        if !seen.insert(text) {
            let message = format!("{} has `{}` twice", fields.name(key), printable(text));
            fields.reader.mistake(span.clone(), message, Some("name each value once".to_owned()));
        }
    }
    let values = texts.into_iter().map(|(text, _)| text).collect();
    Some(Enum { name: name.clone()?, values })
}

/// `create_...`, `drop_...`, `replace_...` and `alter_...` of what is not a table.
pub(super) fn object_operation(fields: &Fields, word: &'static str) -> Option<Operation> {
    let (verb, kind) = word.split_once('_')?;
    if kind == "object" {
        return definition_operation(fields, word, verb);
    }
    let name = match kind {
        "extension" | "schema" => plain_name(fields, word).map(Name::new),
        _ => subject(fields, word),
    };
    let read = |fields: &Fields| object(fields, kind, name.clone().unwrap_or_default());
    let operation = match verb {
        "create" => Operation::Create(read(fields)?),
        "drop" => Operation::Drop(read(fields)?),
        _ => {
            let example = match kind {
                "sequence" => "{ increment = 1 }",
                "extension" => "{ version = \"1.6\" }",
                "trigger" => "{ table = \"user\", definition = \"CREATE TRIGGER ...\" }",
                _ => "{ definition = \"...\" }",
            };
            let (from, to) = sides(fields, example, read);
            let operation = Operation::Replace { from: from?, to: to? };
            nothing_changed(fields, &operation);
            operation
        }
    };
    name.map(|_| operation)
}

/// `create_object`, `drop_object` and `replace_object`.
fn definition_operation(fields: &Fields, word: &'static str, verb: &str) -> Option<Operation> {
    let (name, kind) = (subject(fields, word), definition_kind(fields));
    let table = fields.get("table").map(|_| table_name(fields));
    let (from, to) = match verb {
        "replace" => sides(fields, "{ definition = \"...\" }", definition),
        "create" => (None, definition(fields)),
        _ => (definition(fields), None),
    };
    let table = match table {
        Some(table) => Some(table?),
        None => None,
    };
    let (kind, name) = (kind?, name?);
    let object = |definition: Sql| {
        let (kind, name, table) = (kind.clone(), name.clone(), table.clone());
        Object::Definition(Definition { kind, name, table, definition })
    };
    Some(match verb {
        "create" => Operation::Create(object(to?)),
        "drop" => Operation::Drop(object(from?)),
        _ => {
            let operation = Operation::Replace { from: object(from?), to: object(to?) };
            nothing_changed(fields, &operation);
            operation
        }
    })
}

/// What a definition is, in words in lower case.
fn definition_kind(fields: &Fields) -> Option<String> {
    let item = fields.required("kind", "\"policy\"")?;
    let kind = fields.reader.text(item, fields.name("kind"))?;
    let of = fields.name("kind");
    let (message, hint) = match Definition::check_kind(&kind) {
        Ok(()) => return Some(kind),
        Err(KindError::NoWords) => {
            let hint = "it is what the database calls it: `kind = \"event trigger\"`".to_owned();
            (format!("{of} must be words in lower case, not `{}`", printable(&kind)), hint)
        }
        Err(KindError::Known(word)) => {
            let hint = format!("write `create_{word}` or what goes with it");
            (format!("{of} is `{kind}`, which has operations of its own"), hint)
        }
    };
    fields.reader.mistake(item.span(), message, Some(hint));
    None
}

fn object(fields: &Fields, kind: &str, name: Name) -> Option<Object> {
    Some(match kind {
        "enum" => Object::Enum(values(fields, "values", &Some(name))?),
        "view" | "materialized_view" => {
            let options = options(fields);
            let definition = definition(fields)?;
            let materialized = kind == "materialized_view";
            Object::View(View { name, materialized, definition, options })
        }
        "trigger" => {
            let (table, definition) = (table_name(fields), definition(fields));
            Object::Trigger(Trigger { name, table: table?, definition: definition? })
        }
        "function" => {
            let arguments = fields.text("arguments").unwrap_or_default();
            Object::Function(Function { name, arguments, definition: definition(fields)? })
        }
        "sequence" => {
            let (ty, options) = (number_type(fields), sequence_options(fields));
            Object::Sequence(Sequence { name, ty: ty?, options })
        }
        "extension" => {
            let (schema, version) = (fields.text("schema"), fields.text("version"));
            Object::Extension(Extension { name: name.name, schema, version })
        }
        _ => Object::Namespace(Namespace { name: name.name }),
    })
}

/// The type of the numbers of a sequence; `None` when it is wrong.
fn number_type(fields: &Fields) -> Option<Option<Type>> {
    let Some(item) = fields.get("type") else { return Some(None) };
    let ty = ty(fields, item)?;
    if !ty.is_integer() {
        let message = format!("{} must be one of whole numbers, not `{ty}`", fields.name("type"));
        let hint = "write `type = \"big_integer\"`".to_owned();
        fields.reader.mistake(item.span(), message, Some(hint));
    }
    Some(Some(ty))
}

/// A piece of SQL that must be there, called `definition`.
fn definition(fields: &Fields) -> Option<Sql> {
    fields.required_sql("definition", "\"SELECT ...\"")
}
