//! Reading tables with their constraints, and indexes.

use super::column::{Numbering, inline_column, options};
use crate::document::{Fields, Item, printable};
use crate::error::nearest;
use crate::schema::{
    Action, Check, Deferrable, ForeignKey, Identity, Index, IndexColumn, IndexColumnError,
    IndexKey, Name, Nulls, PrimaryKey, Table, Unique,
};

/// The whole table of a `create_table` or `drop_table`.
pub(super) fn table(fields: &Fields, name: Name) -> Option<Table> {
    let example = "[{ name = \"id\", type = \"integer\" }]";
    let items = fields.required("columns", example);
    let columns = items.and_then(|_| fields.list("columns", |item| inline_column(fields, item)));
    let known: Option<Vec<String>> = columns
        .as_ref()
        .map(|columns| columns.iter().map(|(column, _)| column.name.clone()).collect());
    let among = known.as_deref();
    let reader = fields.reader;
    let mut table = Table { name, ..Table::default() };
    table.primary_key = fields.get("primary_key").and_then(|item| {
        let inner = reader.fields(item, "the primary key")?;
        let key = primary_key(&inner, constraint_name(&inner), among);
        inner.finish();
        key
    });
    let uniques = constraints(fields, "unique", "a unique constraint", |inner| {
        unique(inner, constraint_name(inner), among)
    });
    let keys = constraints(fields, "foreign_keys", "a foreign key", |inner| {
        foreign_key(inner, constraint_name(inner), among)
    });
    let checks =
        constraints(fields, "checks", "a check", |inner| check(inner, constraint_name(inner)));
    table.comment = fields.text("comment");
    table.options = options(fields);
    table.uniques = uniques?;
    table.foreign_keys = keys?;
    table.checks = checks?;
    let columns = columns?;
    let numbering: Vec<Numbering> = columns
        .into_iter()
        .map(|(column, numbering)| {
            table.columns.push(column);
            numbering
        })
        .collect();
    for (index, numbering) in numbering.into_iter().enumerate() {
        let identity = match numbering {
            Numbering::On(identity) => Some(identity),
            Numbering::Off => None,
            Numbering::Unsaid => {
                table.numbers_itself(&table.columns[index]).then(Identity::default)
            }
        };
        table.columns[index].identity = identity;
    }
    unique_columns(fields, &table);
    Some(table)
}

/// The name of a constraint; it may be left out, or empty as behind an operation's word.
fn constraint_name(fields: &Fields) -> Option<String> {
    fields.text("name").filter(|name| !name.is_empty())
}

fn constraints<'r, 's, 'd, T>(
    fields: &Fields<'r, 's, 'd>,
    key: &'static str,
    what: &str,
    mut read: impl FnMut(&Fields<'r, 's, 'd>) -> Option<T>,
) -> Option<Vec<T>> {
    fields.list(key, |item| {
        let inner = fields.reader.fields(item, what)?;
        let read = read(&inner);
        inner.finish();
        read
    })
}

fn unique_columns(fields: &Fields, table: &Table) {
    let Some(items) = fields.get("columns").and_then(|item| item.get_ref().as_array()) else {
        return;
    };
    for (index, (item, column)) in items.iter().zip(&table.columns).enumerate() {
        if table.columns[..index].iter().any(|other| other.name == column.name) {
            let message = format!("{} has two columns `{}`", fields.what, printable(&column.name));
            fields.reader.mistake(item.span(), message, Some("name each column once".to_owned()));
        }
    }
}

/// The names of the columns of a constraint, which must be `among` those of its table where
/// they are known.
fn columns(fields: &Fields, among: Option<&[String]>) -> Option<Vec<String>> {
    let item = fields.required("columns", "[\"id\"]")?;
    let names = fields.reader.texts(item, fields.name("columns"))?;
    if names.is_empty() {
        let message = format!("{} is empty", fields.name("columns"));
        fields.reader.mistake(item.span(), message, Some("name a column".to_owned()));
    }
    for (name, span) in &names {
        let known = among.is_none_or(|among| {
            among.iter().any(|column| column.to_lowercase() == name.to_lowercase())
        });
        if !known {
            let near = among.and_then(|among| nearest(name, among.iter().map(String::as_str)));
            let message = format!("the table has no column `{}`", printable(name));
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            fields.reader.mistake(span.clone(), message, hint);
        }
    }
    Some(names.into_iter().map(|(name, _)| name).collect())
}

pub(super) fn primary_key(
    fields: &Fields,
    name: Option<String>,
    among: Option<&[String]>,
) -> Option<PrimaryKey> {
    let options = options(fields);
    Some(PrimaryKey { name, columns: columns(fields, among)?, options })
}

pub(super) fn unique(
    fields: &Fields,
    name: Option<String>,
    among: Option<&[String]>,
) -> Option<Unique> {
    let deferrable = deferrable(fields);
    let options = options(fields);
    Some(Unique { name, columns: columns(fields, among)?, deferrable, options })
}

pub(super) fn check(fields: &Fields, name: Option<String>) -> Option<Check> {
    let options = options(fields);
    let expression = fields.required_sql("expression", "\"length(body) > 0\"")?;
    Some(Check { name, expression, options })
}

pub(super) fn foreign_key(
    fields: &Fields,
    name: Option<String>,
    among: Option<&[String]>,
) -> Option<ForeignKey> {
    let columns = columns(fields, among);
    let target = fields.required("references", "{ table = \"user\", columns = [\"id\"] }");
    let target = target.and_then(|item| {
        let inner = fields.reader.fields(item, fields.name("references"))?;
        let table = table_name(&inner);
        let references = inner.texts("columns");
        inner.finish();
        let references = references.unwrap_or_default();
        if let Some(columns) = columns.as_ref()
            && !references.is_empty()
            && references.len() != columns.len()
        {
            let count = |number: usize| match number {
                1 => "1 column".to_owned(),
                more => format!("{more} columns"),
            };
            let message = format!(
                "{} has {} and refers to {}",
                fields.what,
                count(columns.len()),
                count(references.len())
            );
            let hint = "each column refers to one; none are the primary key".to_owned();
            fields.reader.mistake(item.span(), message, Some(hint));
        }
        Some((table?, references))
    });
    let on_delete = action(fields, "on_delete");
    let on_update = action(fields, "on_update");
    let matching = fields.text("match");
    let deferrable = deferrable(fields);
    let options = options(fields);
    let (table, references) = target?;
    let columns = columns?;
    Some(ForeignKey {
        name,
        columns,
        table,
        references,
        on_delete,
        on_update,
        matching,
        deferrable,
        options,
    })
}

fn action(fields: &Fields, key: &'static str) -> Action {
    let Some(item) = fields.get(key) else { return Action::default() };
    let Some(word) = fields.reader.text(item, fields.name(key)) else { return Action::default() };
    Action::parse(&word).unwrap_or_else(|| {
        let words = Action::ALL.map(|(_, word)| word);
        word_mistake(fields, item, key, &word, &words);
        Action::default()
    })
}

fn deferrable(fields: &Fields) -> Option<Deferrable> {
    let item = fields.get("deferrable")?;
    let word = fields.reader.text(item, fields.name("deferrable"))?;
    match word.as_str() {
        "immediate" => Some(Deferrable { initially: false }),
        "deferred" => Some(Deferrable { initially: true }),
        _ => {
            word_mistake(fields, item, "deferrable", &word, &["immediate", "deferred"]);
            None
        }
    }
}

fn word_mistake(fields: &Fields, item: &Item, key: &str, word: &str, words: &[&str]) {
    let hint = match nearest(word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", crate::error::list(words, "and")),
    };
    let message = format!("{} cannot be `{}`", fields.name(key), printable(word));
    fields.reader.mistake(item.span(), message, Some(hint));
}

/// The key `table`: the name of a table.
pub(super) fn table_name(fields: &Fields) -> Option<Name> {
    let item = fields.required("table", "\"user\"")?;
    let hint = |_: &_| Some("a name that holds a dot is written `'\"a.b\"'`".to_owned());
    fields.reader.parsed(item, fields.name("table"), hint)
}

pub(super) fn index(fields: &Fields, name: String) -> Option<Index> {
    fields.required("columns", "[\"email\"]");
    let columns = fields.list("columns", |item| index_column(fields, item));
    if let (Some([]), Some(item)) = (columns.as_deref(), fields.get("columns")) {
        let message = format!("{} is empty", fields.name("columns"));
        fields.reader.mistake(item.span(), message, Some("name a column".to_owned()));
    }
    let unique = fields.boolean("unique");
    let mut index = Index { name, ..Index::default() };
    index.predicate = fields.sql("where");
    index.include = fields.texts("include").unwrap_or_default();
    index.using = fields.text("using");
    index.comment = fields.text("comment");
    index.options = options(fields);
    index.columns = columns?;
    index.unique = unique?;
    Some(index)
}

fn index_column(fields: &Fields, item: &Item) -> Option<IndexColumn> {
    let reader = fields.reader;
    let what = format!("each of {}", fields.name("columns"));
    if item.get_ref().is_str() {
        return reader.parsed(item, &what, |_: &IndexColumnError| {
            Some("write `email`, `created desc` or `lower(email)`".to_owned())
        });
    }
    if !item.get_ref().is_table() {
        reader.wrong_type(item, &what, "a column's name, an expression or a table");
        return None;
    }
    let inner = reader.fields(item, "an index column")?;
    let (column, expression) = (inner.text("column"), inner.sql("expression"));
    let collation = inner.text("collation");
    let descending = inner.boolean("desc");
    let nulls = inner.get("nulls").and_then(|item| {
        let word = reader.text(item, inner.name("nulls"))?;
        match word.as_str() {
            "first" => Some(Nulls::First),
            "last" => Some(Nulls::Last),
            _ => {
                word_mistake(&inner, item, "nulls", &word, &["first", "last"]);
                None
            }
        }
    });
    inner.finish();
    let key = match (column, expression) {
        (Some(column), None) => IndexKey::Column(column),
        (None, Some(expression)) => IndexKey::Expression(expression),
        _ => {
            let hint = "write `{ column = \"email\" }` or `{ expression = \"lower(email)\" }`";
            let message = "an index column is either a `column` or an `expression`";
            reader.mistake(item.span(), message, Some(hint.to_owned()));
            return None;
        }
    };
    Some(IndexColumn { key, collation, descending: descending?, nulls })
}
