//! The text of a document: a paragraph a model, a line a column.

use super::Entry;
use crate::document::write::{Node, key, write_field};

/// A list of keys whose `=` stand below each other has none that is longer.
const WIDEST: usize = 24;

/// Everything, with a blank line between what does not belong together.
pub(super) fn text(entries: &[Entry]) -> String {
    let mut out = String::new();
    let mut open = None;
    for entry in entries {
        let name = key(&entry.key);
        match (&entry.body, entry.section) {
            (Node::Table(fields), None) => model(&mut out, &name, fields),
            (Node::Table(fields), Some(section)) => {
                header(&mut out, &format!("[{section}.{name}]"));
                fields.iter().for_each(|(name, node)| write_field(&mut out, &key(name), node));
            }
            (node, section) => {
                if open != section {
                    header(&mut out, &format!("[{}]", section.unwrap_or_default()));
                }
                write_field(&mut out, &name, node);
                open = section;
                continue;
            }
        }
        open = None;
    }
    out
}

fn header(out: &mut String, header: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(header);
    out.push('\n');
}

fn model(out: &mut String, name: &str, fields: &[(String, Node)]) {
    let is_part =
        |(key, node): &&(String, Node)| key == "columns" || matches!(node, Node::Lines(_));
    let (parts, own): (Vec<_>, Vec<_>) = fields.iter().partition(is_part);
    if !own.is_empty() {
        header(out, &format!("[{name}]"));
        own.iter().for_each(|(field, node)| write_field(out, &key(field), node));
    }
    for (part, node) in parts {
        match node {
            Node::Table(columns) => {
                header(out, &format!("[{name}.{part}]"));
                lines(out, columns);
            }
            Node::Lines(items) => {
                for item in items {
                    header(out, &format!("[[{name}.{part}]]"));
                    if let Node::Table(fields) = item {
                        fields.iter().for_each(|(field, node)| write_field(out, &key(field), node));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Columns with their `=` below each other.
fn lines(out: &mut String, columns: &[(String, Node)]) {
    let width = |name: &str| name.chars().count();
    let widths = columns.iter().map(|(name, _)| width(&key(name)));
    let widest = widths.filter(|it| *it <= WIDEST).max().unwrap_or_default();
    for (name, node) in columns {
        let name = key(name);
        let blanks = match node.has_lines() {
            true => 0,
            false => widest.saturating_sub(width(&name)),
        };
        write_field(out, &format!("{name}{}", " ".repeat(blanks)), node);
    }
}
