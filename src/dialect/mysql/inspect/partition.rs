//! How tables are parted.

use std::collections::BTreeMap;

use super::super::options::PARTITION_BY;
use super::super::text::{literal, quote};
use super::expression::{plain, unescaped};
use super::{Catalogue, Fields, Found, TABLES, set_text, shown};
use crate::dialect::DbError;
use crate::schema::Name;

/// Reads how the tables are parted, where one may be.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    if found.parted.is_empty() {
        return Ok(());
    }
    let mut tables: BTreeMap<Name, Vec<Row>> = BTreeMap::new();
    // MariaDB opens each table that it is asked about.
    let own = catalogue.is_mariadb().then(|| {
        let names: Vec<_> = found.parted.iter().map(|it| it.name.clone()).collect();
        let literals: Vec<_> = names.iter().map(|it| literal(catalogue.dialect.mode, it)).collect();
        format!(" AND table_name IN ({})", literals.join(", "))
    });
    let sql = include_str!("partitions.sql").trim_end();
    let sql = format!("{sql}{}\n", own.unwrap_or_default());
    for fields in catalogue.rows(&sql, &TABLES)? {
        let row = Row::read(catalogue, fields);
        tables.entry(row.table.clone()).or_default().push(row);
    }
    for (name, mut rows) in tables {
        rows.sort_by_key(|it| (it.number, it.subnumber));
        if !found.tables.contains_key(&name) {
            continue;
        }
        let text = match is_told(catalogue, &rows) {
            true => text(&rows),
            false => shown::partitioning(catalogue, &name)?,
        };
        if let Some(table) = found.table(&name) {
            set_text(&mut table.options, PARTITION_BY, text);
        }
    }
    Ok(())
}

/// A row of the query: a part, or a part of one.
struct Row {
    table: Name,
    number: u32,
    subnumber: u32,
    name: String,
    subname: Option<String>,
    method: String,
    submethod: Option<String>,
    expression: String,
    subexpression: String,
    description: Option<String>,
    comment: String,
}

impl Row {
    fn read(catalogue: &Catalogue, mut fields: Fields) -> Row {
        Row {
            table: catalogue.name(&fields.text(), &fields.text()),
            number: fields.number(),
            subnumber: fields.number(),
            name: fields.text(),
            subname: fields.optional(),
            method: fields.text(),
            submethod: fields.optional(),
            expression: unescaped(catalogue, fields.text()),
            subexpression: unescaped(catalogue, fields.text()),
            description: fields.optional(),
            comment: fields.text(),
        }
    }

    /// The whole part, or the part of one, without what is in it.
    fn describe(&self, words: &str, name: &str, with_values: bool) -> String {
        let mut text = format!("{words} {}", quote(name));
        if with_values {
            text.push_str(&self.values());
        }
        if !self.comment.is_empty() {
            let comment = literal(Default::default(), &self.comment);
            text.push_str(&format!(" COMMENT = {comment}"));
        }
        text
    }

    /// Which rows are in it.
    fn values(&self) -> String {
        let is_of = |method: &str| self.method.starts_with(method);
        match self.description.as_deref() {
            Some("MAXVALUE") if self.method == "RANGE" => " VALUES LESS THAN MAXVALUE".to_owned(),
            Some(values) if is_of("RANGE") => format!(" VALUES LESS THAN ({values})"),
            Some(values) if is_of("LIST") => format!(" VALUES IN ({values})"),
            _ => String::new(),
        }
    }
}

/// Whether the rows tell all. They do not tell when a table of MariaDB that keeps the rows that were
/// begins a new part, and its part for all other values looks like the one for 0.
fn is_told(catalogue: &Catalogue, rows: &[Row]) -> bool {
    let is_zero =
        |it: &Row| it.method.starts_with("LIST") && it.description.as_deref() == Some("0");
    !catalogue.is_mariadb() || !rows.iter().any(|it| it.method == "SYSTEM_TIME" || is_zero(it))
}

/// How a table with these parts is parted.
fn text(rows: &[Row]) -> Option<String> {
    let first = rows.first()?;
    let mut text = first.method.clone();
    text.push_str(&format!(" ({})", plain(&first.expression)));
    if let Some(method) = &first.submethod {
        text.push_str(&format!(" SUBPARTITION BY {method} ({})", plain(&first.subexpression)));
    }
    let parts: Vec<&[Row]> = rows.chunk_by(|a, b| a.number == b.number).collect();
    if is_counted(&first.method) && is_named_by_number(&parts) {
        text.push_str(&format!(" PARTITIONS {}", parts.len()));
        return Some(text);
    }
    let parts: Vec<_> = parts.into_iter().map(part).collect();
    text.push_str(&format!(" ({})", parts.join(", ")));
    Some(text)
}

/// Whether parts are told apart by a number alone.
fn is_counted(method: &str) -> bool {
    method.ends_with("HASH") || method.ends_with("KEY")
}

/// Whether the parts are called as the server calls them.
fn is_named_by_number(parts: &[&[Row]]) -> bool {
    let is = |(at, rows): (usize, &&[Row])| {
        rows.iter().all(|it| it.name == format!("p{at}") && it.comment.is_empty())
    };
    parts.iter().enumerate().all(is)
}

/// One part with the parts of it.
fn part(rows: &[Row]) -> String {
    let [first, ..] = rows else { return String::new() };
    if first.subname.is_none() {
        return first.describe("PARTITION", &first.name, true);
    }
    let part = |row: &Row| {
        let name = row.subname.as_deref().unwrap_or_default();
        row.describe("SUBPARTITION", name, false)
    };
    let parts: Vec<_> = rows.iter().map(part).collect();
    let head = format!("PARTITION {}{}", quote(&first.name), first.values());
    format!("{head} ({})", parts.join(", "))
}
