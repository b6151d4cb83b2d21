//! A table, raised from the text that SQLite keeps of it.

use super::super::ddl::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, CreateTable, OnConflict, References,
    TableConstraint, TableConstraintKind, TableOptionKind,
};
use super::super::options::{
    AUTOINCREMENT, COLUMNS, NOT_NULL_ON_CONFLICT, ON_CONFLICT, STRICT, TYPE, WITHOUT_ROWID,
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
    let columns = Vec::with_capacity(read.columns.len());
    let table = Table { name: Name::new(name), columns, ..Table::default() };
    let mut raising = Raising { sql: &sql, table, strict: false, alias: true };
    if read.has(TableOptionKind::Strict) {
        raising.strict = true;
        raising.switch_on(STRICT);
    }
    if read.has(TableOptionKind::WithoutRowid) {
        raising.alias = false;
        raising.switch_on(WITHOUT_ROWID);
    }
    for column in &read.columns {
        raising.column(column);
    }
    for constraint in read.constraints {
        raising.constraint(constraint);
    }
    raising.settle_key(&read.columns);
    raising.settle_types(&read.columns);
    let table = raising.table;
    Ok(Table { source: Source(Some(sql)), ..table })
}

/// A table that is being raised.
struct Raising<'a> {
    sql: &'a str,
    table: Table,
    strict: bool,
    /// Whether a sole INTEGER key is an alias of the rowid.
    alias: bool,
}

impl Raising<'_> {
    fn switch_on(&mut self, option: &str) {
        self.table.options.insert(option.to_owned(), OptionValue::Boolean(true));
    }

    /// Adds a column and what its constraints say.
    fn column(&mut self, read: &ColumnDefinition) {
        let mut column = Column::new(&read.name.name, types::raise(&read.ty));
        let mut default = None;
        let mut checks = Vec::new();
        for constraint in &read.constraints {
            match &constraint.kind {
                ColumnConstraintKind::NotNull { on_conflict } => {
                    column.nullable = false;
                    column.options = option(NOT_NULL_ON_CONFLICT, *on_conflict);
                }
                ColumnConstraintKind::Check { expression } => {
                    let expression = Sql::new(&self.sql[expression.clone()]);
                    let name = constraint.name.as_ref().map(|name| name.name.clone());
                    checks.push(Check { name, expression, options: Options::new() });
                }
                ColumnConstraintKind::Default { value } => default = Some(value.clone()),
                ColumnConstraintKind::Collate { collation } => {
                    column.collation = key::collation(&collation.name);
                }
                ColumnConstraintKind::Generated { expression, stored } => {
                    let expression = Sql::new(&self.sql[expression.clone()]);
                    column.generated = Some(Generated { expression, stored: *stored });
                }
                _ => self.column_constraint(&column.name, constraint),
            }
        }
        let raised = checks
            .iter()
            .enumerate()
            .find_map(|(at, check)| Some((at, self.raise_enum(read, check)?)));
        if let Some((at, ty)) = raised {
            column.ty = ty;
            checks.remove(at);
        }
        column.default = default.and_then(|span| default::raise(&self.sql[span], &column.ty));
        self.table.checks.append(&mut checks);
        self.table.columns.push(column);
    }

    /// Adds what a constraint in the column called `column` says of its table.
    fn column_constraint(&mut self, column: &str, constraint: &ColumnConstraint) {
        let name = constraint.name.as_ref().map(|name| name.name.clone());
        let columns = vec![column.to_owned()];
        match &constraint.kind {
            ColumnConstraintKind::PrimaryKey { descending, on_conflict, autoincrement } => {
                let mut options = option(ON_CONFLICT, *on_conflict);
                if *descending {
                    let columns = format!("{} DESC", types::quote(column));
                    options.insert(COLUMNS.to_owned(), OptionValue::Text(columns));
                    // Here, and only here, DESC makes it no alias, for an old bug's sake:
                    // https://sqlite.org/lang_createtable.html#rowid
                    self.alias = false;
                }
                if *autoincrement {
                    self.switch_on(AUTOINCREMENT);
                }
                self.table.primary_key = Some(PrimaryKey { name, columns, options });
            }
            ColumnConstraintKind::Unique { on_conflict } => {
                let options = option(ON_CONFLICT, *on_conflict);
                self.table.uniques.push(Unique { name, columns, deferrable: None, options });
            }
            ColumnConstraintKind::References(references) => {
                self.table.foreign_keys.push(foreign_key(name, columns, references));
            }
            ColumnConstraintKind::Deferrable(deferrable) => {
                if let Some(key) = self.table.foreign_keys.last_mut() {
                    key.deferrable = *deferrable;
                }
            }
            ColumnConstraintKind::NotNull { .. }
            | ColumnConstraintKind::Null
            | ColumnConstraintKind::Check { .. }
            | ColumnConstraintKind::Default { .. }
            | ColumnConstraintKind::Collate { .. }
            | ColumnConstraintKind::Generated { .. }
            | ColumnConstraintKind::Nothing => {}
        }
    }

    /// The enum that a column with this check holds, if it is one.
    fn raise_enum(&self, read: &ColumnDefinition, check: &Check) -> Option<crate::schema::Type> {
        let Check { name: None, expression, .. } = check else { return None };
        let check = expression.text.as_deref()?;
        types::raise_enum(&read.name.name, &read.ty, self.strict, check)
    }

    /// Adds what a constraint behind the columns says.
    fn constraint(&mut self, constraint: TableConstraint) {
        let name = constraint.name.map(|name| name.name);
        let table = &mut self.table;
        match constraint.kind {
            TableConstraintKind::PrimaryKey { columns, autoincrement, on_conflict } => {
                let mut options = option(ON_CONFLICT, on_conflict);
                let columns = key::key_columns(&columns, self.sql, &table.columns, &mut options);
                table.primary_key = Some(PrimaryKey { name, columns, options });
                if autoincrement {
                    self.switch_on(AUTOINCREMENT);
                }
            }
            TableConstraintKind::Unique { columns, on_conflict } => {
                let mut options = option(ON_CONFLICT, on_conflict);
                let columns = key::key_columns(&columns, self.sql, &table.columns, &mut options);
                table.uniques.push(Unique { name, columns, deferrable: None, options });
            }
            // `ON CONFLICT` of a check does nothing: https://sqlite.org/lang_createtable.html
            TableConstraintKind::Check { expression, .. } => {
                let expression = Sql::new(&self.sql[expression]);
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

    /// What the primary key means for its columns: where there are no row ids, and where types are
    /// strict, they are never NULL, and the alias of the rowid numbers itself.
    fn settle_key(&mut self, read: &[ColumnDefinition]) {
        let Some(primary) = &self.table.primary_key else { return };
        let alias = self.alias && primary.columns.len() == 1;
        for (column, read) in self.table.columns.iter_mut().zip(read) {
            if primary.columns.contains(&column.name) {
                if alias && read.ty.eq_ignore_ascii_case("INTEGER") {
                    column.identity = Some(Identity::default());
                } else {
                    column.nullable &= self.alias && !self.strict;
                }
            }
        }
    }

    /// Types that are not said by the usual word.
    fn settle_types(&mut self, read: &[ColumnDefinition]) {
        let words = |text: &str| -> String {
            text.split_whitespace().collect::<String>().to_ascii_uppercase()
        };
        let other = |(column, read): (&Column, &ColumnDefinition)| {
            let usual = types::column_sql(&self.table, column).ok()?;
            let text = read.ty.split_whitespace().collect::<Vec<_>>().join(" ");
            (words(&usual) != words(&text)).then_some(text)
        };
        let others: Vec<Option<String>> = self.table.columns.iter().zip(read).map(other).collect();
        for (column, text) in self.table.columns.iter_mut().zip(others) {
            let option = text.map(|text| (TYPE.to_owned(), OptionValue::Text(text)));
            column.options.extend(option);
        }
    }
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

/// The option, unless it says what happens anyway.
fn option(name: &str, on_conflict: Option<OnConflict>) -> Options {
    let on_conflict = on_conflict.filter(|it| *it != OnConflict::Abort);
    let value = on_conflict.map(|it| OptionValue::Text(it.word().to_owned()));
    value.map(|value| (name.to_owned(), value)).into_iter().collect()
}
