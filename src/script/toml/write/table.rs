//! Writing tables, their columns, constraints and indexes.

use crate::document::write::{Fields, Node, boolean, index_column, sequence_options, ty, value};
use crate::schema::{
    Action, Check, Column, Deferrable, ForeignKey, Identity, Index, Name, PrimaryKey, Table, Unique,
};

pub(super) fn table(fields: &mut Fields, word: &str, table: &Table) {
    fields.text(word, &table.name.to_string());
    let columns = table.columns.iter().map(|it| {
        let mut inner = Fields::default();
        inner.text("name", &it.name);
        column(&mut inner, it, table.numbers_itself(it));
        Node::Table(inner.0)
    });
    fields.add("columns", Node::Lines(columns.collect()));
    if let Some(key) = &table.primary_key {
        let mut inner = named(&key.name);
        primary_key(&mut inner, key);
        fields.add("primary_key", Node::Table(inner.0));
    }
    fields.tables("unique", &table.uniques, |it| {
        let mut inner = named(&it.name);
        unique(&mut inner, it);
        inner
    });
    fields.tables("foreign_keys", &table.foreign_keys, |it| {
        let mut inner = named(&it.name);
        foreign_key(&mut inner, it);
        inner
    });
    fields.tables("checks", &table.checks, |it| {
        let mut inner = named(&it.name);
        check(&mut inner, it);
        inner
    });
    fields.optional_text("comment", &table.comment);
    fields.options(&table.options);
}

fn named(name: &Option<String>) -> Fields {
    let mut fields = Fields::default();
    fields.optional_text("name", name);
    fields
}

pub(super) fn lone_column(fields: &mut Fields, word: &str, table: &Name, it: &Column) {
    fields.text(word, &table.column(&it.name));
    column(fields, it, false);
}

/// What a column is, but for its name. `numbered` says that it numbers itself unless it says
/// otherwise.
pub(super) fn column(fields: &mut Fields, column: &Column, numbered: bool) {
    fields.add("type", ty(&column.ty));
    if !column.nullable {
        fields.add("nullable", boolean(false));
    }
    if let Some(default) = &column.default {
        fields.add("default", value(default));
    }
    if let Some(generated) = &column.generated {
        let mut inner = Fields::default();
        inner.sql("expression", &generated.expression);
        inner.flag("stored", generated.stored);
        fields.add("generated", Node::Table(inner.0));
    }
    match &column.identity {
        None if numbered => fields.add("autoincrement", boolean(false)),
        None => {}
        Some(identity) if *identity == Identity::default() => {
            fields.flag("autoincrement", !numbered)
        }
        Some(identity) => {
            let mut inner = Fields::default();
            inner.flag("always", identity.always);
            sequence_options(&mut inner, &identity.options);
            fields.add("identity", Node::Table(inner.0));
        }
    }
    fields.optional_text("collation", &column.collation);
    fields.optional_text("comment", &column.comment);
    fields.options(&column.options);
}

pub(super) fn constraint(
    fields: &mut Fields,
    word: &str,
    table: &Name,
    name: &Option<String>,
    write: impl Fn(&mut Fields),
) {
    fields.text(word, name.as_deref().unwrap_or_default());
    fields.text("table", &table.to_string());
    write(fields);
}

pub(super) fn primary_key(fields: &mut Fields, key: &PrimaryKey) {
    fields.texts("columns", &key.columns);
    fields.options(&key.options);
}

pub(super) fn unique(fields: &mut Fields, unique: &Unique) {
    fields.texts("columns", &unique.columns);
    deferrable(fields, unique.deferrable);
    fields.options(&unique.options);
}

pub(super) fn check(fields: &mut Fields, check: &Check) {
    fields.sql("expression", &check.expression);
    fields.options(&check.options);
}

pub(super) fn foreign_key(fields: &mut Fields, key: &ForeignKey) {
    fields.texts("columns", &key.columns);
    let mut target = Fields::default();
    target.text("table", &key.table.to_string());
    if !key.references.is_empty() {
        target.texts("columns", &key.references);
    }
    fields.add("references", Node::Table(target.0));
    for (name, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        if action != Action::default() {
            fields.text(name, &action.to_string());
        }
    }
    fields.optional_text("match", &key.matching);
    deferrable(fields, key.deferrable);
    fields.options(&key.options);
}

fn deferrable(fields: &mut Fields, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable { initially: false }) => fields.text("deferrable", "immediate"),
        Some(Deferrable { initially: true }) => fields.text("deferrable", "deferred"),
    }
}

pub(super) fn index(fields: &mut Fields, word: &str, table: &Name, index: &Index) {
    fields.text(word, &index.name);
    fields.text("table", &table.to_string());
    fields.add("columns", Node::List(index.columns.iter().map(index_column).collect()));
    fields.flag("unique", index.unique);
    if let Some(predicate) = &index.predicate {
        fields.sql("where", predicate);
    }
    if !index.include.is_empty() {
        fields.texts("include", &index.include);
    }
    fields.optional_text("using", &index.using);
    fields.optional_text("comment", &index.comment);
    fields.options(&index.options);
}
