//! Keys and checks as they stand in `CREATE TABLE` and behind `ADD`.

use super::index::{parts, visibility};
use super::text::{group, list, named};
use crate::dialect::Unsupported;
use crate::dialect::mysql::options::{self, ENFORCED};
use crate::dialect::mysql::text::{name, quote};
use crate::dialect::mysql::{Flavour, MySql, default};
use crate::schema::{
    Action, Check, Column, ForeignKey, IndexColumn, OptionValue, Options, PrimaryKey, Table, Unique,
};

/// The primary key of `table`. Whatever name it was given, it has none.
///
/// # Errors
/// When this server has no such one.
pub(in crate::dialect::mysql) fn primary_key(
    dialect: &MySql,
    table: &Table,
    key: &PrimaryKey,
) -> Result<String, Unsupported> {
    options::known(dialect.flavour, &key.options, options::PRIMARY_KEY)?;
    let columns = columns(dialect, table, &key.columns, &key.options, "the primary key")?;
    Ok(format!("PRIMARY KEY ({columns})"))
}

/// A unique constraint of `table`.
///
/// # Errors
/// When this server has no such one.
pub(in crate::dialect::mysql) fn unique(
    dialect: &MySql,
    table: &Table,
    unique: &Unique,
) -> Result<String, Unsupported> {
    options::known(dialect.flavour, &unique.options, options::UNIQUE)?;
    if unique.deferrable.is_some() {
        return Err(not_deferrable(dialect, "unique constraints"));
    }
    let what = match &unique.name {
        Some(name) => format!("the unique constraint `{name}`"),
        None => "the unique constraint".to_owned(),
    };
    let columns = columns(dialect, table, &unique.columns, &unique.options, &what)?;
    let name = unique.name.as_ref().map(|it| format!("{} ", quote(it))).unwrap_or_default();
    let own = options::own(dialect.flavour, &unique.options);
    Ok(format!("UNIQUE KEY {name}({columns}){}", visibility(dialect, &own)))
}

fn columns(
    dialect: &MySql,
    table: &Table,
    columns: &[String],
    options: &Options,
    what: &str,
) -> Result<String, Unsupported> {
    let columns: Vec<_> = columns.iter().map(IndexColumn::new).collect();
    parts(dialect, table, &columns, options, what)
}

/// A foreign key.
///
/// # Errors
/// When this server has no such one.
pub(in crate::dialect::mysql) fn foreign_key(
    dialect: &MySql,
    key: &ForeignKey,
) -> Result<String, Unsupported> {
    options::known(dialect.flavour, &key.options, options::FOREIGN_KEY)?;
    let title = dialect.flavour.title();
    if key.columns.is_empty() {
        return Err(Unsupported::new("a foreign key has at least one column", None));
    }
    if key.deferrable.is_some() {
        return Err(not_deferrable(dialect, "foreign keys"));
    }
    if let Some(matching) = key.matching.as_ref().filter(|it| !it.eq_ignore_ascii_case("simple")) {
        return Err(Unsupported::new(
            format!("{title} has no `MATCH {}` for foreign keys", matching.to_uppercase()),
            "leave `match` out; a check can say that all of the columns are NULL, or none"
                .to_owned(),
        ));
    }
    let mut sql = format!("{}FOREIGN KEY ({})", named(&key.name), list(&key.columns));
    sql.push_str(&format!(" REFERENCES {}", name(&key.table)));
    if !key.references.is_empty() {
        sql.push_str(&format!(" ({})", list(&key.references)));
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        match action {
            Action::NoAction => {}
            // Both take it and do nothing of the kind.
            Action::SetDefault => {
                return Err(Unsupported::new(
                    format!(
                        "{title} does not do what `on_{} = \"set default\"` says",
                        event.to_lowercase()
                    ),
                    "`set null`, `cascade` and `restrict` are there".to_owned(),
                ));
            }
            _ => sql.push_str(&format!(" ON {event} {}", action.to_string().to_uppercase())),
        }
    }
    Ok(sql)
}

/// A check.
///
/// # Errors
/// When it says nothing to this server.
pub(in crate::dialect::mysql) fn check(
    dialect: &MySql,
    check: &Check,
) -> Result<String, Unsupported> {
    options::known(dialect.flavour, &check.options, options::CHECK)?;
    let text = default::expression(dialect, &check.expression, "the check")?;
    let mut sql = format!("{}CHECK {}", named(&check.name), group(dialect.mode, text));
    if !is_enforced(dialect, check) {
        if dialect.flavour == Flavour::MariaDb {
            return Err(Unsupported::new(
                "MariaDB has no checks that are not checked",
                format!("leave the check out, or `{ENFORCED}`"),
            ));
        }
        sql.push_str(" NOT ENFORCED");
    }
    Ok(sql)
}

/// The column that a check belongs to. On MariaDB a check that is called like a column is a part of
/// what is said of that: <https://mariadb.com/kb/en/constraint/#check-constraints>.
pub(in crate::dialect::mysql) fn column_of_check<'a>(
    dialect: &MySql,
    table: &'a Table,
    name: &str,
) -> Option<&'a Column> {
    table.column(name).filter(|_| dialect.flavour == Flavour::MariaDb)
}

/// The word behind `DROP` for a check.
pub(in crate::dialect::mysql) fn word_for_check(dialect: &MySql) -> &'static str {
    match dialect.flavour {
        Flavour::MySql => "CHECK",
        Flavour::MariaDb => "CONSTRAINT",
    }
}

/// Whether rows are checked.
fn is_enforced(dialect: &MySql, check: &Check) -> bool {
    let own = options::own(dialect.flavour, &check.options);
    own.get(ENFORCED) != Some(&OptionValue::Boolean(false))
}

fn not_deferrable(dialect: &MySql, what: &str) -> Unsupported {
    Unsupported::new(
        format!("{} has no deferrable {what}", dialect.flavour.title()),
        "leave `deferrable` out".to_owned(),
    )
}
