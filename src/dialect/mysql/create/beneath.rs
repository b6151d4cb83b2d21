//! The index beneath a foreign key, which the servers make where nothing else serves the key.

use super::list;
use crate::dialect::mysql::inspect::is_named_by_server;
use crate::dialect::mysql::options::LENGTHS;
use crate::dialect::mysql::text::quote;
use crate::schema::{ForeignKey, Index, IndexKey, Name, Table};

/// What the server calls the index: as the key, or as its first column where it has named the key, too.
pub(in crate::dialect::mysql) fn index_beneath<'a>(
    table: &Name,
    key: &'a ForeignKey,
    name: &'a str,
) -> &'a str {
    match key.columns.first() {
        Some(column) if is_named_by_server(table, name) => column,
        _ => name,
    }
}

/// The index for a key that is added with a name as the server gives it: left to itself the server
/// would call the index as the key. None is needed where another key of the table brings one.
pub(in crate::dialect::mysql) fn add_beneath<'k>(
    table: &Table,
    key: &ForeignKey,
    mut others: impl Iterator<Item = &'k ForeignKey>,
) -> Option<String> {
    let name = key.name.as_ref().filter(|name| is_named_by_server(&table.name, name))?;
    let is_there = serves(table, key) || others.any(|it| it.columns == key.columns);
    let index = index_beneath(&table.name, key, name);
    (!is_there).then(|| format!("INDEX {} ({})", quote(index), list(&key.columns)))
}

/// Whether one of the keys that the table is known to have serves a foreign key.
pub(in crate::dialect::mysql) fn serves(table: &Table, key: &ForeignKey) -> bool {
    let primary = table.primary_key.iter().map(|it| it.columns.clone());
    let uniques = table.uniques.iter().map(|it| it.columns.clone());
    let indexes = table.indexes.iter().map(sorted_by);
    primary.chain(uniques).chain(indexes).any(|it| begins(&it, key))
}

/// Whether a key sorted by these columns serves a foreign key: its columns come first, in their order.
pub(in crate::dialect::mysql) fn begins(columns: &[String], key: &ForeignKey) -> bool {
    columns.starts_with(&key.columns)
}

/// The columns by which an index is sorted, up to the first that is computed. An index of words or
/// places is sorted by none, and one of the beginnings of texts finds no whole ones.
pub(in crate::dialect::mysql) fn sorted_by(index: &Index) -> Vec<String> {
    let is_ordinary = match &index.using {
        Some(using) => matches!(&*using.to_lowercase(), "btree" | "hash"),
        None => true,
    };
    let is_whole = !["mysql", "mariadb"]
        .iter()
        .any(|it| index.options.contains_key(&LENGTHS.replacen("mysql", it, 1)));
    let columns = index.columns.iter().filter(|_| is_ordinary && is_whole);
    columns
        .map_while(|it| match &it.key {
            IndexKey::Column(name) => Some(name.clone()),
            IndexKey::Expression(_) => None,
        })
        .collect()
}
