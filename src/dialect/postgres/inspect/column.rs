//! The columns of tables.

use super::super::default::raise_default;
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
    let mut columns: Vec<(u32, i16, Column)> = Vec::new();
    for mut fields in catalogue.rows(&sql)? {
        let table = fields.number();
        let number = fields.number();
        let name = fields.text();
        found.columns.entry(table).or_default().push((number, name.clone()));
        let is_local = fields.flag();
        if is_local && found.table(table).is_some() {
            let column = column(catalogue, sequences, (table, number), name, fields);
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

fn column(
    catalogue: &Catalogue,
    sequences: &mut Sequences,
    at: (u32, i16),
    name: String,
    mut fields: Fields,
) -> Column {
    let nullable = !fields.flag();
    let ty = ty(&fields.text(), shared_enum(catalogue, &mut fields));
    let default = fields.optional();
    let identity = fields.letter();
    let generated = fields.letter();
    let collation = fields.optional().zip(fields.optional());
    let mut column = Column { nullable, ..Column::new(name, ty) };
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
