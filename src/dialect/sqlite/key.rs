//! The columns of indexes, primary keys and unique constraints in one spelling, as `inspect`
//! finds and `normalize` makes it.

use super::ddl::{IndexedColumn, IndexedKey, trim, unquote};
use super::options::COLUMNS;
use super::types::quote;
use crate::schema::sql::tokens;
use crate::schema::{Column, IndexColumn, IndexKey, OptionValue, Options, Sql};

/// The collations that every SQLite database has.
pub(super) const COLLATIONS: [&str; 3] = ["BINARY", "NOCASE", "RTRIM"];

/// A collation in one spelling; `None` is BINARY, which is what a column has anyway.
pub(super) fn collation(name: &str) -> Option<String> {
    match COLLATIONS.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(&"BINARY") => None,
        Some(known) => Some((*known).to_owned()),
        None => Some(name.to_owned()),
    }
}

/// The column called `name`, by SQLite's rules: ASCII letters are equal in either case.
pub(super) fn column<'a>(columns: &'a [Column], name: &str) -> Option<&'a Column> {
    columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
}

/// A column of an index on a table with these columns, read from `text`.
pub(super) fn index_column(read: &IndexedColumn, text: &str, columns: &[Column]) -> IndexColumn {
    let (key, own) = match &read.key {
        IndexedKey::Column(name) => match column(columns, &name.name) {
            Some(column) => (IndexKey::Column(column.name.clone()), column.collation.as_deref()),
            // Older versions took the rowid, and constants in quotes.
            None => (IndexKey::Expression(Sql::new(&text[name.span.clone()])), None),
        },
        IndexedKey::Expression(span) => (IndexKey::Expression(Sql::new(&text[span.clone()])), None),
    };
    // BINARY must be said where the column has another collation.
    let named = read.collation.as_ref().filter(|it| collation(&it.name).as_deref() != own);
    let collation = named.map(|it| collation(&it.name).unwrap_or_else(|| "BINARY".to_owned()));
    IndexColumn { key, collation, descending: read.descending, nulls: None }
}

/// The names of a key's columns. What more is said of them goes into `options`.
pub(super) fn key_columns(
    read: &[IndexedColumn],
    text: &str,
    columns: &[Column],
    options: &mut Options,
) -> Vec<String> {
    let read: Vec<_> = read.iter().map(|it| index_column(it, text, columns)).collect();
    if read.iter().any(|it| it.collation.is_some() || it.descending) {
        let columns: Vec<_> = read.iter().map(sql).collect();
        options.insert(COLUMNS.to_owned(), OptionValue::Text(columns.join(", ")));
    }
    let name = |column: IndexColumn| match column.key {
        IndexKey::Column(name) => name,
        IndexKey::Expression(sql) => sql.text.unwrap_or_default(),
    };
    read.into_iter().map(name).collect()
}

/// Spells a column of an index or a key.
pub(super) fn sql(column: &IndexColumn) -> String {
    let mut sql = match &column.key {
        IndexKey::Column(name) => quote(name),
        IndexKey::Expression(expression) => {
            format!("({})", trim(expression.of("sqlite").unwrap_or_default()))
        }
    };
    if let Some(collation) = &column.collation {
        let plain = COLLATIONS.contains(&collation.as_str());
        let collation = if plain { collation.clone() } else { quote(collation) };
        sql.push_str(&format!(" COLLATE {collation}"));
    }
    if column.descending {
        sql.push_str(" DESC");
    }
    sql
}

/// The names in a list, in one spelling.
pub(super) fn names(text: &str) -> String {
    let all = tokens(text);
    let names = all.split(|token| token.is(",")).map(|part| match part {
        [one] => unquote(one.text).unwrap_or_else(|| one.text.to_owned()),
        _ => part.iter().map(|token| token.text).collect::<Vec<_>>().join(" "),
    });
    names.map(|name| quote(&name)).collect::<Vec<_>>().join(", ")
}
