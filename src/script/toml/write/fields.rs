//! The keys of an entry with their values, in the order in which they are written.

use super::node::Node;
use crate::schema::{Literal, OptionValue, Options, SequenceOptions, Sql, Value};

/// Keys with their values, in the order in which they are written.
#[derive(Default)]
pub(super) struct Fields(pub(super) Vec<(String, Node)>);

impl Fields {
    pub(super) fn add(&mut self, key: &str, node: Node) {
        self.0.push((key.to_owned(), node));
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.add(key, Node::Text(text.to_owned()));
    }

    pub(super) fn optional_text(&mut self, key: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    pub(super) fn texts(&mut self, key: &str, texts: &[String]) {
        self.add(key, Node::texts(texts));
    }

    /// A key that is only written when it holds.
    pub(super) fn flag(&mut self, key: &str, holds: bool) {
        if holds {
            self.add(key, boolean(true));
        }
    }

    pub(super) fn integer(&mut self, key: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.add(key, Node::Bare(number.to_string()));
        }
    }

    pub(super) fn sql(&mut self, key: &str, piece: &Sql) {
        self.add(key, sql(piece));
    }

    pub(super) fn options(&mut self, options: &Options) {
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
    pub(super) fn tables<T>(&mut self, key: &str, items: &[T], write: impl Fn(&T) -> Fields) {
        if !items.is_empty() {
            let items = items.iter().map(|item| Node::Table(write(item).0));
            self.add(key, Node::Lines(items.collect()));
        }
    }
}

pub(super) fn sequence_options(fields: &mut Fields, options: &SequenceOptions) {
    fields.integer("start", options.start);
    fields.integer("increment", options.increment);
    fields.integer("min", options.min);
    fields.integer("max", options.max);
    fields.integer("cache", options.cache);
    fields.flag("cycle", options.cycle);
}

pub(super) fn boolean(it: bool) -> Node {
    Node::Bare(it.to_string())
}

pub(super) fn value(value: &Value) -> Node {
    match value {
        Value::Literal(Literal::Boolean(it)) => boolean(*it),
        Value::Literal(Literal::Integer(it)) => Node::Bare(it.to_string()),
        // Debug writes what reads back as the same number, and never as an integer.
        Value::Literal(Literal::Float(it)) => Node::Bare(format!("{it:?}")),
        Value::Literal(Literal::Text(it)) => Node::Text(it.clone()),
        Value::Expression(it) => Node::Table(vec![("sql".to_owned(), sql(it))]),
    }
}

pub(super) fn option_value(value: &OptionValue) -> Node {
    match value {
        OptionValue::Boolean(it) => boolean(*it),
        OptionValue::Integer(it) => Node::Bare(it.to_string()),
        OptionValue::Text(it) => Node::Text(it.clone()),
    }
}

pub(super) fn sql(sql: &Sql) -> Node {
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
