//! TOML text: valid 1.0, one spelling for each value.

use std::fmt::Write;

use serde_json::Value as Json;

/// A value with how it is laid out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// A string on one line.
    Text(String),
    /// A string that may stand on several lines where there is room for them.
    Block(String),
    /// Text that is TOML already: a number, a boolean.
    Bare(String),
    /// An array on one line.
    List(Vec<Node>),
    /// An array with an element on each line.
    Lines(Vec<Node>),
    /// A table.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// A list of strings on one line.
    pub(crate) fn texts(texts: &[String]) -> Node {
        Node::List(texts.iter().cloned().map(Node::Text).collect())
    }

    /// Whether a text in it stands on several lines.
    pub(crate) fn has_lines(&self) -> bool {
        match self {
            Node::Block(text) => text.contains('\n'),
            Node::Table(fields) => fields.iter().any(|(_, node)| node.has_lines()),
            _ => false,
        }
    }

    /// The same value as JSON.
    pub(crate) fn json(&self) -> Json {
        match self {
            Node::Text(text) | Node::Block(text) => Json::String(text.clone()),
            // Numbers and booleans are written alike.
            Node::Bare(text) => serde_json::from_str(text).unwrap_or(Json::Null),
            Node::List(items) | Node::Lines(items) => items.iter().map(Node::json).collect(),
            Node::Table(fields) => {
                fields.iter().map(|(key, node)| (key.clone(), node.json())).collect()
            }
        }
    }
}

/// Writes `key = value` with a line end. A table with a text of several lines in it becomes a
/// line for each of its keys, since an inline table stands on one line.
pub(crate) fn write_field(out: &mut String, path: &str, node: &Node) {
    match node {
        Node::Table(fields) if node.has_lines() => {
            for (name, node) in fields {
                write_field(out, &format!("{path}.{}", key(name)), node);
            }
        }
        Node::Block(text) if text.contains('\n') => {
            let _ = writeln!(out, "{path} = {}", block(text));
        }
        Node::Lines(items) if !items.is_empty() => {
            let _ = writeln!(out, "{path} = [");
            for item in items {
                let _ = writeln!(out, "    {},", inline(item));
            }
            out.push_str("]\n");
        }
        _ => {
            let _ = writeln!(out, "{path} = {}", inline(node));
        }
    }
}

/// A value on one line.
pub(crate) fn inline(node: &Node) -> String {
    match node {
        Node::Text(text) | Node::Block(text) => string(text),
        Node::Bare(text) => text.clone(),
        Node::List(items) | Node::Lines(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Table(fields) if fields.is_empty() => "{}".to_owned(),
        Node::Table(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, node)| format!("{} = {}", key(name), inline(node)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// A key, in quotes where it needs them.
pub(crate) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { string(name) }
}

/// A basic string.
pub(crate) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            other => escaped(&mut out, other),
        }
    }
    out.push('"');
    out
}

/// A string on several lines: a literal one where that spares escapes, else a basic one.
fn block(text: &str) -> String {
    let plain = |c: char| c == '\n' || c == '\t' || !is_control(c);
    let literal = text.chars().all(plain) && !text.contains("'''") && !text.ends_with('\'');
    if literal && (text.contains('\\') || text.contains("\"\"\"")) {
        return format!("'''\n{text}'''");
    }
    let mut out = String::from("\"\"\"\n");
    let mut quotes = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            // The third of a row, or one before the closing quotes, would close the string.
            '"' if quotes == 3 || chars.peek().is_none() => {
                out.push_str("\\\"");
                quotes = 0;
            }
            '"' | '\n' | '\t' => out.push(c),
            other => escaped(&mut out, other),
        }
    }
    out.push_str("\"\"\"");
    out
}

/// A character other than a quote or a line end, within a basic string.
fn escaped(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        other if is_control(other) => {
            let _ = write!(out, "\\u{:04X}", u32::from(other));
        }
        other => out.push(other),
    }
}

/// What TOML wants escaped, and what a person could not see.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(node: &Node) -> String {
        let mut out = String::new();
        write_field(&mut out, "key", node);
        out
    }

    #[test]
    fn strings_come_back() {
        for text in [
            "",
            "plain",
            "a\"b",
            "\"\"\"",
            "a\n\"\"\"\"\"\nb\"",
            "a\n\"",
            "a\n\"\"",
            "\n",
            "\n\n",
            "a\r\nb",
            "a\rb\n",
            "a\\\nb",
            "a\\b\n'''",
            "a\\\n'",
            "a\t\u{0}\u{1f}\u{7f}\u{85}\u{feff}é\n",
            "  a  \n  b  ",
            "\u{202e}x",
        ] {
            for node in [Node::Text(text.to_owned()), Node::Block(text.to_owned())] {
                let toml = written(&node);
                let read: ::toml::Table = toml.parse().unwrap();
                assert_eq!(read["key"].as_str(), Some(text), "{toml}");
            }
        }
    }

    #[test]
    fn layout() {
        let text = |text: &str| Node::Text(text.to_owned());
        let block = |text: &str| Node::Block(text.to_owned());
        let pair = |key: &str, node: Node| (key.to_owned(), node);
        for (node, toml) in [
            (text("a\nb"), "key = \"a\\nb\"\n"),
            (block("a"), "key = \"a\"\n"),
            (block("a\nb"), "key = \"\"\"\na\nb\"\"\"\n"),
            (block("a\\d\nb"), "key = '''\na\\d\nb'''\n"),
            (Node::List(vec![]), "key = []\n"),
            (Node::Lines(vec![]), "key = []\n"),
            (Node::Lines(vec![text("a"), text("b")]), "key = [\n    \"a\",\n    \"b\",\n]\n"),
            (Node::Table(vec![]), "key = {}\n"),
            (
                Node::Table(vec![pair("a b", text("c")), pair("d", Node::Bare("1".into()))]),
                "key = { \"a b\" = \"c\", d = 1 }\n",
            ),
            (
                Node::Table(vec![pair("a", block("b\nc")), pair("", Node::Table(vec![]))]),
                "key.a = \"\"\"\nb\nc\"\"\"\nkey.\"\" = {}\n",
            ),
        ] {
            assert_eq!(written(&node), toml);
        }
    }
}
