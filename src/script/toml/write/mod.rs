//! Writing entries: one spelling for each operation.

mod table;

use crate::document::write::{
    Fields, Node, key, option_value, sequence_options, ty, value, write_field,
};
use crate::operation::{Operation, TableChange};
use crate::schema::{Enum, Name, Object, Value};
use crate::script::Entry;
use crate::script::header::message_lines;

use self::table::{
    check, column, constraint, foreign_key, index, lone_column, primary_key, table, unique,
};

pub(super) use crate::document::write::string;

/// The entries of one section, each behind its note.
pub(super) fn entries(
    entries: &[Entry],
    section: &str,
    note: &dyn Fn(&Operation) -> Option<String>,
) -> String {
    let mut out = String::new();
    for (single, dialects) in entries.iter().flat_map(singles) {
        if !out.is_empty() {
            out.push('\n');
        }
        for line in note(&single).iter().flat_map(|note| message_lines(note)) {
            out.push_str(format!("# {line}").trim_end());
            out.push('\n');
        }
        out.push_str(&format!("[[{section}]]\n"));
        out.push_str(&operation(&single));
        if !dialects.is_empty() {
            write_field(&mut out, "dialects", &Node::texts(dialects));
        }
    }
    out
}

/// An entry as the file holds it: each change of a table is one of its own.
fn singles(entry: &Entry) -> Vec<(Operation, &[String])> {
    let operations = match &entry.operation {
        Operation::AlterTable { table, changes } => changes
            .iter()
            .map(|change| Operation::AlterTable {
                table: table.clone(),
                changes: vec![change.clone()],
            })
            .collect(),
        other => vec![other.clone()],
    };
    operations.into_iter().map(|operation| (operation, &entry.dialects[..])).collect()
}

/// The lines of one operation; of an `AlterTable` with one change.
pub(super) fn operation(operation: &Operation) -> String {
    let mut out = String::new();
    for (name, node) in &fields(operation).0 {
        write_field(&mut out, &key(name), node);
    }
    out
}

fn fields(operation: &Operation) -> Fields {
    let mut fields = Fields::default();
    match operation {
        Operation::Create(it) => object(&mut fields, "create", it),
        Operation::Replace { from, to } => replace(&mut fields, from, to),
        Operation::AlterEnum { from, to, renamed } => alter_enum(&mut fields, from, to, renamed),
        Operation::Drop(it) => object(&mut fields, "drop", it),
        Operation::CreateTable(it) => table(&mut fields, "create_table", it),
        Operation::DropTable(it) => table(&mut fields, "drop_table", it),
        Operation::RenameTable { from, to } => {
            fields.text("rename_table", &from.to_string());
            fields.text("to", &to.to_string());
        }
        Operation::AlterTable { table, changes } => {
            for it in changes {
                change(&mut fields, table, it);
            }
        }
        Operation::Insert { table, rows } => {
            fields.text("insert", &table.to_string());
            let row = |row: &Vec<(String, Value)>| {
                Fields(row.iter().map(|(column, it)| (column.clone(), value(it))).collect())
            };
            let rows = rows.iter().map(|it| Node::Table(row(it).0));
            fields.add("rows", Node::Lines(rows.collect()));
        }
        Operation::Fill { table, column, value: it } => {
            fields.text("fill_column", &table.column(column));
            fields.add("value", value(it));
        }
        Operation::Execute(it) => fields.sql("execute", it),
        Operation::Run { command } => fields.texts("run", command),
    }
    fields
}

fn change(fields: &mut Fields, table: &Name, change: &TableChange) {
    use TableChange::*;
    match change {
        AddColumn(it) => lone_column(fields, "add_column", table, it),
        DropColumn(it) => lone_column(fields, "drop_column", table, it),
        RenameColumn { from, to } => {
            fields.text("rename_column", &table.column(from));
            fields.text("to", &Name::new(to).to_string());
        }
        AlterColumn { from, to } => {
            fields.text("alter_column", &table.column(&from.name));
            for (key, side) in [("from", from), ("to", to)] {
                let mut inner = Fields::default();
                column(&mut inner, side, false);
                fields.add(key, Node::Table(inner.0));
            }
        }
        AddIndex(it) => index(fields, "create_index", table, it),
        DropIndex(it) => index(fields, "drop_index", table, it),
        AddUnique(it) => {
            constraint(fields, "create_unique", table, &it.name, |fields| unique(fields, it));
        }
        DropUnique(it) => {
            constraint(fields, "drop_unique", table, &it.name, |fields| unique(fields, it));
        }
        AddForeignKey(it) => constraint(fields, "create_foreign_key", table, &it.name, |fields| {
            foreign_key(fields, it);
        }),
        DropForeignKey(it) => constraint(fields, "drop_foreign_key", table, &it.name, |fields| {
            foreign_key(fields, it);
        }),
        AddCheck(it) => {
            constraint(fields, "create_check", table, &it.name, |fields| check(fields, it));
        }
        DropCheck(it) => {
            constraint(fields, "drop_check", table, &it.name, |fields| check(fields, it));
        }
        AddPrimaryKey(it) => constraint(fields, "create_primary_key", table, &it.name, |fields| {
            primary_key(fields, it);
        }),
        DropPrimaryKey(it) => constraint(fields, "drop_primary_key", table, &it.name, |fields| {
            primary_key(fields, it);
        }),
        SetComment { from, to } => {
            fields.text("comment_table", &table.to_string());
            fields.optional_text("from", from);
            fields.optional_text("to", to);
        }
        SetOption { name, from, to } => {
            fields.text("set_option", name);
            fields.text("table", &table.to_string());
            for (key, side) in [("from", from), ("to", to)] {
                if let Some(side) = side {
                    fields.add(key, option_value(side));
                }
            }
        }
    }
}

fn object(fields: &mut Fields, verb: &str, object: &Object) {
    let name = match object {
        Object::Extension(it) => it.name.clone(),
        Object::Namespace(it) => it.name.clone(),
        _ => object.name().to_string(),
    };
    fields.text(&format!("{verb}_{}", object.word()), &name);
    identity(fields, object);
    object_body(fields, object);
}

/// What tells a definition from others of its name.
fn identity(fields: &mut Fields, object: &Object) {
    if let Object::Definition(it) = object {
        fields.text("kind", &it.kind);
        fields.optional_text("table", &it.table.as_ref().map(Name::to_string));
    }
}

/// What an object is, but for its kind and name.
fn object_body(fields: &mut Fields, object: &Object) {
    match object {
        Object::Namespace(_) => {}
        Object::Extension(it) => {
            fields.optional_text("schema", &it.schema);
            fields.optional_text("version", &it.version);
        }
        Object::Enum(it) => fields.texts("values", &it.values),
        Object::Sequence(it) => {
            if let Some(it) = &it.ty {
                fields.add("type", ty(it));
            }
            sequence_options(fields, &it.options);
        }
        Object::Function(it) => {
            if !it.arguments.is_empty() {
                fields.text("arguments", &it.arguments);
            }
            fields.sql("definition", &it.definition);
        }
        Object::View(it) => {
            fields.sql("definition", &it.definition);
            fields.options(&it.options);
        }
        Object::Trigger(it) => {
            fields.text("table", &it.table.to_string());
            fields.sql("definition", &it.definition);
        }
        Object::Definition(it) => fields.sql("definition", &it.definition),
    }
}

fn replace(fields: &mut Fields, from: &Object, to: &Object) {
    let verb = match from {
        Object::Sequence(_) | Object::Extension(_) => "alter",
        _ => "replace",
    };
    fields.text(
        &format!("{verb}_{}", from.word()),
        &match from {
            Object::Extension(it) => it.name.clone(),
            _ => from.name().to_string(),
        },
    );
    identity(fields, from);
    for (key, side) in [("from", from), ("to", to)] {
        let mut inner = Fields::default();
        object_body(&mut inner, side);
        fields.add(key, Node::Table(inner.0));
    }
}

fn alter_enum(fields: &mut Fields, from: &Enum, to: &Enum, renamed: &[(String, String)]) {
    fields.text("alter_enum", &from.name.to_string());
    fields.texts("from", &from.values);
    fields.texts("to", &to.values);
    if !renamed.is_empty() {
        let pairs = renamed.iter().map(|(old, new)| (old.clone(), Node::Text(new.clone())));
        fields.add("rename", Node::Table(pairs.collect()));
    }
}
