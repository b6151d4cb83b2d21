//! Indexes, and the columns of keys.

use super::text::{group, requires};
use crate::dialect::Unsupported;
use crate::dialect::mysql::options::{self, INVISIBLE, LENGTHS, PARSER, is_on};
use crate::dialect::mysql::text::{literal, quote};
use crate::dialect::mysql::types::settled;
use crate::dialect::mysql::{Flavour, MySql, default};
use crate::schema::{Index, IndexColumn, IndexKey, Nulls, Options, Table, Type};

/// How an index finds its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dialect::mysql) enum Method {
    /// In the way of its engine, or by one of the words that stand behind `USING`.
    Ordinary(Option<&'static str>),
    /// By the words of texts.
    FullText,
    /// By place.
    Spatial,
    /// By the distance between vectors.
    Vector,
}

impl Method {
    /// The method of an index.
    ///
    /// # Errors
    /// When this server has no such one.
    pub(in crate::dialect::mysql) fn of(
        dialect: &MySql,
        index: &Index,
    ) -> Result<Method, Unsupported> {
        let Some(using) = &index.using else { return Ok(Method::Ordinary(None)) };
        Ok(match &*using.to_lowercase() {
            "btree" => Method::Ordinary(Some("BTREE")),
            "hash" => Method::Ordinary(Some("HASH")),
            "fulltext" => Method::FullText,
            "spatial" => Method::Spatial,
            "vector" if dialect.flavour == Flavour::MariaDb => Method::Vector,
            _ => {
                let title = dialect.flavour.title();
                return Err(Unsupported::new(
                    format!("{title} has no index method `{using}` (index `{}`)", index.name),
                    "there are `btree`, `hash`, `fulltext` and `spatial`".to_owned(),
                ));
            }
        })
    }

    fn word(self) -> &'static str {
        match self {
            Method::Ordinary(_) => "",
            Method::FullText => "FULLTEXT ",
            Method::Spatial => "SPATIAL ",
            Method::Vector => "VECTOR ",
        }
    }
}

/// An index of `table`, as it stands in `CREATE TABLE` and behind `ADD`.
///
/// # Errors
/// When this server has no such one.
pub(in crate::dialect::mysql) fn index(
    dialect: &MySql,
    table: &Table,
    index: &Index,
) -> Result<String, Unsupported> {
    options::known(dialect.flavour, &index.options, options::INDEX)?;
    let title = dialect.flavour.title();
    if index.predicate.is_some() {
        return Err(Unsupported::new(
            format!("{title} has no indexes of some rows only (index `{}`)", index.name),
            "leave `where` out".to_owned(),
        ));
    }
    if !index.include.is_empty() {
        return Err(Unsupported::new(
            format!("{title} has no included columns (index `{}`)", index.name),
            "name them among the columns of the index".to_owned(),
        ));
    }
    let method = Method::of(dialect, index)?;
    let what = format!("the index `{}`", index.name);
    let columns = match method {
        Method::Ordinary(_) => parts(dialect, table, &index.columns, &index.options, &what)?,
        _ => whole_columns(dialect, index)?,
    };
    let unique = if index.unique { "UNIQUE " } else { "" };
    let name = quote(&index.name);
    let mut sql = format!("{unique}{}INDEX {name} ({columns})", method.word());
    if let Method::Ordinary(Some(word)) = method {
        sql.push_str(&format!(" USING {word}"));
    }
    let own = options::own(dialect.flavour, &index.options);
    if let Some(parser) = options::text(&own, PARSER) {
        sql.push_str(&format!(" WITH PARSER {}", quote(parser)));
    }
    if let Some(comment) = index.comment.as_ref().filter(|it| !it.is_empty()) {
        sql.push_str(&format!(" COMMENT {}", literal(dialect.mode, comment)));
    }
    Ok(sql + visibility(dialect, &own))
}

/// What is said of an index that queries do not use.
pub(super) fn visibility(dialect: &MySql, own: &Options) -> &'static str {
    match dialect.flavour {
        _ if !is_on(own, INVISIBLE) => "",
        Flavour::MySql => " INVISIBLE",
        Flavour::MariaDb => " IGNORED",
    }
}

/// The columns of an index that is not sorted.
fn whole_columns(dialect: &MySql, index: &Index) -> Result<String, Unsupported> {
    let mut columns = Vec::new();
    for column in &index.columns {
        columns.push(match &column.key {
            IndexKey::Column(name) => quote(name),
            IndexKey::Expression(_) => return Err(no_expression(dialect, &index.name)),
        });
    }
    Ok(columns.join(", "))
}

/// What stands between the parentheses of a key of `table`. `what` is the key, for messages.
///
/// # Errors
/// When it has no columns, or one that cannot be in a key.
pub(super) fn parts(
    dialect: &MySql,
    table: &Table,
    columns: &[IndexColumn],
    options: &Options,
    what: &str,
) -> Result<String, Unsupported> {
    let lengths = lengths(dialect, columns, options, what)?;
    if columns.is_empty() {
        return Err(Unsupported::new(format!("{what} has no columns"), None));
    }
    let mut parts = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let length = lengths.get(at).copied().flatten();
        let about = |error: Unsupported| match &column.key {
            IndexKey::Column(name) => Unsupported { column: Some(name.clone()), ..error },
            IndexKey::Expression(_) => error,
        };
        parts.push(part(dialect, table, column, length, what).map_err(about)?);
    }
    Ok(parts.join(", "))
}

/// How many characters of each column count.
fn lengths(
    dialect: &MySql,
    columns: &[IndexColumn],
    options: &Options,
    what: &str,
) -> Result<Vec<Option<u32>>, Unsupported> {
    let own = options::own(dialect.flavour, options);
    let Some(text) = options::text(&own, LENGTHS) else { return Ok(Vec::new()) };
    let read = |part: &str| match part.trim() {
        "-" | "" => Ok(None),
        digits => digits.parse().map(Some),
    };
    match text.split(',').map(read).collect::<Result<Vec<_>, _>>() {
        Ok(lengths) if lengths.len() <= columns.len() => Ok(lengths),
        _ => Err(Unsupported::new(
            format!("`{LENGTHS}` of {what} is no list of the lengths of its columns: `{text}`"),
            "write a number for each column, or `-` for all of it: `10, -`".to_owned(),
        )),
    }
}

fn part(
    dialect: &MySql,
    table: &Table,
    column: &IndexColumn,
    length: Option<u32>,
    what: &str,
) -> Result<String, Unsupported> {
    let title = dialect.flavour.title();
    if let Some(collation) = &column.collation {
        return Err(Unsupported::new(
            format!("{title} sorts an index as its columns are compared, not by `{collation}`"),
            "give the column the collation".to_owned(),
        ));
    }
    // NULL is smaller than any value.
    let usual = if column.descending { Nulls::Last } else { Nulls::First };
    if column.nulls.is_some_and(|nulls| nulls != usual) {
        return Err(Unsupported::new(
            format!("{title} cannot place NULL otherwise in an index ({what})"),
            "leave `nulls first` and `nulls last` out".to_owned(),
        ));
    }
    let mut sql = match &column.key {
        IndexKey::Column(name) => {
            if length.is_none() {
                needs_no_length(dialect, table, name, what)?;
            }
            quote(name)
        }
        IndexKey::Expression(_) if dialect.flavour == Flavour::MariaDb => {
            return Err(no_expression(dialect, what));
        }
        IndexKey::Expression(sql) => {
            requires(dialect, [80_013, 0], "indexes of expressions")?;
            let text = default::expression(dialect, sql, "the column of the index")?;
            group(dialect.mode, text)
        }
    };
    if let Some(length) = length {
        sql.push_str(&format!("({length})"));
    }
    if column.descending {
        requires(dialect, [0, 100_800], "descending indexes")?;
        sql.push_str(" DESC");
    }
    Ok(sql)
}

fn no_expression(dialect: &MySql, what: &str) -> Unsupported {
    Unsupported::new(
        format!("{} has no indexes of expressions ({what})", dialect.flavour.title()),
        "index a generated column that computes it".to_owned(),
    )
}

/// Refuses a whole text in a key.
fn needs_no_length(
    dialect: &MySql,
    table: &Table,
    column: &str,
    what: &str,
) -> Result<(), Unsupported> {
    let Some(column) = table.column(column) else { return Ok(()) };
    let title = dialect.flavour.title();
    // MariaDB finds equal texts by a sum of them.
    let is_hashed = dialect.flavour == Flavour::MariaDb && what.contains("unique");
    match settled(dialect, &column.ty)? {
        Type::Text(_) | Type::LargeBinary(_) if !is_hashed => Err(Unsupported::new(
            format!("{title} has no keys of whole texts (`{}` in {what})", column.name),
            format!(
                "give the column a length, `string(255)`, or the key: `\"{LENGTHS}\" = \"100\"`"
            ),
        )),
        Type::Json if dialect.flavour == Flavour::MySql => Err(Unsupported::new(
            format!("MySQL has no keys of JSON (`{}` in {what})", column.name),
            "index a generated column that takes a value out of it".to_owned(),
        )),
        _ => Ok(()),
    }
}
