//! The indexes of tables.

use std::collections::HashMap;

use super::super::options::{INVALID, NULLS_NOT_DISTINCT, OPCLASSES, TABLESPACE, WITH};
use super::expression::inner;
use super::relation::Kind;
use super::{Catalogue, Fields, Found, other, set_flag, set_text};
use crate::dialect::DbError;
use crate::schema::{Index, IndexColumn, IndexKey, Nulls, Options, Sql};

/// Reads the indexes. The columns are there.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let mut keys = keys(catalogue)?;
    let nulls = ("{indnullsnotdistinct}", 150_000, "i.indnullsnotdistinct", "false");
    let sql = catalogue.sql(include_str!("indexes.sql"), &[nulls]);
    for mut fields in catalogue.rows(&sql)? {
        let (table, id) = (fields.number(), fields.number());
        let name = catalogue.name(fields.text(), fields.text());
        match found.relations.get(&table).map(|relation| relation.kind) {
            Some(Kind::Table(at)) => {
                let index = index(found, table, name.name, &mut keys, id, fields);
                if let Some(table) = found.schema.tables.get_mut(at) {
                    table.indexes.push(index);
                }
            }
            Some(_) => other::add(found, "index", name),
            None => {}
        }
    }
    Ok(())
}

/// What a key is more than a column.
struct Key {
    /// What it is of the index's: 1 is the first.
    number: usize,
    expression: Option<String>,
    collation: Option<String>,
    opclass: Option<String>,
}

/// The keys that are more than a column, by the index's id.
fn keys(catalogue: &mut Catalogue) -> Result<HashMap<u32, Vec<Key>>, DbError> {
    let mut keys: HashMap<u32, Vec<Key>> = HashMap::new();
    for fields in catalogue.rows(include_str!("index_keys.sql"))? {
        let (index, key) = key(catalogue, fields);
        keys.entry(index).or_default().push(key);
    }
    Ok(keys)
}

fn key(catalogue: &Catalogue, mut fields: Fields) -> (u32, Key) {
    let (index, number) = (fields.number(), fields.number());
    let expression = fields.optional();
    let definition = fields.optional();
    let collation = fields.optional().zip(fields.optional());
    // Which collation is the expression's own says only the text of the whole index.
    let is_own = match (&expression, definition) {
        (Some(text), Some(whole)) => !whole.contains(&format!("{text} COLLATE ")),
        _ => false,
    };
    let collation = collation.filter(|_| !is_own);
    let collation = collation.map(|(schema, name)| catalogue.collation(schema, name));
    let opclass = fields.optional();
    let opclass = match fields.optional() {
        Some(parameters) => opclass.map(|name| format!("{name} ({parameters})")),
        None => opclass,
    };
    (index, Key { number, expression, collation, opclass })
}

fn index(
    found: &Found,
    table: u32,
    name: String,
    keys: &mut HashMap<u32, Vec<Key>>,
    id: u32,
    mut fields: Fields,
) -> Index {
    let mut options = Options::new();
    let unique = fields.flag();
    set_flag(&mut options, INVALID, !fields.flag());
    let numbers: Vec<i16> = fields.numbers();
    let count = fields.number::<usize>().min(numbers.len());
    let orders: Vec<i16> = fields.numbers();
    let (own, include) = numbers.split_at(count);
    let mut columns: Vec<IndexColumn> = own
        .iter()
        .zip(orders)
        .map(|(number, order)| column(found.columns(table, &[*number]).pop(), order))
        .collect();
    let mut opclasses = vec!["default".to_owned(); columns.len()];
    for key in keys.remove(&id).unwrap_or_default() {
        let at = key.number.saturating_sub(1);
        if let (Some(column), Some(opclass)) = (columns.get_mut(at), opclasses.get_mut(at)) {
            if let Some(text) = key.expression {
                column.key = IndexKey::Expression(Sql::new(inner(&text)));
            }
            column.collation = key.collation;
            *opclass = key.opclass.unwrap_or_else(|| "default".to_owned());
        }
    }
    let using = fields.optional();
    let predicate = fields.optional().map(|text| Sql::new(inner(&text)));
    set_flag(&mut options, NULLS_NOT_DISTINCT, fields.flag());
    set_text(&mut options, WITH, fields.optional());
    set_text(&mut options, TABLESPACE, fields.optional());
    let is_special = opclasses.iter().any(|it| it != "default");
    set_text(&mut options, OPCLASSES, is_special.then(|| opclasses.join(", ")));
    Index {
        name,
        columns,
        unique,
        predicate,
        include: found.columns(table, include),
        using,
        comment: fields.optional(),
        options,
        ..Index::default()
    }
}

/// A key with its order: the lowest bit says that the largest is first, the next one that NULL is.
fn column(name: Option<String>, order: i16) -> IndexColumn {
    let descending = order & 1 != 0;
    let nulls = match (descending, order & 2 != 0) {
        (false, true) => Some(Nulls::First),
        (true, false) => Some(Nulls::Last),
        _ => None,
    };
    IndexColumn { descending, nulls, ..IndexColumn::new(name.unwrap_or_default()) }
}
