//! Tables, without what belongs to them.

use std::collections::BTreeMap;

use super::super::lexer::{Token, TokenKind, tokens};
use super::super::options::{CHARSET, COLLATION, ENGINE, ROW_FORMAT, SYSTEM_VERSIONED, WITH};
use super::super::text;
use super::{Catalogue, Fields, Found, TABLES, comment, set_flag, set_text};
use crate::dialect::DbError;
use crate::schema::{Name, Options, Table};

/// Reads the tables that are asked for, and gives the sequences among what was found.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<Vec<Name>, DbError> {
    let mut sequences = Vec::new();
    for mut fields in catalogue.rows(include_str!("tables.sql"), &TABLES)? {
        let name = catalogue.name(&fields.text(), &fields.text());
        if !catalogue.is_asked_for(&name) {
            continue;
        }
        let is_versioned = match &*fields.text() {
            "BASE TABLE" => false,
            "SYSTEM VERSIONED" => true,
            "SEQUENCE" => {
                sequences.push(name);
                continue;
            }
            // Views are read by themselves, and what is temporary is of one session.
            _ => continue,
        };
        table(catalogue, name, is_versioned, fields, found);
    }
    Ok(sequences)
}

fn table(
    catalogue: &Catalogue,
    name: Name,
    is_versioned: bool,
    mut fields: Fields,
    found: &mut Found,
) {
    let mut options = Options::new();
    let engine = fields.optional();
    set_text(&mut options, ENGINE, engine.filter(|it| !it.eq_ignore_ascii_case("InnoDB")));
    if let Some(collation) = fields.optional() {
        let charset = charset_of(&collation).to_owned();
        if let Some((own_charset, own_collation)) = &catalogue.dialect.charset {
            let other = (charset != *own_charset).then(|| charset.clone());
            set_text(&mut options, CHARSET, other);
            let other = (collation != *own_collation).then(|| collation.clone());
            set_text(&mut options, COLLATION, other);
        }
        found.charsets.insert(name.clone(), (charset, collation));
    }
    let mut created = created(&fields.text());
    // MySQL does not always say it.
    if created.remove("partitioned").is_some() || !catalogue.is_mariadb() {
        found.parted.push(name.clone());
    }
    set_text(&mut options, ROW_FORMAT, created.remove("row_format").map(|it| it.to_lowercase()));
    let with: Vec<_> = created.iter().map(|(name, value)| format!("{name}={value}")).collect();
    set_text(&mut options, WITH, (!with.is_empty()).then(|| with.join(" ")));
    set_flag(&mut options, SYSTEM_VERSIONED, is_versioned);
    found.tables.insert(name.clone(), found.schema.tables.len());
    let comment = comment(fields.text());
    found.schema.tables.push(Table { name, comment, options, ..Table::default() });
}

/// The character set of a collation, with whose name that one begins.
pub(super) fn charset_of(collation: &str) -> &str {
    collation.split('_').next().unwrap_or(collation)
}

/// What else was said when a table was made, by its name: `key_block_size=8 row_format=COMPRESSED`.
pub(in crate::dialect::mysql) fn created(text: &str) -> BTreeMap<String, String> {
    let all: Vec<Token> = tokens(text).collect();
    let mut rest = &all[..];
    let mut created = BTreeMap::new();
    while let [name, behind @ ..] = rest {
        let key = name.name().unwrap_or_else(|| name.text.to_owned()).to_lowercase();
        rest = match behind {
            [is, value, behind @ ..] if is.is("=") => {
                created.insert(key, value_of(value));
                behind
            }
            _ => {
                created.insert(key, String::new());
                behind
            }
        };
    }
    created
}

/// MariaDB writes some numbers as texts from 11.8 on.
fn value_of(token: &Token) -> String {
    match token.string() {
        Some(it) if !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()) => it,
        Some(it) => text::literal(Default::default(), &it),
        None if token.kind == TokenKind::Word => token.text.to_lowercase(),
        None => token.text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_when_a_table_was_made() {
        let said = "row_format=COMPRESSED KEY_BLOCK_SIZE=8 `page_compressed`='1' COMPRESSION=\"zlib\" partitioned";
        let expected = [
            ("compression", "'zlib'"),
            ("key_block_size", "8"),
            ("page_compressed", "1"),
            ("partitioned", ""),
            ("row_format", "compressed"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(created(said), BTreeMap::from(expected));
    }
}
