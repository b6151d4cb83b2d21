//! The columns of tables.

use std::collections::HashMap;

use super::super::default::{fit, is_spatial, now, raise as raise_default};
use super::super::options::{CHARSET, INVISIBLE, ON_UPDATE, SRID, WITHOUT_VERSIONING};
use super::super::types::raise;
use super::check::Checks;
use super::expression::{plain, unescaped, unqualified_expression};
use super::literal::{self, Guess, Guesses, is_bytes};
use super::{Catalogue, Fields, Found, TABLES, comment, set_flag, set_text};
use crate::dialect::DbError;
use crate::schema::{
    Column, Generated, Identity, Literal, Name, OptionValue, PrimaryKey, Size, Sql, Type, Value,
};

/// Reads the columns, and gives what is not sure of them.
///
/// # Errors
/// Whatever the server says.
pub(super) fn read(
    catalogue: &mut Catalogue,
    checks: &Checks,
    found: &mut Found,
) -> Result<Guesses, DbError> {
    let mut guesses = Guesses::default();
    let srid = if catalogue.is_mysql_since(80_003) { "srs_id" } else { "NULL" };
    let sql = include_str!("columns.sql").replace("{srid}", srid);
    let mut rows: Vec<Row> = catalogue.rows(&sql, &TABLES)?.map(Row::read).collect();
    rows.sort_by_key(|row| row.number);
    let mut types = HashMap::new();
    for row in rows {
        let table = catalogue.name(&row.schema, &row.table);
        if !found.tables.contains_key(&table) {
            let columns = found.columns_of_others.entry(table.clone()).or_default();
            columns.push(row.name.clone());
            guesses.see(table, &row.name, &row.ty);
            continue;
        }
        if is_period(&row) {
            // The columns that say since and until when a row is as it is are the table's option.
            found.other("period column", Name::new(table.column(&row.name)));
            continue;
        }
        let ty = types.entry(row.ty.clone()).or_insert_with(|| raise(&row.ty)).clone();
        let column = describe(catalogue, checks, found, &table, ty, row, &mut guesses);
        if let Some(table) = found.table(&table) {
            table.columns.push(column);
        }
    }
    srids(catalogue, found)?;
    Ok(guesses)
}

/// A row of the query.
struct Row {
    schema: String,
    table: String,
    number: u32,
    name: String,
    ty: String,
    default: Option<String>,
    is_nullable: bool,
    /// In lower case.
    extra: String,
    generation: String,
    charset: Option<String>,
    collation: Option<String>,
    comment: String,
    srid: Option<i64>,
}

impl Row {
    fn read(mut fields: Fields) -> Row {
        Row {
            schema: fields.text(),
            table: fields.text(),
            number: fields.number(),
            name: fields.text(),
            ty: fields.text(),
            default: fields.optional(),
            is_nullable: fields.is("YES"),
            extra: fields.text().to_lowercase(),
            generation: fields.text(),
            charset: fields.optional(),
            collation: fields.optional(),
            comment: fields.text(),
            srid: fields.optional_number(),
        }
    }

    fn has(&self, word: &str) -> bool {
        self.extra.contains(word)
    }
}

/// Whether it says since or until when a row of a table with system versioning is as it is.
fn is_period(row: &Row) -> bool {
    row.has("generated") && matches!(&*row.generation, "ROW START" | "ROW END")
}

fn describe(
    catalogue: &Catalogue,
    checks: &Checks,
    found: &Found,
    table: &Name,
    mut ty: Type,
    row: Row,
    guesses: &mut Guesses,
) -> Column {
    let is_long = ty == Type::Text(Size::Long) && row.collation.as_deref() == Some("utf8mb4_bin");
    if catalogue.is_mariadb() && is_long && checks.has_json(table, &row.name) {
        ty = Type::Json;
    }
    let mut column = Column { nullable: row.is_nullable, ..Column::new(&row.name, ty) };
    if column.ty != Type::Json
        && let Some((charset, collation)) = found.charsets.get(table)
    {
        let other = |it: &Option<String>, own: &String| it.clone().filter(|it| it != own);
        set_text(&mut column.options, CHARSET, other(&row.charset, charset));
        column.collation = other(&row.collation, collation);
    }
    set_flag(&mut column.options, INVISIBLE, row.has("invisible"));
    set_flag(&mut column.options, WITHOUT_VERSIONING, row.has("without system versioning"));
    let on_update = row.has("on update ").then(|| now(&column.ty));
    set_text(&mut column.options, ON_UPDATE, on_update);
    if let Some(number) = row.srid {
        column.options.insert(SRID.to_owned(), OptionValue::Integer(number));
    }
    if row.has("auto_increment") {
        column.identity = Some(Identity::default());
    } else if row.has("virtual generated") || row.has("stored generated") {
        let stored = row.has("stored generated");
        let expression = Sql::new(own(catalogue, &plain(&unescaped(catalogue, row.generation))));
        column.generated = Some(Generated { expression, stored });
    } else if let Some(text) = row.default {
        let is_computed = row.extra.contains("default_generated");
        column.default = default(catalogue, &column.ty, text, is_computed);
        if !is_computed && let Some(guess) = Guess::of(&column, row.charset.is_some()) {
            guesses.literals.push((table.clone(), guess));
        }
    }
    column.comment = comment(row.comment);
    column
}

/// The default of a column of type `ty` of which the server says `text`, and MySQL whether it is
/// computed. MariaDB says SQL, and `NULL` for none.
fn default(catalogue: &Catalogue, ty: &Type, text: String, is_computed: bool) -> Option<Value> {
    if catalogue.is_mariadb() && text == "NULL" {
        return None;
    }
    if !catalogue.is_mariadb() && !is_computed && !is_native(ty, is_bit) {
        return Some(Value::Literal(fit(ty, &Literal::Text(text))));
    }
    let text = unescaped(catalogue, text);
    if let Some(bytes) = text.strip_prefix("0x").and_then(literal::bytes) {
        match () {
            () if is_bytes(ty) => return Some(literal::value(ty, bytes)),
            () if is_native(ty, is_bit) => return Some(literal::bits(&bytes)),
            () => {}
        }
    }
    Some(match raise_default(ty, &text) {
        Value::Expression(Sql { text: Some(text), .. }) => {
            Value::Expression(Sql::new(own(catalogue, &plain(&text))))
        }
        other => other,
    })
}

fn is_bit(ty: &str) -> bool {
    ty.starts_with("bit")
}

/// An expression without the name of the connection's own database, which MariaDB puts before
/// sequences.
fn own(catalogue: &Catalogue, expression: &str) -> String {
    match &catalogue.dialect.schema {
        Some(database) => unqualified_expression(expression, database),
        None => expression.to_owned(),
    }
}

/// Whether it is a type that the servers have under a name of this kind.
fn is_native(ty: &Type, is: impl Fn(&str) -> bool) -> bool {
    matches!(ty, Type::Native { dialects, .. } if dialects.values().any(|it| is(it)))
}

/// Reads the reference systems on MariaDB, where a column is of places or shapes.
fn srids(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let mut columns = found.schema.tables.iter().flat_map(|it| &it.columns);
    if !catalogue.is_mariadb() || !columns.any(|it| is_native(&it.ty, is_spatial)) {
        return Ok(());
    }
    for mut fields in
        catalogue.rows(include_str!("srids.sql"), &["g_table_schema", "g_table_name"])?
    {
        let name = catalogue.name(&fields.text(), &fields.text());
        let (column, number) = (fields.text(), fields.number());
        let table = found.table(&name);
        let column = table.and_then(|it| it.columns.iter_mut().find(|it| it.name == column));
        if let Some(column) = column {
            column.options.insert(SRID.to_owned(), OptionValue::Integer(number));
        }
    }
    Ok(())
}

/// The key that MySQL makes of itself for a table without one:
/// <https://dev.mysql.com/doc/refman/8.4/en/create-table-gipks.html>.
const OWN_KEY: &str = "my_row_id";

/// Whether a primary key is the server's own. Its column goes.
pub(super) fn is_own_key(columns: &mut Vec<Column>, key: &PrimaryKey) -> bool {
    let is_own = |it: &Column| {
        it.name == OWN_KEY && it.identity.is_some() && it.options.contains_key(INVISIBLE)
    };
    let found = key.columns == [OWN_KEY] && columns.iter().any(is_own);
    columns.retain(|it| !found || !is_own(it));
    found
}
