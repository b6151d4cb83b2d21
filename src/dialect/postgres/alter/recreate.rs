//! Columns that are dropped and added, because their values are computed.

use super::{Alter, Rank};
use crate::dialect::Unsupported;
use crate::dialect::postgres::render::dependants::speaks_of;
use crate::dialect::postgres::types::quote;
use crate::operation::TableChange;
use crate::schema::{Column, Index, IndexKey, Table};

/// What goes with a column, as changes that bring it back.
pub(super) type Lost = Vec<TableChange>;

impl Alter<'_> {
    /// Drops a column and adds it, with what goes with it.
    pub(super) fn recreate(&mut self, to: &Column) -> Result<(), Unsupported> {
        if self.table().is_none() {
            return Err(Unsupported {
                column: Some(to.name.clone()),
                ..Unsupported::new(
                    "the column must be made anew, and what would go with it is not known here",
                    "run this on the database that has the table".to_owned(),
                )
            });
        }
        let lost = self.drop_computed(to);
        self.add_computed(to, lost)
    }

    /// Drops a column, and says what went with it.
    pub(super) fn drop_computed(&mut self, column: &Column) -> Lost {
        let lost = self.table().map(|table| lost(table, &column.name)).unwrap_or_default();
        self.clause(Rank::Drop, format!("DROP COLUMN {}", quote(&column.name)));
        lost
    }

    /// Adds a column that was dropped, and what went with it.
    pub(super) fn add_computed(&mut self, column: &Column, lost: Lost) -> Result<(), Unsupported> {
        self.add_column(column)?;
        lost.iter().try_for_each(|change| self.change(change, &[]))
    }
}

/// What PostgreSQL drops with a column, as changes that bring it back.
pub(in crate::dialect::postgres) fn lost(table: &Table, column: &str) -> Lost {
    let among = |columns: &[String]| columns.iter().any(|it| it == column);
    let key = table.primary_key.iter().filter(|it| among(&it.columns)).cloned();
    let uniques = table.uniques.iter().filter(|it| among(&it.columns)).cloned();
    let checks = table.checks.iter().filter(|it| speaks_of(&it.expression, column)).cloned();
    let keys = table.foreign_keys.iter().filter(|it| among(&it.columns)).cloned();
    let indexes = table.indexes.iter().filter(|it| is_in(it, column)).cloned();
    (key.map(TableChange::AddPrimaryKey))
        .chain(uniques.map(TableChange::AddUnique))
        .chain(checks.map(TableChange::AddCheck))
        .chain(keys.map(TableChange::AddForeignKey))
        .chain(indexes.map(TableChange::AddIndex))
        .collect()
}

/// Whether an index is made of the column.
fn is_in(index: &Index, column: &str) -> bool {
    index.include.iter().any(|it| it == column)
        || index.predicate.as_ref().is_some_and(|it| speaks_of(it, column))
        || index.columns.iter().any(|it| match &it.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(sql) => speaks_of(sql, column),
        })
}
