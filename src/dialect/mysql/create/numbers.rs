//! Columns that number themselves.

use crate::dialect::Unsupported;
use crate::dialect::mysql::{MySql, types};
use crate::schema::{Column, Identity, IndexKey, SequenceOptions, Table};

/// Refuses what AUTO_INCREMENT cannot be told.
///
/// # Errors
/// When it is told that.
pub(super) fn check(
    dialect: &MySql,
    column: &Column,
    identity: &Identity,
) -> Result<(), Unsupported> {
    const INTEGERS: [&str; 5] = ["tinyint", "smallint", "mediumint", "int", "bigint"];
    let title = dialect.flavour.title();
    let ty = types::sql(dialect, &column.ty)?.to_lowercase();
    let word = ty.split(['(', ' ']).next().unwrap_or_default();
    if !INTEGERS.contains(&word) && word != "integer" {
        return Err(Unsupported::new(
            format!("{title} numbers only integers, not a `{ty}`"),
            "make it an `integer` or a `big_integer`".to_owned(),
        ));
    }
    if identity.always {
        return Err(Unsupported::new(
            format!("{title} lets any row bring a number of its own"),
            "leave `always` out".to_owned(),
        ));
    }
    let started = SequenceOptions { start: identity.options.start, ..SequenceOptions::default() };
    if identity.options != started {
        return Err(Unsupported::new(
            format!("{title} numbers the rows of every table in the same steps"),
            "leave `increment`, `min`, `max`, `cache` and `cycle` out".to_owned(),
        ));
    }
    if column.default.is_some() {
        return Err(Unsupported::new(
            "a column that numbers itself has no default",
            "leave `default` out".to_owned(),
        ));
    }
    Ok(())
}

/// The column that numbers itself.
///
/// # Errors
/// When there are two.
pub(in crate::dialect::mysql) fn numbered<'a>(
    dialect: &MySql,
    table: &'a Table,
) -> Result<Option<&'a Column>, Unsupported> {
    let mut numbered = table.columns.iter().filter(|it| it.identity.is_some());
    let first = numbered.next();
    match numbered.next() {
        None => Ok(first),
        Some(second) => Err(Unsupported {
            column: Some(second.name.clone()),
            ..Unsupported::new(
                format!("{} numbers one column of a table", dialect.flavour.title()),
                "give the numbers of all but one yourself".to_owned(),
            )
        }),
    }
}

/// Whether a column is the first of a key, as one that numbers itself must be.
pub(in crate::dialect::mysql) fn is_keyed(table: &Table, column: &str) -> bool {
    let key = table.primary_key.iter().map(|it| &it.columns);
    let uniques = table.uniques.iter().map(|it| &it.columns);
    let first = |columns: &Vec<String>| columns.first().is_some_and(|it| it == column);
    key.chain(uniques).any(first) || table.indexes.iter().any(|it| leads(it, column))
}

/// Whether an index is sorted by this column first.
pub(in crate::dialect::mysql) fn leads(index: &crate::schema::Index, column: &str) -> bool {
    match index.columns.first().map(|it| &it.key) {
        Some(IndexKey::Column(name)) => name == column,
        _ => false,
    }
}
