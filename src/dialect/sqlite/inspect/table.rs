//! A table, raised from the text that SQLite keeps of it.

use super::super::ddl::{
    ColumnConstraintKind, ColumnDefinition, CreateTable, OnConflict, References,
    TableConstraintKind, TableOptionKind,
};
use super::super::{default, key, types};
use super::unreadable;
use crate::dialect::DbError;
use crate::schema::{
    Check, Column, ForeignKey, Generated, Identity, Name, OptionValue, Options, PrimaryKey, Source,
    Sql, Table, Unique,
};

/// The table called `name` that `sql` makes.
pub(super) fn raise(name: String, sql: String) -> Result<Table, DbError> {
    let read = CreateTable::parse(&sql).map_err(|err| unreadable("table", &name, &err))?;
    let mut table = Table {
        name: Name::new(name),
        columns: Vec::with_capacity(read.columns.len()),
        ..Table::default()
    };
    let strict = read.has(TableOptionKind::Strict);
    let without_rowid = read.has(TableOptionKind::WithoutRowid);
    for (is_on, option) in [(strict, "sqlite.strict"), (without_rowid, "sqlite.without_rowid")] {
        if is_on {
            table.options.insert(option.to_owned(), OptionValue::Boolean(true));
        }
    }
    for column in &read.columns {
        raise_column(&mut table, column, &sql, strict);
    }
    let mut autoincrement = false;
    // `INTEGER PRIMARY KEY DESC` in a column is no alias of the rowid, for an old bug's sake:
    // https://sqlite.org/lang_createtable.html#rowid
    let mut descending = false;
    for constraint in read.columns.iter().flat_map(|column| &column.constraints) {
        if let ColumnConstraintKind::PrimaryKey {
            autoincrement: numbers, descending: down, ..
        } = constraint.kind
        {
            autoincrement |= numbers;
            descending |= down;
        }
    }
    for constraint in read.constraints {
        let name = constraint.name.map(|name| name.name);
        match constraint.kind {
            TableConstraintKind::PrimaryKey { columns, autoincrement: numbers, on_conflict } => {
                autoincrement |= numbers;
                let mut options = on_conflict_option(on_conflict);
                let columns = key::key_columns(&columns, &sql, &table.columns, &mut options);
                table.primary_key = Some(PrimaryKey { name, columns, options });
            }
            TableConstraintKind::Unique { columns, on_conflict } => {
                let mut options = on_conflict_option(on_conflict);
                let columns = key::key_columns(&columns, &sql, &table.columns, &mut options);
                table.uniques.push(Unique { name, columns, deferrable: None, options });
            }
            // `ON CONFLICT` of a check does nothing.
            TableConstraintKind::Check { expression, .. } => {
                let expression = Sql::new(&sql[expression]);
                table.checks.push(Check { name, expression, options: Options::new() });
            }
            TableConstraintKind::ForeignKey { columns, references } => {
                let spelled = |name: String| match key::column(&table.columns, &name) {
                    Some(column) => column.name.clone(),
                    None => name,
                };
                let columns = columns.into_iter().map(|column| spelled(column.name)).collect();
                table.foreign_keys.push(foreign_key(name, columns, &references));
            }
            TableConstraintKind::Nothing => {}
        }
    }
    if autoincrement {
        let on = OptionValue::Boolean(true);
        table.options.insert("sqlite.autoincrement".to_owned(), on);
    }
    settle_key(&mut table, &read.columns, without_rowid || descending);
    table.source = Source(Some(sql));
    Ok(table)
}

/// What the primary key means for its columns: they are never NULL, and the alias of the rowid
/// numbers itself.
fn settle_key(table: &mut Table, read: &[ColumnDefinition], no_alias: bool) {
    let Some(primary) = &table.primary_key else { return };
    let sole = primary.columns.len() == 1;
    for name in &primary.columns {
        let Some(at) = table.columns.iter().position(|column| column.name == *name) else {
            continue;
        };
        table.columns[at].nullable = false;
        if sole && !no_alias && read[at].ty.eq_ignore_ascii_case("INTEGER") {
            table.columns[at].identity = Some(Identity::default());
        }
    }
}

/// Adds a column and what its constraints say to `table`.
fn raise_column(table: &mut Table, read: &ColumnDefinition, sql: &str, strict: bool) {
    let mut column = Column::new(&read.name.name, types::raise(&read.ty));
    let mut default = None;
    let mut checks = Vec::new();
    let one = || vec![read.name.name.clone()];
    for constraint in &read.constraints {
        let name = constraint.name.as_ref().map(|name| name.name.clone());
        match &constraint.kind {
            ColumnConstraintKind::PrimaryKey { descending, on_conflict, .. } => {
                let mut options = on_conflict_option(*on_conflict);
                if *descending {
                    let columns = format!("{} DESC", types::quote(&read.name.name));
                    options.insert(key::COLUMNS.to_owned(), OptionValue::Text(columns));
                }
                table.primary_key = Some(PrimaryKey { name, columns: one(), options });
            }
            ColumnConstraintKind::NotNull { on_conflict } => {
                column.nullable = false;
                column.options = option("sqlite.not_null_on_conflict", *on_conflict);
            }
            ColumnConstraintKind::Unique { on_conflict } => {
                let options = on_conflict_option(*on_conflict);
                table.uniques.push(Unique { name, columns: one(), deferrable: None, options });
            }
            ColumnConstraintKind::Check { expression } => {
                let expression = Sql::new(&sql[expression.clone()]);
                checks.push(Check { name, expression, options: Options::new() });
            }
            ColumnConstraintKind::Default { value } => default = Some(&sql[value.clone()]),
            ColumnConstraintKind::Collate { collation } => {
                column.collation = key::collation(&collation.name);
            }
            ColumnConstraintKind::References(references) => {
                table.foreign_keys.push(foreign_key(name, one(), references));
            }
            ColumnConstraintKind::Deferrable(deferrable) => {
                if let Some(key) = table.foreign_keys.last_mut() {
                    key.deferrable = *deferrable;
                }
            }
            ColumnConstraintKind::Generated { expression, stored } => {
                let expression = Sql::new(&sql[expression.clone()]);
                column.generated = Some(Generated { expression, stored: *stored });
            }
            ColumnConstraintKind::Null | ColumnConstraintKind::Nothing => {}
        }
    }
    if let [Check { name: None, expression, .. }] = &checks[..]
        && let Some(values) = expression
            .text
            .as_deref()
            .and_then(|check| types::raise_enum(&read.name.name, &read.ty, strict, check))
    {
        column.ty = values;
        checks.clear();
    }
    column.default = default.and_then(|text| default::raise(text, &column.ty));
    table.checks.append(&mut checks);
    table.columns.push(column);
}

fn foreign_key(name: Option<String>, columns: Vec<String>, read: &References) -> ForeignKey {
    let matching = read.matching.as_ref().map(|it| it.name.to_lowercase());
    ForeignKey {
        name,
        columns,
        table: Name::new(&read.table.name),
        references: read.columns.iter().map(|column| column.name.clone()).collect(),
        on_delete: read.on_delete,
        on_update: read.on_update,
        matching: matching.filter(|it| it != "simple"),
        deferrable: read.deferrable,
        options: Options::new(),
    }
}

fn on_conflict_option(on_conflict: Option<OnConflict>) -> Options {
    option("sqlite.on_conflict", on_conflict)
}

/// The option, unless it says what happens anyway.
fn option(name: &str, on_conflict: Option<OnConflict>) -> Options {
    let on_conflict = on_conflict.filter(|it| *it != OnConflict::Abort);
    let value = on_conflict.map(|it| OptionValue::Text(it.word().to_owned()));
    value.map(|value| (name.to_owned(), value)).into_iter().collect()
}
