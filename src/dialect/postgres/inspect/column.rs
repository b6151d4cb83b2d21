//! The columns of tables.

use std::collections::{BTreeSet, HashMap};

use super::super::default::{is_null, raise_default};
use super::super::options::{COMPRESSION, SERIAL, STATISTICS, STORAGE};
use super::super::types::raise;
use super::expression::inner;
use super::sequence::Sequences;
use super::{Catalogue, Fields, Found, set_flag, set_text};
use crate::dialect::DbError;
use crate::schema::{
    Column, Generated, Identity, Name, OptionValue, Options, SequenceOptions, Sql, Type,
};

/// Reads the columns.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(
    catalogue: &mut Catalogue,
    sequences: &mut Sequences,
    found: &mut Found,
) -> Result<(), DbError> {
    let compression = "CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END";
    let pieces = [("{compression}", 140_000, compression, "NULL")];
    let sql = catalogue.sql(include_str!("columns.sql"), &pieces);
    let rows: Vec<Fields> = catalogue.rows(&sql)?.collect();
    let types = Types::read(catalogue, &rows)?;
    let mut columns: Vec<(u32, i16, Column)> = Vec::new();
    for mut fields in rows {
        let table = fields.number();
        let number = fields.number();
        let name = fields.text();
        found.columns.entry(table).or_default().push((number, name.clone()));
        let is_local = fields.flag();
        if is_local && found.table(table).is_some() {
            let nullable = !fields.flag();
            let ty = types.take(&mut fields);
            let column = Column { nullable, ..Column::new(name, ty) };
            let column = describe(column, catalogue, sequences, (table, number), fields);
            columns.push((table, number, column));
        }
    }
    columns.sort_by_key(|(table, number, _)| (*table, *number));
    for (id, _, column) in columns {
        if let Some(table) = found.table(id) {
            table.columns.push(column);
        }
    }
    Ok(())
}

/// The types that columns have, by their ids and modifiers.
struct Types(HashMap<(u32, i32), Type>);

impl Types {
    /// Where a row has the id of its type, and behind it the modifier.
    const AT: usize = 5;

    fn read(catalogue: &mut Catalogue, rows: &[Fields]) -> Result<Types, DbError> {
        let both = |row| Fields::peek(row, Types::AT).zip(Fields::peek(row, Types::AT + 1));
        let all: BTreeSet<(&str, &str)> = rows.iter().filter_map(both).collect();
        let list = |texts: Vec<&str>| format!("{{{}}}", texts.join(","));
        let ids = list(all.iter().map(|(id, _)| *id).collect());
        let modifiers = list(all.iter().map(|(_, modifier)| *modifier).collect());
        let found =
            catalogue.db.query(include_str!("types.sql"), &[Some(&ids), Some(&modifiers)])?;
        let named = found.into_iter().map(|row| {
            let mut fields = Fields::new(row);
            let key = (fields.number(), fields.number());
            let text = fields.text();
            (key, ty(&text, shared_enum(catalogue, &mut fields)))
        });
        Ok(Types(named.collect()))
    }

    fn take(&self, fields: &mut Fields) -> Type {
        let key = (fields.number(), fields.number());
        self.0.get(&key).cloned().unwrap_or_else(|| Type::native("postgres", ""))
    }
}

/// The column with the rest of what its row says.
fn describe(
    mut column: Column,
    catalogue: &Catalogue,
    sequences: &mut Sequences,
    at: (u32, i16),
    mut fields: Fields,
) -> Column {
    let default = fields.optional();
    let identity = fields.letter();
    let generated = fields.letter();
    let collation: Option<(String, String)> = fields.list().pop();
    column.collation = collation.map(|(schema, name)| catalogue.collation(schema, name));
    column.comment = fields.optional();
    column.options = options(fields);
    match (identity, generated, default) {
        (Some(kind), _, _) => {
            let options = sequences.take_identity(at, &column.ty);
            column.identity = Some(Identity { always: kind == 'a', options });
        }
        (_, Some(kind), Some(text)) => {
            let expression = Sql::new(inner(&text));
            column.generated = Some(Generated { expression, stored: kind == 's' });
        }
        (_, _, Some(text)) => match sequences.take_serial(at, &column.ty, &text) {
            Some(options) => make_serial(&mut column, options),
            None if is_null(&column.ty, &text) => {}
            None => column.default = Some(raise_default(&column.ty, &text)),
        },
        (_, _, None) => {}
    }
    column
}

fn make_serial(column: &mut Column, options: SequenceOptions) {
    column.identity = Some(Identity { always: false, options });
    set_flag(&mut column.options, SERIAL, true);
}

fn shared_enum(catalogue: &Catalogue, fields: &mut Fields) -> Option<Name> {
    let (schema, name) = fields.optional().zip(fields.optional())?;
    Some(catalogue.name(schema, name))
}

fn ty(text: &str, shared_enum: Option<Name>) -> Type {
    match shared_enum {
        Some(name) if text.ends_with("[]") => Type::Array(Box::new(Type::SharedEnum(name))),
        Some(name) => Type::SharedEnum(name),
        None => raise(text),
    }
}

fn options(mut fields: Fields) -> Options {
    let mut options = Options::new();
    let storage = fields.letter().map(|letter| match letter {
        'p' => "plain",
        'e' => "external",
        'm' => "main",
        _ => "extended",
    });
    set_text(&mut options, STORAGE, storage.map(str::to_owned));
    set_text(&mut options, COMPRESSION, fields.optional());
    if let Some(number) = fields.optional_number() {
        options.insert(STATISTICS.to_owned(), OptionValue::Integer(number));
    }
    options
}
