//! The rows of tables that are made, as changes of their tables leave them.

use std::collections::BTreeMap;

use crate::operation::{Operation, TableChange};
use crate::schema::sql::tokens;
use crate::schema::{Column, Name, Schema, Sql, Table, Type, Value};

/// Rows that operations bring, by table.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    rows: BTreeMap<Name, Vec<Row>>,
    /// The tables in the order in which their first rows came.
    order: Vec<Name>,
}

/// What is known of a row, by column. A column that the database numbers or computes has no cell.
type Row = BTreeMap<String, Cell>;

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// The row brought it.
    Given(Value),
    /// The row did not: it is what the column had as its default then; `None` is NULL.
    Default(Option<Value>),
}

impl Seeds {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether there are rows for `table`.
    pub(super) fn has(&self, table: &Name) -> bool {
        self.rows.get(table).is_some_and(|rows| !rows.is_empty())
    }

    /// Adds rows to `table`; `false` when what they become cannot be known here.
    pub(super) fn insert(&mut self, table: &Table, rows: &[Vec<(String, Value)>]) -> bool {
        let fits = |row: &Vec<(String, Value)>| {
            row.iter().all(|it| stands_alone(it) && table.column(&it.0).is_some())
        };
        if !rows.iter().all(fits) {
            return false;
        }
        if !self.rows.contains_key(&table.name) {
            self.order.push(table.name.clone());
        }
        let rows = rows.iter().map(|row| cells(table, row));
        self.rows.entry(table.name.clone()).or_default().extend(rows);
        true
    }

    /// The rows of `table` behind `changes`; `None` when they cannot be known here.
    pub(super) fn altered(&self, table: &Name, changes: &[TableChange]) -> Option<Vec<Row>> {
        let mut rows = self.rows.get(table).cloned().unwrap_or_default();
        match rows.is_empty() || changes.iter().all(|change| alter(&mut rows, change)) {
            true => Some(rows),
            false => None,
        }
    }

    /// Puts `rows` in the place of those of `table`.
    pub(super) fn replace(&mut self, table: &Name, rows: Vec<Row>) {
        if let Some(found) = self.rows.get_mut(table) {
            *found = rows;
        }
    }

    /// The rows of a table that is removed are gone.
    pub(super) fn forget(&mut self, table: &Name) {
        self.rows.remove(table);
        self.order.retain(|it| it != table);
    }

    pub(super) fn rename(&mut self, from: &Name, to: &Name) {
        if let Some(rows) = self.rows.remove(from) {
            self.rows.insert(to.clone(), rows);
        }
        self.order.iter_mut().filter(|it| *it == from).for_each(|it| it.clone_from(to));
    }

    /// One operation for each table, those first to which others refer.
    pub(super) fn operations(mut self, schema: &Schema) -> Vec<Operation> {
        let mut operations = Vec::new();
        while !self.order.is_empty() {
            let waits = |name: &Name| {
                let keys = schema.table(name).into_iter().flat_map(|table| &table.foreign_keys);
                keys.clone().any(|key| key.table != *name && self.order.contains(&key.table))
            };
            // In a circle nobody can be first.
            let at = self.order.iter().position(|name| !waits(name)).unwrap_or_default();
            let name = self.order.remove(at);
            let rows = self.rows.remove(&name).unwrap_or_default();
            if let (Some(table), false) = (schema.table(&name), rows.is_empty()) {
                let rows = rows.into_iter().map(|row| values(table, row)).collect();
                operations.push(Operation::Insert { table: name, rows });
            }
        }
        operations
    }
}

/// A row of `table` with what its defaults add.
fn cells(table: &Table, row: &[(String, Value)]) -> Row {
    let cell = |column: &Column| {
        let given = row.iter().find(|(name, _)| *name == column.name);
        let cell = match given {
            Some((_, value)) => Cell::Given(value.clone()),
            None if column.generated.is_some() || column.identity.is_some() => return None,
            None => Cell::Default(column.default.clone()),
        };
        Some((column.name.clone(), cell))
    };
    table.columns.iter().filter_map(cell).collect()
}

/// Changes rows as their table changes; `false` when a database would look at them for itself.
fn alter(rows: &mut [Row], change: &TableChange) -> bool {
    use TableChange::*;
    match change {
        AddColumn(column) => {
            if column.identity.is_some() {
                return false;
            }
            if column.generated.is_none() {
                for row in rows {
                    row.insert(column.name.clone(), Cell::Default(column.default.clone()));
                }
            }
            true
        }
        DropColumn(column) => {
            rows.iter_mut().for_each(|row| {
                row.remove(&column.name);
            });
            true
        }
        RenameColumn { from, to } => {
            for row in rows {
                if let Some(cell) = row.remove(from) {
                    row.insert(to.clone(), cell);
                }
            }
            true
        }
        AlterColumn { from, to } => {
            let has_null = || rows.iter().any(|row| row.get(&from.name).is_some_and(is_null));
            let kind = (&from.identity, &from.generated) == (&to.identity, &to.generated);
            kind && holds_all_of(&to.ty, &from.ty) && (to.nullable || !from.nullable || !has_null())
        }
        // A key may number its rows, and an option of the table may be about their values.
        DropPrimaryKey(_) | AddPrimaryKey(_) | SetOption { .. } => false,
        DropForeignKey(_)
        | DropCheck(_)
        | DropIndex(_)
        | DropUnique(_)
        | AddUnique(_)
        | AddIndex(_)
        | AddCheck(_)
        | AddForeignKey(_)
        | SetComment { .. } => true,
    }
}

/// Whether every value of the type `from` is the same value of the type `to`.
fn holds_all_of(to: &Type, from: &Type) -> bool {
    match (to, from) {
        (Type::String(to), Type::String(from)) => {
            to.is_none_or(|to| from.is_some_and(|from| to >= from))
        }
        _ => to == from,
    }
}

fn is_null(cell: &Cell) -> bool {
    match cell {
        Cell::Default(None) => true,
        Cell::Default(Some(value)) | Cell::Given(value) => {
            matches!(value, Value::Expression(sql) if *sql == Sql::new("NULL"))
        }
    }
}

/// What a row must say, so that it gets the values that it has.
fn values(table: &Table, mut row: Row) -> Vec<(String, Value)> {
    let value = |column: &Column| match row.remove(&column.name)? {
        Cell::Given(value) => Some((column.name.clone(), value)),
        Cell::Default(value) if value == column.default => None,
        Cell::Default(value) => {
            let null = || Value::Expression(Sql::new("NULL"));
            Some((column.name.clone(), value.unwrap_or_else(null)))
        }
    };
    table.columns.iter().filter_map(value).collect()
}

/// Whether a value says all of itself, and does not ask tables for it.
pub(super) fn stands_alone((_, value): &(String, Value)) -> bool {
    match value {
        Value::Literal(_) => true,
        Value::Expression(sql) => {
            let mut texts = sql.text.iter().chain(sql.dialects.values());
            !texts.any(|text| tokens(text).iter().any(|token| token.is("select")))
        }
    }
}
