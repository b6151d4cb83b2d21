//! Indexes, with those behind primary keys and unique constraints.

use std::collections::HashMap;

use super::super::options::{ENGINE, INVISIBLE, LENGTHS, PARSER, text};
use super::column::is_own_key;
use super::expression::{plain, unescaped};
use super::{Catalogue, Fields, Found, TABLES, comment, set_flag, set_text, shown};
use crate::dialect::DbError;
use crate::schema::{
    ForeignKey, Index, IndexColumn, IndexKey, Name, Options, PrimaryKey, Sql, Table, Unique,
};

/// Reads the indexes. The columns and the foreign keys are there.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let hidden = match catalogue.is_mariadb() {
        true => "ignored = 'YES'",
        false => "is_visible = 'NO'",
    };
    let expression = if catalogue.is_mysql_since(80_013) { "expression" } else { "NULL" };
    let sql = include_str!("indexes.sql");
    let sql = sql.replace("{hidden}", hidden).replace("{expression}", expression);
    let mut all: Vec<Entry> = Vec::new();
    let mut places: HashMap<(Name, String), usize> = HashMap::new();
    let mut rows: Vec<_> =
        catalogue.rows(&sql, &TABLES)?.map(|it| Row::read(catalogue, it)).collect();
    rows.sort_by_key(|it| it.number);
    for row in rows {
        let key = (row.table.clone(), row.name.clone());
        let at = *places.entry(key).or_insert(all.len());
        if at == all.len() {
            all.push(Entry::new(&row));
        }
        if let Some(entry) = all.get_mut(at) {
            entry.push(row);
        }
    }
    for entry in all {
        entry.add(found);
    }
    let is_text = |it: &Table| it.indexes.iter().any(|it| it.using.as_deref() == Some("fulltext"));
    let searched = found.schema.tables.iter().filter(|it| is_text(it));
    let searched: Vec<Name> = searched.map(|it| it.name.clone()).collect();
    for name in searched {
        let parsers = shown::parsers(catalogue, &name)?;
        let table = found.table(&name);
        for index in table.into_iter().flat_map(|it| &mut it.indexes) {
            let parser = parsers.iter().find(|(it, _)| *it == index.name);
            set_text(&mut index.options, PARSER, parser.map(|(_, parser)| parser.clone()));
        }
    }
    Ok(())
}

/// A row of the query: one key of an index.
struct Row {
    table: Name,
    name: String,
    number: u32,
    is_unique: bool,
    column: Option<String>,
    is_descending: bool,
    length: Option<u32>,
    /// In lower case.
    method: String,
    comment: String,
    is_hidden: bool,
    expression: Option<String>,
}

impl Row {
    fn read(catalogue: &Catalogue, mut fields: Fields) -> Row {
        Row {
            table: catalogue.name(&fields.text(), &fields.text()),
            name: fields.text(),
            number: fields.number(),
            is_unique: fields.is("0"),
            column: fields.optional(),
            is_descending: fields.is("D"),
            length: fields.optional_number(),
            method: fields.text().to_lowercase(),
            comment: fields.text(),
            is_hidden: fields.is("1"),
            expression: fields.optional().map(|it| plain(&unescaped(catalogue, it))),
        }
    }
}

/// An index, its keys one after the other.
struct Entry {
    table: Name,
    index: Index,
    lengths: Vec<Option<u32>>,
}

impl Entry {
    fn new(row: &Row) -> Entry {
        let mut options = Options::new();
        set_flag(&mut options, INVISIBLE, row.is_hidden);
        let index = Index {
            name: row.name.clone(),
            unique: row.is_unique,
            using: Some(row.method.clone()),
            comment: comment(row.comment.clone()),
            options,
            ..Index::default()
        };
        Entry { table: row.table.clone(), index, lengths: Vec::new() }
    }

    fn push(&mut self, row: Row) {
        let key = match (row.column, row.expression) {
            (_, Some(text)) => IndexKey::Expression(Sql::new(text)),
            (name, None) => IndexKey::Column(name.unwrap_or_default()),
        };
        let column = IndexColumn { key, descending: row.is_descending, ..IndexColumn::new("") };
        self.index.columns.push(column);
        // The length of a key of places says nothing.
        self.lengths.push(row.length.filter(|_| row.method != "spatial"));
    }

    fn add(mut self, found: &mut Found) {
        let Some(table) = found.table(&self.table) else { return };
        let index = &mut self.index;
        if self.lengths.iter().any(Option::is_some) {
            let word = |it: &Option<u32>| it.map_or("-".to_owned(), |it| it.to_string());
            let lengths: Vec<_> = self.lengths.iter().map(word).collect();
            set_text(&mut index.options, LENGTHS, Some(lengths.join(", ")));
        }
        let ordinary = method(table, index);
        index.using = index.using.take().filter(|it| it != ordinary);
        if index.name == "PRIMARY" {
            let columns = names(index);
            let options = self.index.options;
            let key = PrimaryKey { name: None, columns, options };
            let is_own = is_own_key(&mut table.columns, &key);
            table.primary_key = (!is_own).then_some(key);
        } else if is_constraint(index) {
            let (columns, options) = (names(index), self.index.options);
            let name = Some(self.index.name);
            table.uniques.push(Unique { name, columns, deferrable: None, options });
        } else if !is_implied(index, &table.foreign_keys) {
            table.indexes.push(self.index);
        }
    }
}

/// The method of an index that says nothing of it.
fn method(table: &Table, index: &Index) -> &'static str {
    let engine = text(&table.options, ENGINE).unwrap_or_default();
    let is_memory = engine.eq_ignore_ascii_case("memory");
    match index.using.as_deref() {
        // A unique constraint on long texts MariaDB keeps by hash values of its own.
        Some("hash") if is_memory || index.unique => "hash",
        _ if is_memory => "hash",
        _ => "btree",
    }
}

/// The names of the columns of an index.
fn names(index: &Index) -> Vec<String> {
    let name = |it: &IndexColumn| match &it.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expression(_) => None,
    };
    index.columns.iter().filter_map(name).collect()
}

/// Whether an index is a unique constraint and nothing else: a constraint has no order, no
/// expressions, no comment and no method, and nobody hides it.
fn is_constraint(index: &Index) -> bool {
    let is_plain = |it: &IndexColumn| matches!(it.key, IndexKey::Column(_)) && !it.descending;
    index.unique
        && index.columns.iter().all(is_plain)
        && index.using.is_none()
        && index.comment.is_none()
        && !index.options.contains_key(INVISIBLE)
}

/// Whether an index is the one that the server keeps for a foreign key, and bears its name.
pub(in crate::dialect::mysql) fn is_implied(index: &Index, foreign_keys: &[ForeignKey]) -> bool {
    let columns = names(index);
    is_bare(index)
        && foreign_keys
            .iter()
            .any(|key| key.name.as_ref() == Some(&index.name) && columns.starts_with(&key.columns))
}

/// Whether an index may be one that the server has made for a foreign key which nobody had named: it
/// bears the name of the first column.
pub(in crate::dialect::mysql) fn is_of_server(index: &Index, foreign_keys: &[ForeignKey]) -> bool {
    let columns = names(index);
    let serves = |it: &ForeignKey| it.columns.first() == Some(&index.name) && columns == it.columns;
    is_bare(index) && foreign_keys.iter().any(serves)
}

/// Whether a foreign key of the table has the name that the server gives to one without.
pub(in crate::dialect::mysql) fn is_named_by_server(table: &Name, key: &str) -> bool {
    key.starts_with(&format!("{}_ibfk_", table.name))
}

/// Whether nothing is said of an index but its columns.
fn is_bare(index: &Index) -> bool {
    !index.unique && index.using.is_none() && index.comment.is_none() && index.options.is_empty()
}
