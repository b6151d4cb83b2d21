//! Indexes.

use super::constraint::nulls_not_distinct;
use super::text::{group, line, list, parts, word};
use crate::dialect::postgres::options::{
    self, CONCURRENTLY, OPCLASSES, TABLESPACE, WITH, is_on, text,
};
use crate::dialect::postgres::types::{self, literal, quote};
use crate::dialect::postgres::{Postgres, default};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{Index, IndexColumn, IndexKey, Name, Nulls};

/// `CREATE INDEX` on the table called `table`, and its comment.
///
/// # Errors
/// When PostgreSQL has no such index.
pub(in crate::dialect::postgres) fn index(
    dialect: &Postgres,
    table: &Name,
    index: &Index,
) -> Result<Vec<Statement>, Unsupported> {
    statements(dialect, table, index, "")
}

/// The same for an index that may be there already.
///
/// # Errors
/// As [`index`].
pub(in crate::dialect::postgres) fn index_if_missing(
    dialect: &Postgres,
    table: &Name,
    index: &Index,
) -> Result<Vec<Statement>, Unsupported> {
    statements(dialect, table, index, "IF NOT EXISTS ")
}

fn statements(
    dialect: &Postgres,
    table: &Name,
    index: &Index,
    condition: &str,
) -> Result<Vec<Statement>, Unsupported> {
    let about = |error: Unsupported| Unsupported { table: Some(table.clone()), ..error };
    let create = create(dialect, table, index, condition).map_err(about)?;
    let mut statements = vec![Statement::new(create)];
    if let Some(comment) = &index.comment {
        let name = name(table, &index.name);
        let sql = format!("COMMENT ON INDEX {name} IS {}", literal(comment));
        statements.push(Statement::new(sql));
    }
    Ok(statements)
}

/// `DROP INDEX`.
pub(in crate::dialect::postgres) fn drop(table: &Name, index: &Index) -> String {
    drop_on(table, index, "")
}

/// The same for an index that may be gone already.
pub(in crate::dialect::postgres) fn drop_if_there(table: &Name, index: &Index) -> String {
    drop_on(table, index, "IF EXISTS ")
}

fn drop_on(table: &Name, index: &Index, condition: &str) -> String {
    let concurrently = if is_on(&index.options, CONCURRENTLY) { "CONCURRENTLY " } else { "" };
    format!("DROP INDEX {concurrently}{condition}{}", name(table, &index.name))
}

/// The quoted name of an index, which lives where its table does.
pub(in crate::dialect::postgres) fn name(table: &Name, index: &str) -> String {
    types::name(&Name { schema: table.schema.clone(), name: index.to_owned() })
}

fn create(
    dialect: &Postgres,
    table: &Name,
    index: &Index,
    condition: &str,
) -> Result<String, Unsupported> {
    options::known(&index.options, options::INDEX)?;
    let unique = if index.unique { "UNIQUE " } else { "" };
    let concurrently = if is_on(&index.options, CONCURRENTLY) { "CONCURRENTLY " } else { "" };
    let (name, table) = (quote(&index.name), types::name(table));
    let mut sql = format!("CREATE {unique}INDEX {concurrently}{condition}{name} ON {table}");
    if let Some(method) = index.using.as_ref().map(|it| it.to_lowercase()) {
        sql.push_str(&format!(" USING {}", word(&method)));
    }
    sql.push_str(&format!(" ({})", columns(index)?));
    if !index.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", list(&index.include)));
    }
    sql.push_str(nulls_not_distinct(dialect, &index.options)?);
    if let Some(with) = text(&index.options, WITH) {
        sql.push_str(&format!(" WITH ({with})"));
    }
    if let Some(place) = text(&index.options, TABLESPACE) {
        sql.push_str(&format!(" TABLESPACE {}", quote(place)));
    }
    if let Some(predicate) = &index.predicate {
        let predicate = default::expression(predicate, "the predicate of the index")?;
        sql.push_str(&format!(" WHERE {}", line(predicate)));
    }
    Ok(sql)
}

fn columns(index: &Index) -> Result<String, Unsupported> {
    let classes = text(&index.options, OPCLASSES).map(parts).unwrap_or_default();
    if index.columns.is_empty() || classes.len() > index.columns.len() {
        let (count, what) = (index.columns.len(), &index.name);
        let what = match count {
            0 => format!("the index `{what}` has no columns"),
            _ => format!("`{OPCLASSES}` names more than the {count} columns of index `{what}`"),
        };
        return Err(Unsupported::new(what, None));
    }
    let class = |at: usize| classes.get(at).filter(|it| !it.eq_ignore_ascii_case("default"));
    let columns = index.columns.iter().enumerate();
    let columns = columns.map(|(at, it)| column(it, class(at).copied()));
    Ok(columns.collect::<Result<Vec<_>, _>>()?.join(", "))
}

fn column(column: &IndexColumn, class: Option<&str>) -> Result<String, Unsupported> {
    let mut sql = match &column.key {
        IndexKey::Column(name) => quote(name),
        IndexKey::Expression(sql) => group(default::expression(sql, "the column of the index")?),
    };
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", types::collation(collation)));
    }
    if let Some(class) = class {
        sql.push_str(&format!(" {class}"));
    }
    if column.descending {
        sql.push_str(" DESC");
    }
    sql.push_str(match column.nulls {
        None => "",
        Some(Nulls::First) => " NULLS FIRST",
        Some(Nulls::Last) => " NULLS LAST",
    });
    Ok(sql)
}
