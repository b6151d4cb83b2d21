//! The keys of an entry with their values, in the order in which they are written.

use super::node::Node;
use crate::schema::{
    IndexColumn, IndexKey, Literal, Nulls, OptionValue, Options, SequenceOptions, Sql, Type, Value,
};

/// Keys with their values, in the order in which they are written.
#[derive(Default)]
pub(crate) struct Fields(pub(crate) Vec<(String, Node)>);

impl Fields {
    pub(crate) fn add(&mut self, key: &str, node: Node) {
        self.0.push((key.to_owned(), node));
    }

    pub(crate) fn text(&mut self, key: &str, text: &str) {
        self.add(key, Node::Text(text.to_owned()));
    }

    pub(crate) fn optional_text(&mut self, key: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    pub(crate) fn texts(&mut self, key: &str, texts: &[String]) {
        self.add(key, Node::texts(texts));
    }

    /// A key that is only written when it holds.
    pub(crate) fn flag(&mut self, key: &str, holds: bool) {
        if holds {
            self.add(key, boolean(true));
        }
    }

    pub(crate) fn integer(&mut self, key: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.add(key, Node::Bare(number.to_string()));
        }
    }

    pub(crate) fn sql(&mut self, key: &str, piece: &Sql) {
        self.add(key, sql(piece));
    }

    pub(crate) fn options(&mut self, options: &Options) {
        if options.is_empty() {
            return;
        }
        let mut dialects: Vec<(String, Vec<(String, Node)>)> = Vec::new();
        for (name, value) in options {
            let (dialect, key) = name.split_once('.').unwrap_or((name, ""));
            let pair = (key.to_owned(), option_value(value));
            match dialects.iter_mut().find(|(it, _)| it == dialect) {
                Some((_, pairs)) => pairs.push(pair),
                None => dialects.push((dialect.to_owned(), vec![pair])),
            }
        }
        let dialects = dialects.into_iter().map(|(name, pairs)| (name, Node::Table(pairs)));
        self.add("options", Node::Table(dialects.collect()));
    }

    /// An array with a table on each line, unless there are none.
    pub(crate) fn tables<T>(&mut self, key: &str, items: &[T], write: impl Fn(&T) -> Fields) {
        if !items.is_empty() {
            let items = items.iter().map(|item| Node::Table(write(item).0));
            self.add(key, Node::Lines(items.collect()));
        }
    }
}

pub(crate) fn sequence_options(fields: &mut Fields, options: &SequenceOptions) {
    fields.integer("start", options.start);
    fields.integer("increment", options.increment);
    fields.integer("min", options.min);
    fields.integer("max", options.max);
    fields.integer("cache", options.cache);
    fields.flag("cycle", options.cycle);
}

pub(crate) fn boolean(it: bool) -> Node {
    Node::Bare(it.to_string())
}

pub(crate) fn value(value: &Value) -> Node {
    match value {
        Value::Literal(Literal::Boolean(it)) => boolean(*it),
        Value::Literal(Literal::Integer(it)) => Node::Bare(it.to_string()),
        // Debug writes what reads back as the same number, and never as an integer.
        Value::Literal(Literal::Float(it)) => Node::Bare(format!("{it:?}")),
        Value::Literal(Literal::Text(it)) => Node::Text(it.clone()),
        Value::Expression(it) => Node::Table(vec![("sql".to_owned(), sql(it))]),
    }
}

pub(crate) fn option_value(value: &OptionValue) -> Node {
    match value {
        OptionValue::Boolean(it) => boolean(*it),
        OptionValue::Integer(it) => Node::Bare(it.to_string()),
        OptionValue::Text(it) => Node::Text(it.clone()),
    }
}

pub(crate) fn sql(sql: &Sql) -> Node {
    match (&sql.text, sql.dialects.is_empty()) {
        (Some(text), true) => Node::Block(text.clone()),
        (text, _) => {
            let dialects =
                sql.dialects.iter().map(|(name, text)| (name.clone(), Node::Block(text.clone())));
            let default = text.iter().map(|text| ("default".to_owned(), Node::Block(text.clone())));
            Node::Table(dialects.chain(default).collect())
        }
    }
}

/// A type: its text, or a table of dialects.
pub(crate) fn ty(ty: &Type) -> Node {
    let Type::Native { dialects, default } = ty else { return Node::Text(ty.to_string()) };
    let mut fields = Fields::default();
    for (dialect, text) in dialects {
        fields.text(dialect, text);
    }
    if let Some(default) = default {
        fields.text("default", &default.to_string());
    }
    Node::Table(fields.0)
}

/// The column's text where it reads back to the letter, else a table.
pub(crate) fn index_column(column: &IndexColumn) -> Node {
    let text = column.to_string();
    let exact = |read: &IndexColumn| match (&read.key, &column.key) {
        (IndexKey::Expression(read), IndexKey::Expression(written)) => {
            read.text == written.text && written.dialects.is_empty()
        }
        _ => true,
    };
    if text.parse().is_ok_and(|read: IndexColumn| read == *column && exact(&read)) {
        return Node::Text(text);
    }
    let mut fields = Fields::default();
    match &column.key {
        IndexKey::Column(name) => fields.text("column", name),
        IndexKey::Expression(expression) => fields.sql("expression", expression),
    }
    fields.optional_text("collation", &column.collation);
    fields.flag("desc", column.descending);
    match column.nulls {
        None => {}
        Some(Nulls::First) => fields.text("nulls", "first"),
        Some(Nulls::Last) => fields.text("nulls", "last"),
    }
    Node::Table(fields.0)
}
