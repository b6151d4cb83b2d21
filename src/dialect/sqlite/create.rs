//! Statements that make tables and indexes, and the clauses of which they consist.

use super::ddl::{ColumnDefinition, OnConflict};
use super::options::{
    self, AUTOINCREMENT, NOT_NULL_ON_CONFLICT, ON_CONFLICT, STRICT, TYPE, WITHOUT_ROWID,
};
use super::types::{self, quote};
use super::{default, key};
use crate::dialect::Unsupported;
use crate::schema::sql::tokens;
use crate::schema::{
    Check, Column, ForeignKey, Index, IndexKey, Literal, Name, Nulls, PrimaryKey, Sql, Table, Type,
    TypeOf, Unique, Value,
};

/// The blanks before each column.
pub(super) const INDENT: &str = "    ";

/// What stands between two columns.
const LINE: &str = ",\n    ";

/// `CREATE TABLE`, one column or constraint a line.
///
/// # Errors
/// When SQLite has no such table.
pub(super) fn table(table: &Table) -> Result<String, Unsupported> {
    let name = name(&table.name)?;
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(table.name.clone())),
        ..error
    };
    let mut lines = Vec::new();
    for column in &table.columns {
        lines.push(self::column(table, column).map_err(about)?);
    }
    lines.extend(constraints(table).map_err(about)?);
    if table.columns.is_empty() {
        return Err(about(no_columns()));
    }
    let mut text = format!("CREATE TABLE {} (\n", quote(&name));
    for (at, line) in lines.iter().enumerate() {
        text.push_str(if at == 0 { INDENT } else { LINE });
        text.push_str(line);
    }
    text.push_str("\n)");
    text.push_str(&table_options(table).map_err(about)?);
    Ok(text)
}

/// What is said of a table without columns.
pub(super) fn no_columns() -> Unsupported {
    let hint = "give the table a column".to_owned();
    Unsupported::new("SQLite has no tables without columns", hint)
}

/// What stands behind the parentheses, with a blank in front.
fn table_options(table: &Table) -> Result<String, Unsupported> {
    options::known(&table.options, "a table", &[STRICT, WITHOUT_ROWID, AUTOINCREMENT])?;
    let on = |(option, word): (&str, &'static str)| types::is_on(table, option).then_some(word);
    let words: Vec<_> =
        [(WITHOUT_ROWID, "WITHOUT ROWID"), (STRICT, "STRICT")].into_iter().filter_map(on).collect();
    Ok(if words.is_empty() { String::new() } else { format!(" {}", words.join(", ")) })
}

/// The constraints that stand behind the columns.
fn constraints(table: &Table) -> Result<Vec<String>, Unsupported> {
    let mut all = Vec::new();
    let in_column = is_numbered(table)?;
    if let Some(key) = table.primary_key.as_ref().filter(|_| !in_column) {
        all.push(primary_key(key)?);
    }
    all.extend(table.uniques.iter().map(unique).collect::<Result<Vec<_>, _>>()?);
    all.extend(table.foreign_keys.iter().map(foreign_key).collect::<Result<Vec<_>, _>>()?);
    all.extend(table.checks.iter().map(check).collect::<Result<Vec<_>, _>>()?);
    Ok(all)
}

/// Whether the table never uses a number twice. `AUTOINCREMENT` belongs into the column, and the
/// primary key with it: <https://sqlite.org/autoinc.html>.
fn is_numbered(table: &Table) -> Result<bool, Unsupported> {
    if !types::is_on(table, AUTOINCREMENT) {
        return Ok(false);
    }
    let sole = |column: &&Column| table.is_sole_key(&column.name) && column.identity.is_some();
    match table.columns.iter().find(sole) {
        Some(_) if !types::is_on(table, WITHOUT_ROWID) => Ok(true),
        _ => Err(Unsupported::new(
            format!("`{AUTOINCREMENT}` is for a table whose whole primary key numbers itself"),
            "leave the option out".to_owned(),
        )),
    }
}

/// A column as it stands in `CREATE TABLE` and behind `ADD COLUMN`.
///
/// # Errors
/// When SQLite has no such column.
pub(super) fn column(table: &Table, column: &Column) -> Result<String, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: Some(table.name.clone()),
        column: Some(column.name.clone()),
        ..error
    };
    column_clauses(table, column).map(|clauses| clauses.join(" ")).map_err(about)
}

fn column_clauses(table: &Table, column: &Column) -> Result<Vec<String>, Unsupported> {
    options::known(&column.options, "a column", &[NOT_NULL_ON_CONFLICT, TYPE])?;
    let mut clauses = vec![quote(&column.name)];
    let ty = types::column_sql(table, column)?;
    if matches!(column.ty, Type::Native { .. }) || column.options.contains_key(TYPE) {
        check_type(&ty)?;
    }
    clauses.extend(Some(ty).filter(|ty| !ty.is_empty()));
    if column.identity.is_some() {
        check_identity(table, column)?;
        if let Some(key) = table.primary_key.as_ref().filter(|_| types::is_on(table, AUTOINCREMENT))
        {
            is_numbered(table)?;
            clauses.push(numbered_key(key)?);
        }
    }
    if !column.nullable {
        clauses.push(not_null(column));
    }
    if let Some(value) = &column.default {
        clauses.push(self::default(value)?);
    }
    if let Some(collation) = &column.collation {
        clauses.push(collate(collation));
    }
    if let Some(generated) = &column.generated {
        clauses.push(self::generated(generated)?);
    }
    clauses.extend(enum_values(&column.ty).map(|values| types::enum_check(&column.name, values)));
    Ok(clauses)
}

/// Types of one's own are put into statements as they are, so they must be types.
fn check_type(ty: &str) -> Result<(), Unsupported> {
    let column = ColumnDefinition::parse(&format!("\"\" {ty}"));
    match column {
        Ok(column) if column.constraints.is_empty() => Ok(()),
        _ => Err(Unsupported::new(
            format!("`{ty}` is no type"),
            "a type is words, with one or two numbers in parentheses".to_owned(),
        )),
    }
}

/// A rowid numbers itself and is the only number that does.
fn check_identity(table: &Table, column: &Column) -> Result<(), Unsupported> {
    if table.is_sole_key(&column.name) && !types::is_on(table, WITHOUT_ROWID) {
        return Ok(());
    }
    Err(Unsupported::new(
        "SQLite numbers only a column that is the whole primary key of a table with rowids",
        "make it the primary key, or give the numbers yourself".to_owned(),
    ))
}

/// The values of an enum that a column of this type holds.
pub(super) fn enum_values(ty: &Type) -> Option<&[String]> {
    match ty.of("sqlite") {
        Ok(TypeOf::Portable(Type::Enum(values))) => Some(values),
        _ => None,
    }
}

pub(super) fn not_null(column: &Column) -> String {
    format!("NOT NULL{}", on_conflict(&column.options, NOT_NULL_ON_CONFLICT))
}

/// `DEFAULT` with its value.
pub(super) fn default(value: &Value) -> Result<String, Unsupported> {
    Ok(match value {
        Value::Literal(literal) => format!("DEFAULT {}", self::literal(literal)?),
        Value::Expression(sql) => {
            let text = expression(sql, "the default")?;
            if is_time(text) {
                format!("DEFAULT {text}")
            } else {
                format!("DEFAULT {}", group(text))
            }
        }
    })
}

/// The expressions that are defaults without parentheses.
pub(super) fn is_time(text: &str) -> bool {
    let words = ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

pub(super) fn collate(collation: &str) -> String {
    let plain = key::COLLATIONS.contains(&collation);
    if plain { format!("COLLATE {collation}") } else { format!("COLLATE {}", quote(collation)) }
}

pub(super) fn generated(generated: &crate::schema::Generated) -> Result<String, Unsupported> {
    let text = group(expression(&generated.expression, "the generated column")?);
    let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
    Ok(format!("GENERATED ALWAYS AS {text} {kind}"))
}

/// The primary key as a constraint of the table.
pub(super) fn primary_key(key: &PrimaryKey) -> Result<String, Unsupported> {
    options::known(&key.options, "a primary key", &[ON_CONFLICT, options::COLUMNS])?;
    let columns = key_columns(&key.columns, &key.options)?;
    let conflict = on_conflict(&key.options, ON_CONFLICT);
    Ok(format!("{}PRIMARY KEY ({columns}){conflict}", named(&key.name)))
}

/// The primary key as a constraint of its only column.
fn numbered_key(key: &PrimaryKey) -> Result<String, Unsupported> {
    options::known(&key.options, "a primary key", &[ON_CONFLICT, options::COLUMNS])?;
    let conflict = on_conflict(&key.options, ON_CONFLICT);
    Ok(format!("{}PRIMARY KEY{conflict} AUTOINCREMENT", named(&key.name)))
}

pub(super) fn unique(unique: &Unique) -> Result<String, Unsupported> {
    options::known(&unique.options, "a unique constraint", &[ON_CONFLICT, options::COLUMNS])?;
    if unique.deferrable.is_some() {
        return Err(Unsupported::new(
            "SQLite has no deferrable unique constraints",
            "leave `deferrable` out".to_owned(),
        ));
    }
    let columns = key_columns(&unique.columns, &unique.options)?;
    let conflict = on_conflict(&unique.options, ON_CONFLICT);
    Ok(format!("{}UNIQUE ({columns}){conflict}", named(&unique.name)))
}

/// The columns of a key, as they stand between its parentheses.
fn key_columns(
    columns: &[String],
    options: &crate::schema::Options,
) -> Result<String, Unsupported> {
    if columns.is_empty() {
        return Err(Unsupported::new("a key has at least one column", None));
    }
    Ok(options::text(options, options::COLUMNS).map_or_else(|| list(columns), str::to_owned))
}

pub(super) fn foreign_key(key: &ForeignKey) -> Result<String, Unsupported> {
    options::known(&key.options, "a foreign key", &[])?;
    let columns = list(&key.columns);
    Ok(format!("{}FOREIGN KEY ({columns}) {}", named(&key.name), references(key)?))
}

/// `REFERENCES` with all that follows.
pub(super) fn references(key: &ForeignKey) -> Result<String, Unsupported> {
    let mut text = format!("REFERENCES {}", quote(&name(&key.table)?));
    if !key.references.is_empty() {
        text.push_str(&format!(" ({})", list(&key.references)));
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != Default::default() {
            text.push_str(&format!(" ON {event} {}", action.to_string().to_uppercase()));
        }
    }
    if let Some(matching) = &key.matching {
        text.push_str(&format!(" MATCH {}", word(matching)));
    }
    if let Some(deferrable) = key.deferrable {
        text.push_str(" DEFERRABLE");
        if deferrable.initially {
            text.push_str(" INITIALLY DEFERRED");
        }
    }
    Ok(text)
}

pub(super) fn check(check: &Check) -> Result<String, Unsupported> {
    options::known(&check.options, "a check", &[ON_CONFLICT])?;
    let text = group(expression(&check.expression, "the check")?);
    Ok(format!("{}CHECK {text}{}", named(&check.name), on_conflict(&check.options, ON_CONFLICT)))
}

/// The statement that makes an index of a live table: the one that did, where it is known.
///
/// # Errors
/// As for [`index`].
pub(super) fn made_by(table: &Name, index: &Index) -> Result<String, Unsupported> {
    match &index.source.0 {
        Some(source) => Ok(source.clone()),
        None => self::index(table, index),
    }
}

/// `CREATE INDEX` on the table called `table`.
///
/// # Errors
/// When SQLite has no such index.
pub(super) fn index(table: &Name, index: &Index) -> Result<String, Unsupported> {
    let about = |error: Unsupported| Unsupported { table: Some(table.clone()), ..error };
    let columns = index_columns(index).map_err(about)?;
    let unique = if index.unique { "UNIQUE " } else { "" };
    let (index_name, table) = (quote(&index.name), quote(&name(table)?));
    let mut text = format!("CREATE {unique}INDEX {index_name} ON {table} ({columns})");
    if let Some(predicate) = &index.predicate {
        let predicate = expression(predicate, "the predicate of the index").map_err(about)?;
        text.push_str(&format!(" WHERE {}", line(predicate)));
    }
    Ok(text)
}

fn index_columns(index: &Index) -> Result<String, Unsupported> {
    options::known(&index.options, "an index", &[])?;
    if !index.include.is_empty() {
        return Err(Unsupported::new(
            format!("SQLite has no included columns (index `{}`)", index.name),
            "name them among the columns of the index".to_owned(),
        ));
    }
    if let Some(method) = &index.using {
        return Err(Unsupported::new(
            format!("SQLite has no index method `{method}` (index `{}`)", index.name),
            "leave `using` out".to_owned(),
        ));
    }
    let mut columns = Vec::new();
    for column in &index.columns {
        // NULL is smaller than any value, and an index cannot say otherwise:
        // https://sqlite.org/lang_createindex.html
        let usual = if column.descending { Nulls::Last } else { Nulls::First };
        if column.nulls.is_some_and(|nulls| nulls != usual) {
            return Err(Unsupported::new(
                format!("SQLite cannot place NULL otherwise in an index (index `{}`)", index.name),
                "leave `nulls first` and `nulls last` out".to_owned(),
            ));
        }
        if let IndexKey::Expression(sql) = &column.key {
            expression(sql, "the column of the index")?;
        }
        columns.push(key::sql(column));
    }
    Ok(columns.join(", "))
}

pub(super) fn literal(literal: &Literal) -> Result<String, Unsupported> {
    match literal {
        Literal::Float(number) if !number.is_finite() => Err(Unsupported::new(
            format!("SQLite has no literal for {number}"),
            "it is written 9e999, as an expression".to_owned(),
        )),
        other => Ok(default::sql(other)),
    }
}

/// The name of a table, view or trigger, which has no other schema than `main`.
///
/// # Errors
/// When it has.
pub(super) fn name(name: &Name) -> Result<String, Unsupported> {
    match &name.schema {
        Some(schema) if !schema.eq_ignore_ascii_case("main") => Err(Unsupported {
            table: Some(name.clone()),
            ..Unsupported::new(
                format!("SQLite has no schemas (`{name}`)"),
                format!("leave `{schema}` out of the name"),
            )
        }),
        _ => Ok(name.name.clone()),
    }
}

/// What `sql` says to SQLite.
///
/// # Errors
/// When it says nothing.
pub(super) fn expression<'a>(sql: &'a Sql, of: &str) -> Result<&'a str, Unsupported> {
    sql.of("sqlite").ok_or_else(|| {
        let hint = "write `sqlite = \"...\"` beside the other dialects".to_owned();
        Unsupported::new(format!("{of} says nothing for SQLite"), hint)
    })
}

/// An expression in parentheses.
pub(super) fn group(text: &str) -> String {
    let text = line(text);
    if is_group(&text) { text } else { format!("({text})") }
}

/// An expression behind which more can follow: a comment at its end is closed.
pub(super) fn line(text: &str) -> String {
    let end = tokens(text).last().map_or(0, |last| last.end());
    if text[end..].contains("--") { format!("{text}\n") } else { text.to_owned() }
}

/// Whether one pair of parentheses holds all of the text.
fn is_group(text: &str) -> bool {
    let all = tokens(text);
    let mut depth = 0;
    let closed = all.iter().position(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0
    });
    closed.is_some_and(|at| at > 0 && at + 1 == all.len())
}

fn named(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("CONSTRAINT {} ", quote(name))).unwrap_or_default()
}

fn on_conflict(options: &crate::schema::Options, option: &str) -> String {
    let resolution = options::text(options, option).and_then(OnConflict::parse);
    resolution.map(|it| format!(" ON CONFLICT {}", it.word().to_uppercase())).unwrap_or_default()
}

/// A word that needs no quotes, or a quoted name.
fn word(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic());
    if plain { text.to_uppercase() } else { quote(text) }
}

/// Quoted names with commas between.
pub(super) fn list(names: &[String]) -> String {
    names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}
