//! Tables and views, without what belongs to them.

use super::super::options::{
    INHERITS, PARTITION_BOUND, PARTITION_BY, PARTITION_OF, ROW_SECURITY, TABLESPACE, UNLOGGED, WITH,
};
use super::{Catalogue, Fields, Found, Relation, other, set_flag, set_text};
use crate::dialect::{DbError, Scope};
use crate::schema::{Name, Object, Options, Sql, Table, View};

/// What a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A table, at this place of the schema's.
    Table(usize),
    /// A view.
    View,
    /// A view whose rows are stored.
    MaterializedView,
    /// A table of another server.
    ForeignTable,
}

/// Reads the relations that are asked for, and the views that depend on them.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(
    catalogue: &mut Catalogue,
    scope: &Scope,
    found: &mut Found,
) -> Result<(), DbError> {
    let rows = match &scope.tables {
        Some(names) if names.is_empty() => return Ok(()),
        None => catalogue.rows(include_str!("relations.sql"))?.collect::<Vec<_>>(),
        Some(names) => {
            let schema = |name: &Name| match &name.schema {
                Some(schema) => schema.clone(),
                None => catalogue.dialect.schema.clone(),
            };
            let schemas = array(names.iter().map(schema));
            let names = array(names.iter().map(|name| name.name.clone()));
            let sql = concat!(include_str!("relations.sql"), include_str!("scope.sql"));
            let rows = catalogue.db.query(sql, &[Some(&schemas), Some(&names)])?;
            rows.into_iter().map(Fields::new).collect()
        }
    };
    for fields in rows {
        relation(catalogue, fields, scope, found);
    }
    Ok(())
}

/// Texts as an array's text: `{"a","b"}`.
fn array(texts: impl Iterator<Item = String>) -> String {
    let quoted = |text: String| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    format!("{{{}}}", texts.map(quoted).collect::<Vec<_>>().join(","))
}

fn relation(catalogue: &Catalogue, mut fields: Fields, scope: &Scope, found: &mut Found) {
    let id = fields.number();
    let name = catalogue.name(fields.text(), fields.text());
    // The default schema may have been written, too.
    let same = |it: &Name| catalogue.name(schema_of(catalogue, it), it.name.clone()) == name;
    if scope.except.iter().any(same) {
        return;
    }
    let kind = match fields.letter() {
        Some('v') => Kind::View,
        Some('m') => Kind::MaterializedView,
        Some('f') => Kind::ForeignTable,
        _ => Kind::Table(found.schema.tables.len()),
    };
    match kind {
        Kind::Table(_) => found.schema.tables.push(table(catalogue, name.clone(), fields)),
        Kind::View | Kind::MaterializedView => {
            let materialized = kind == Kind::MaterializedView;
            let view = view(name.clone(), materialized, fields);
            found.schema.objects.push(Object::View(view));
        }
        Kind::ForeignTable => other::add(found, "foreign table", name.clone()),
    }
    found.relations.insert(id, Relation { name, kind });
}

fn schema_of(catalogue: &Catalogue, name: &Name) -> String {
    name.schema.as_ref().unwrap_or(&catalogue.dialect.schema).clone()
}

fn table(catalogue: &Catalogue, name: Name, mut fields: Fields) -> Table {
    let mut options = Options::new();
    set_flag(&mut options, UNLOGGED, fields.flag());
    set_text(&mut options, ROW_SECURITY, fields.optional());
    set_text(&mut options, WITH, fields.optional());
    set_text(&mut options, TABLESPACE, fields.optional());
    let comment = fields.optional();
    set_text(&mut options, PARTITION_BY, fields.optional());
    let bound = fields.optional();
    let parents: Vec<(String, String)> = fields.list();
    let parents: Vec<_> = parents
        .into_iter()
        .map(|(schema, name)| catalogue.name(schema, name).to_string())
        .collect();
    if !parents.is_empty() {
        let key = if bound.is_some() { PARTITION_OF } else { INHERITS };
        set_text(&mut options, key, Some(parents.join(", ")));
    }
    set_text(&mut options, PARTITION_BOUND, bound);
    Table { name, comment, options, ..Table::default() }
}

fn view(name: Name, materialized: bool, mut fields: Fields) -> View {
    let _unlogged = fields.flag();
    let _row_security = fields.optional();
    let with = fields.optional();
    let mut options = Options::new();
    set_text(&mut options, WITH, with);
    let query = fields.last().unwrap_or_default();
    let query = query.trim();
    let definition = Sql::new(query.strip_suffix(';').unwrap_or(query));
    View { name, materialized, definition, options }
}
