//! Reading the head of a script of operations.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};
use chrono::{DateTime, FixedOffset};

use crate::document::{Fields, Item, Reader};
use crate::script::header::{
    Names, check_behaviour, check_ends, check_names, check_revision_id, message_lines,
};
use crate::script::{Header, Located, Places};

/// The head of a document, its comment on top included.
pub(in crate::script::toml) fn read(reader: &Reader, document: &DeTable) -> Option<Located> {
    let source = reader.source();
    let start = source.text.find(|c: char| !c.is_whitespace() && c != '\u{feff}');
    let first_line = start.map_or(0..0, |start| {
        start..start + source.text[start..].lines().next().unwrap_or_default().len()
    });
    let fields = Fields::new(reader, document, first_line, "the script");
    let mut header = Header { message: message(&source.text), ..Header::default() };
    let mut places = Places::default();
    if let Some(item) = fields.required("revision", "\"e517276bb1c2\"")
        && let Some(revision) = reader.text(item, "`revision`")
    {
        if let Err(error) = check_revision_id(&revision) {
            reader.mistake(item.span(), error.to_string(), error.hint());
        }
        header.revision = revision;
        places.revision = item.span();
    }
    let parents = fields.required("down_revision", "[]");
    places.parents = parents.map_or(0..0, |item| item.span());
    (header.down_revision, places.down_revision) =
        names(&fields, parents, "down_revision", Names::Parents);
    let labels = fields.get("branch_labels");
    (header.branch_labels, places.branch_labels) =
        names(&fields, labels, "branch_labels", Names::Labels);
    let dependencies = fields.get("depends_on");
    (header.depends_on, places.depends_on) =
        names(&fields, dependencies, "depends_on", Names::Dependencies);
    let replaced = fields.get("replaces");
    (header.replaces, places.replaces) = names(&fields, replaced, "replaces", Names::Replaced);
    let ends = fields.get("ends");
    (header.ends, places.ends) = names(&fields, ends, "ends", Names::Replaced);
    check_ends(&header, &places, |span, message, hint| reader.mistake(span, message, hint));
    header.created = fields.get("created").and_then(|item| created(reader, item));
    header.behaviour = fields.get("limbeck").and_then(|item| behaviour(reader, item));
    header.dialect = fields.get("dialect").and_then(|item| dialect(reader, item));
    header.no_transaction = match fields.get("transaction") {
        Some(item) => reader.boolean(item, "`transaction`") == Some(false),
        None => false,
    };
    header.irreversible = fields.get("irreversible").and_then(|item| irreversible(reader, item));
    fields.get("upgrade");
    fields.get("downgrade");
    fields.finish();
    Some(Located { header, source: source.clone(), places, whole: None })
}

/// The comment on top of the file.
fn message(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map_while(|line| line.strip_prefix('#'));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    message_lines(&lines.join("\n")).join("\n")
}

/// One name or an array of names.
fn names(
    fields: &Fields,
    item: Option<&Item>,
    key: &str,
    rule: Names,
) -> (Vec<String>, Vec<Range<usize>>) {
    let Some(item) = item else { return Default::default() };
    let reader = fields.reader;
    let names = match item.get_ref() {
        DeValue::String(text) => vec![(text.to_string(), item.span())],
        DeValue::Array(_) => reader.texts(item, format_args!("`{key}`")).unwrap_or_default(),
        _ => {
            reader.wrong_type(item, format_args!("`{key}`"), "a string or an array of strings");
            Vec::new()
        }
    };
    check_names(&names, &rule, |span, message, hint| reader.mistake(span, message, hint));
    names.into_iter().unzip()
}

fn created(reader: &Reader, item: &Item) -> Option<DateTime<FixedOffset>> {
    let hint = || Some("write it like `2026-11-20T10:14:03Z`".to_owned());
    let Some(written) = item.get_ref().as_datetime() else {
        reader.wrong_type(item, "`created`", "a date and time");
        return None;
    };
    let mut written = *written;
    if let Some(time) = &mut written.time {
        time.second.get_or_insert(0);
    }
    let read = DateTime::parse_from_rfc3339(&written.to_string());
    if read.is_err() {
        let message = "`created` must be a date and time with its offset";
        reader.mistake(item.span(), message, hint());
    }
    read.ok()
}

fn behaviour(reader: &Reader, item: &Item) -> Option<u32> {
    match check_behaviour(reader.integer(item, "`limbeck`")?) {
        Ok(behaviour) => Some(behaviour),
        Err((message, hint)) => {
            reader.mistake(item.span(), message, Some(hint));
            None
        }
    }
}

fn dialect(reader: &Reader, item: &Item) -> Option<String> {
    let name = reader.text(item, "`dialect`")?;
    reader.is_dialect(&name, item.span()).then_some(name)
}

fn irreversible(reader: &Reader, item: &Item) -> Option<String> {
    let why = reader.text(item, "`irreversible`")?;
    if why.trim().is_empty() {
        let hint = "say why there is no way back; `downgrade` shows it".to_owned();
        reader.mistake(item.span(), "`irreversible` gives no reason", Some(hint));
    }
    Some(why)
}
