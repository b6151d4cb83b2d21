//! Character sets and collations.

use std::collections::HashMap;

use super::super::options::{self, CHARSET, COLLATION};
use super::super::{Flavour, MySql};
use crate::dialect::{Connection, DbError};
use crate::schema::{Column, Options, Schema, Table, Type, TypeOf};

/// A character set and a collation.
pub(super) type Pair = (String, String);

/// The collation that a character set has when nothing is said; where it is needed.
#[derive(Debug, Default)]
pub(super) struct Charsets(HashMap<String, String>);

impl Charsets {
    /// Asks for them if something is declared with a character set alone.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(super) fn of(
        dialect: &MySql,
        declared: &Schema,
        db: &mut dyn Connection,
    ) -> Result<Charsets, DbError> {
        let is_set = |options: &Options| {
            options::text(&options::own(dialect.flavour, options), CHARSET).is_some()
        };
        let says_one = |table: &Table| {
            is_set(&table.options) || table.columns.iter().any(|it| is_set(&it.options))
        };
        if !declared.tables.iter().any(says_one) {
            return Ok(Charsets::default());
        }
        let sql = "SELECT character_set_name, default_collate_name FROM information_schema.character_sets";
        let mut all = Charsets::default();
        for row in db.query(sql, &[])? {
            if let [Some(set), Some(collation)] = &row[..] {
                all.0.insert(charset(set), self::collation(collation));
            }
        }
        all.0.extend(overridden(dialect, db)?);
        Ok(all)
    }

    /// The collation that belongs to a character set.
    fn collation(&self, charset: &str) -> Option<String> {
        self.0.get(charset).cloned()
    }

    /// What these words give to what would have `inherited` otherwise; `None` where that is not known.
    pub(super) fn resolve(
        &self,
        set: Option<&str>,
        collation: Option<&str>,
        inherited: Option<&Pair>,
    ) -> Option<Pair> {
        match (set.map(charset), collation.map(self::collation)) {
            (set, Some(collation)) => {
                Some((set.unwrap_or_else(|| charset_of(&collation)), collation))
            }
            (Some(set), None) => self.collation(&set).map(|it| (set, it)),
            (None, None) => inherited.cloned(),
        }
    }
}

/// What the server's settings say of these.
fn overridden(dialect: &MySql, db: &mut dyn Connection) -> Result<Vec<(String, String)>, DbError> {
    let name = match dialect.flavour {
        Flavour::MySql => "default_collation_for_utf8mb4",
        Flavour::MariaDb => "character_set_collations",
    };
    let sql = format!("SHOW VARIABLES LIKE '{name}'");
    let Some(row) = db.query(&sql, &[])?.into_iter().next() else { return Ok(Vec::new()) };
    let value = row.into_iter().nth(1).flatten().unwrap_or_default();
    Ok(match dialect.flavour {
        Flavour::MySql => vec![("utf8mb4".to_owned(), collation(&value))],
        Flavour::MariaDb => value
            .split(',')
            .filter_map(|it| it.split_once('='))
            .map(|(set, of)| (charset(set.trim()), collation(of.trim())))
            .collect(),
    })
}

/// The name of a character set as the servers say it today.
pub(super) fn charset(name: &str) -> String {
    match name.to_lowercase() {
        utf8 if utf8 == "utf8" => "utf8mb3".to_owned(),
        other => other,
    }
}

/// The name of a collation as the servers say it today.
pub(super) fn collation(name: &str) -> String {
    let lower = name.to_lowercase();
    match lower.strip_prefix("utf8_") {
        Some(rest) => format!("utf8mb3_{rest}"),
        None => lower,
    }
}

/// The character set that a collation is for.
fn charset_of(collation: &str) -> String {
    match collation.split_once('_') {
        Some(("uca1400", _)) => "utf8mb4".to_owned(),
        Some((set, _)) => set.to_owned(),
        None => collation.to_owned(),
    }
}

/// Puts into the options of a table what is not the database's own, and gives what its columns have.
pub(super) fn settle_table(
    dialect: &MySql,
    charsets: &Charsets,
    options: &mut Options,
) -> Option<Pair> {
    let set = options::text(options, CHARSET).map(str::to_owned);
    let collation = options::text(options, COLLATION).map(str::to_owned);
    let own = dialect.charset.as_ref();
    let pair = charsets.resolve(set.as_deref(), collation.as_deref(), own);
    if let Some((set, collation)) = &pair {
        let mut keep = |name: &str, value: &String, usual: Option<&String>| {
            options.remove(name);
            if usual != Some(value) {
                options.insert(name.to_owned(), crate::schema::OptionValue::Text(value.clone()));
            }
        };
        keep(CHARSET, set, own.map(|it| &it.0));
        keep(COLLATION, collation, own.map(|it| &it.1));
    }
    pair
}

/// Puts into a column what is not its table's own.
pub(super) fn settle_column(charsets: &Charsets, column: &mut Column, table: Option<&Pair>) {
    let set = options::text(&column.options, CHARSET).map(str::to_owned);
    if !is_text(&column.ty) {
        column.options.remove(CHARSET);
        column.collation = None;
        return;
    }
    let Some((set, collation)) =
        charsets.resolve(set.as_deref(), column.collation.as_deref(), table)
    else {
        return;
    };
    column.options.remove(CHARSET);
    if table.map(|it| &it.0) != Some(&set) {
        column.options.insert(CHARSET.to_owned(), crate::schema::OptionValue::Text(set));
    }
    column.collation = Some(collation).filter(|it| table.map(|it| &it.1) != Some(it));
}

/// Whether a settled type is one of texts.
pub(in crate::dialect::mysql) fn is_text(ty: &Type) -> bool {
    match ty.of("mariadb") {
        Ok(TypeOf::Portable(it)) => {
            matches!(it, Type::String(_) | Type::Char(_) | Type::Text(_) | Type::Enum(_))
        }
        Ok(TypeOf::Native(text)) => {
            let text = text.to_lowercase();
            ["set(", "enum(", "char", "varchar", "tinytext", "text", "mediumtext", "longtext"]
                .iter()
                .any(|it| text.starts_with(it))
        }
        Err(_) => false,
    }
}
