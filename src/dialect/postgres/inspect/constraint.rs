//! The constraints of tables.

use super::super::options::{
    DEFERRABLE, ENUM_CONSTRAINT, INCLUDE, NO_INHERIT, NOT_VALID, NULLS_NOT_DISTINCT,
    ON_DELETE_COLUMNS, TABLESPACE, WITH,
};
use super::super::types::{enum_constraint, raise_enum};
use super::expression::inner;
use super::{Catalogue, Fields, Found, definition, list, set_flag, set_text};
use crate::dialect::DbError;
use crate::schema::{Action, Check, Deferrable, ForeignKey, Options, PrimaryKey, Sql, Unique};

/// Reads the constraints. The columns are there.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let special = "k.contype = 'x' OR k.conperiod OR NOT k.conenforced";
    let sql = catalogue.sql(
        include_str!("constraints.sql"),
        &[
            ("{special}", 180_000, special, "k.contype = 'x'"),
            ("{confdelsetcols}", 150_000, "k.confdelsetcols", "NULL"),
            ("{indnullsnotdistinct}", 150_000, "i.indnullsnotdistinct", "false"),
        ],
    );
    let mut enums = Vec::new();
    for fields in catalogue.rows(&sql)? {
        let row = Row::read(fields);
        match (row.kind, &row.definition) {
            _ if found.table(row.table).is_none() => {}
            (_, Some(text)) => {
                definition::constraint(found, row.table, row.name.clone(), text);
            }
            ('p', None) => primary_key(found, row),
            ('u', None) => unique(found, row),
            ('f', None) => foreign_key(catalogue, found, row),
            _ if row.name.ends_with("_enum") => enums.push(row),
            _ => check(found, row),
        }
    }
    // The first one of a column, by name, is its enum.
    enums.sort_by(|a, b| a.name.cmp(&b.name));
    for row in enums {
        if !is_enum(found, &row) {
            check(found, row);
        }
    }
    Ok(())
}

/// A row of the query.
struct Row {
    table: u32,
    kind: char,
    name: String,
    columns: Vec<i16>,
    deferrable: Option<Deferrable>,
    is_valid: bool,
    no_inherit: bool,
    /// What a foreign key refers to.
    target: Option<(String, String)>,
    target_id: u32,
    references: Vec<i16>,
    /// The names of those columns, where the table is not among those that are looked at.
    reference_names: Vec<String>,
    on_update: Action,
    on_delete: Action,
    is_full: bool,
    on_delete_columns: Vec<i16>,
    /// The expression of a check.
    expression: String,
    /// The whole text of a constraint that has no other form here.
    definition: Option<String>,
    /// The columns of the index behind a key, and how many of them are the key's.
    index_columns: Vec<i16>,
    index_keys: usize,
    nulls_not_distinct: bool,
    with: Option<String>,
    tablespace: Option<String>,
}

impl Row {
    fn read(mut fields: Fields) -> Row {
        Row {
            table: fields.number(),
            kind: fields.letter().unwrap_or_default(),
            name: fields.text(),
            columns: fields.numbers(),
            deferrable: deferrable(&mut fields),
            is_valid: fields.flag(),
            no_inherit: fields.flag(),
            target: fields.optional().zip(fields.optional()),
            target_id: fields.number(),
            references: fields.numbers(),
            reference_names: fields.list(),
            on_update: action(fields.letter()),
            on_delete: action(fields.letter()),
            is_full: fields.letter() == Some('f'),
            on_delete_columns: fields.numbers(),
            expression: fields.text(),
            definition: fields.optional(),
            index_columns: fields.numbers(),
            index_keys: fields.number(),
            nulls_not_distinct: fields.flag(),
            with: fields.optional(),
            tablespace: fields.optional(),
        }
    }

    /// The options of a key, which are those of its index.
    fn key_options(&self, found: &Found) -> Options {
        let mut options = Options::new();
        let include = self.index_columns.get(self.index_keys..).unwrap_or_default();
        set_text(&mut options, INCLUDE, list(&found.columns(self.table, include)));
        set_text(&mut options, WITH, self.with.clone());
        set_text(&mut options, TABLESPACE, self.tablespace.clone());
        options
    }
}

fn deferrable(fields: &mut Fields) -> Option<Deferrable> {
    let (deferrable, initially) = (fields.flag(), fields.flag());
    deferrable.then_some(Deferrable { initially })
}

fn action(letter: Option<char>) -> Action {
    match letter {
        Some('r') => Action::Restrict,
        Some('c') => Action::Cascade,
        Some('n') => Action::SetNull,
        Some('d') => Action::SetDefault,
        _ => Action::NoAction,
    }
}

fn primary_key(found: &mut Found, row: Row) {
    let columns = found.columns(row.table, &row.columns);
    let mut options = row.key_options(found);
    let deferrable = row.deferrable.map(|it| match it.initially {
        true => "initially deferred".to_owned(),
        false => "deferrable".to_owned(),
    });
    set_text(&mut options, DEFERRABLE, deferrable);
    if let Some(table) = found.table(row.table) {
        table.primary_key = Some(PrimaryKey { name: Some(row.name), columns, options });
    }
}

fn unique(found: &mut Found, row: Row) {
    let columns = found.columns(row.table, &row.columns);
    let mut options = row.key_options(found);
    set_flag(&mut options, NULLS_NOT_DISTINCT, row.nulls_not_distinct);
    let unique = Unique { name: Some(row.name), columns, deferrable: row.deferrable, options };
    if let Some(table) = found.table(row.table) {
        table.uniques.push(unique);
    }
}

fn foreign_key(catalogue: &Catalogue, found: &mut Found, row: Row) {
    let Some((schema, name)) = row.target else { return };
    let mut options = Options::new();
    set_flag(&mut options, NOT_VALID, !row.is_valid);
    let set = found.columns(row.table, &row.on_delete_columns);
    set_text(&mut options, ON_DELETE_COLUMNS, list(&set));
    let references = match row.reference_names.is_empty() {
        true => found.columns(row.target_id, &row.references),
        false => row.reference_names,
    };
    let key = ForeignKey {
        name: Some(row.name),
        columns: found.columns(row.table, &row.columns),
        table: catalogue.name(schema, name),
        references,
        on_delete: row.on_delete,
        on_update: row.on_update,
        matching: row.is_full.then(|| "full".to_owned()),
        deferrable: row.deferrable,
        options,
    };
    if let Some(table) = found.table(row.table) {
        table.foreign_keys.push(key);
    }
}

fn check(found: &mut Found, row: Row) {
    let mut options = Options::new();
    set_flag(&mut options, NOT_VALID, !row.is_valid);
    set_flag(&mut options, NO_INHERIT, row.no_inherit);
    let expression = Sql::new(inner(&row.expression));
    let check = Check { name: Some(row.name), expression, options };
    if let Some(table) = found.table(row.table) {
        table.checks.push(check);
    }
}

/// Whether the check is how the values of an enum are kept; then its column is one.
fn is_enum(found: &mut Found, row: &Row) -> bool {
    let names = found.columns(row.table, &row.columns);
    let ([name], true, false) = (&names[..], row.is_valid, row.no_inherit) else { return false };
    let Some(table) = found.table(row.table) else { return false };
    let expected = enum_constraint(&table.name.name, name);
    let Some(column) = table.columns.iter_mut().find(|column| column.name == *name) else {
        return false;
    };
    let Some(ty) = raise_enum(name, &column.ty, &row.name, &row.expression) else { return false };
    column.ty = ty;
    let other = (row.name != expected).then(|| row.name.clone());
    set_text(&mut column.options, ENUM_CONSTRAINT, other);
    true
}
