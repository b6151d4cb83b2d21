//! One column of a model.

use super::Surroundings;
use crate::document::write::{self, Fields, Node, boolean, sequence_options};
use crate::models::expression::misspelt;
use crate::models::toml::takes;
use crate::schema::{
    Action, Column, Deferrable, ForeignKey, Identity, Literal, Options, Sql, Table, Type, Value,
};

/// What a column says of the keys, indexes and checks of its table.
#[derive(Clone, Default)]
pub(super) struct Members<'a> {
    pub(super) primary_key: bool,
    /// An index of it alone, and whether it is unique.
    pub(super) index: Option<bool>,
    pub(super) unique: bool,
    pub(super) reference: Option<&'a ForeignKey>,
    pub(super) check: Option<&'a Sql>,
}

/// A column: its type alone where there is nothing else to say.
pub(super) fn column(
    table: &Table,
    column: &Column,
    members: &Members,
    around: &Surroundings,
) -> Node {
    let mut fields = Fields::default();
    fields.add("type", ty(&column.ty, around));
    fields.flag("primary_key", members.primary_key);
    let numbered = table.numbers_itself(column);
    identity(&mut fields, column, numbered);
    let in_key = table.primary_key.as_ref().is_some_and(|it| it.columns.contains(&column.name));
    let nullable = !in_key && column.identity.is_none();
    if column.nullable != nullable && !in_key {
        fields.add("nullable", boolean(column.nullable));
    }
    if let Some(it) = &column.default {
        fields.add("default", write::value(&default(&column.ty, it, table, around)));
    }
    if let Some(it) = &column.generated {
        let mut inner = Fields::default();
        inner.sql("sql", &expression(&it.expression, table, around));
        inner.flag("stored", it.stored);
        fields.add("generated", Node::Table(inner.0));
    }
    fields.optional_text("collation", &column.collation);
    if let Some(key) = members.reference {
        fields.add("references", target(key));
        rules(&mut fields, key);
    }
    fields.flag("index", members.index.is_some());
    fields.flag("unique", members.unique || members.index == Some(true));
    if let Some(check) = members.check {
        fields.sql("check", &expression(check, table, around));
    }
    fields.optional_text("comment", &column.comment);
    options(&mut fields, &column.options);
    match &fields.0[..] {
        [(_, Node::Text(ty))] => Node::Text(ty.clone()),
        _ => Node::Table(fields.0),
    }
}

/// A type. A shared enum that no model declares is called as the dialect calls it.
fn ty(ty: &Type, around: &Surroundings) -> Node {
    match ty {
        Type::SharedEnum(name) if !around.enums.contains(name) => {
            Node::Table(vec![(around.dialect.to_owned(), Node::Text(name.to_string()))])
        }
        _ => write::ty(ty),
    }
}

fn identity(fields: &mut Fields, column: &Column, numbered: bool) {
    match &column.identity {
        None if numbered => fields.add("autoincrement", boolean(false)),
        None => {}
        Some(it) if *it == Identity::default() && numbered => {}
        Some(it) if *it == Identity::default() && column.ty.is_integer() => {
            fields.flag("autoincrement", true);
        }
        Some(it) => {
            let mut inner = Fields::default();
            inner.flag("always", it.always);
            sequence_options(&mut inner, &it.options);
            fields.add("identity", Node::Table(inner.0));
        }
    }
}

/// A default. A literal that its type does not take, for which only some databases have a use, is
/// said as the expression that it is there.
fn default(ty: &Type, value: &Value, table: &Table, around: &Surroundings) -> Value {
    match value {
        Value::Literal(Literal::Text(text)) if !takes(ty, &Literal::Text(text.clone())) => {
            Value::Expression(Sql::new(format!("'{}'", text.replace('\'', "''"))))
        }
        Value::Literal(literal) if !takes(ty, literal) => {
            let text = match literal {
                Literal::Boolean(it) => it.to_string(),
                Literal::Integer(it) => it.to_string(),
                Literal::Float(it) => format!("{it:?}"),
                Literal::Text(it) => it.clone(),
            };
            Value::Expression(Sql::new(text))
        }
        Value::Expression(it) => Value::Expression(expression(it, table, around)),
        Value::Literal(_) => value.clone(),
    }
}

/// An expression. One with a word that is nearly a column is said to its dialect alone: what all
/// dialects are told is read with care for slips.
pub(super) fn expression(sql: &Sql, table: &Table, around: &Surroundings) -> Sql {
    let columns: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    match (&sql.text, misspelt(sql, &columns)) {
        (Some(text), Some(_)) => {
            let mut dialects = sql.dialects.clone();
            dialects.entry(around.dialect.to_owned()).or_insert_with(|| text.clone());
            Sql { text: None, dialects }
        }
        _ => sql.clone(),
    }
}

/// What a foreign key refers to.
pub(super) fn target(key: &ForeignKey) -> Node {
    match &key.references[..] {
        [] => Node::Text(key.table.to_string()),
        [column] => Node::Text(key.table.column(column)),
        columns => {
            let mut inner = Fields::default();
            inner.text("table", &key.table.to_string());
            inner.texts("columns", columns);
            Node::Table(inner.0)
        }
    }
}

/// What a foreign key does, and when.
pub(super) fn rules(fields: &mut Fields, key: &ForeignKey) {
    for (name, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        if action != Action::default() {
            fields.text(name, &action.to_string());
        }
    }
    fields.optional_text("match", &key.matching);
    deferrable(fields, key.deferrable);
}

/// When a constraint is checked.
pub(super) fn deferrable(fields: &mut Fields, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable { initially: false }) => fields.flag("deferrable", true),
        Some(Deferrable { initially: true }) => fields.text("deferrable", "initially deferred"),
    }
}

/// What only one dialect knows: a table for each, beside the other keys.
pub(super) fn options(fields: &mut Fields, options: &Options) {
    let mut all = Fields::default();
    all.options(options);
    if let Some((_, Node::Table(dialects))) = all.0.pop() {
        fields.0.extend(dialects);
    }
}
