//! Generated columns that can only be dropped and added.

use super::rename::{checks_of, is_made_of};
use super::{Alter, Touched};
use crate::dialect::Unsupported;
use crate::dialect::mysql::create;
use crate::dialect::mysql::text::quote;
use crate::schema::Column;

impl Alter<'_> {
    /// Whether a column must be dropped and added: the servers change neither into a column that is
    /// computed when it is read, nor out of one.
    ///
    /// # Errors
    /// When its values would be lost.
    pub(super) fn is_recreated(&self, from: &Column, to: &Column) -> Result<bool, Unsupported> {
        let is_stored = |it: &Column| it.generated.as_ref().map(|it| it.stored);
        match (is_stored(from), is_stored(to)) {
            (Some(false), None) => Err(Unsupported::new(
                format!(
                    "{} keeps no values of a column that is computed when it is read",
                    self.dialect.flavour.title()
                ),
                "add another column, fill it, and drop this one".to_owned(),
            )),
            (Some(old), Some(new)) => Ok(old != new),
            (None, Some(false)) => Ok(true),
            _ => Ok(false),
        }
    }

    /// Drops a column and adds it where it stood, with all that is made of it.
    pub(super) fn recreate(&mut self, column: &Column, place: &str) -> Result<(), Unsupported> {
        let table = self.table();
        let at = table.columns.iter().position(|it| it.name == column.name);
        let place = match at {
            _ if !place.is_empty() => place.to_owned(),
            None => String::new(),
            Some(0) => " FIRST".to_owned(),
            Some(at) => format!(" AFTER {}", quote(&table.columns[at - 1].name)),
        };
        if table.primary_key.as_ref().is_some_and(|it| it.columns.contains(&column.name)) {
            return Err(Unsupported::new(
                "a generated column is made anew, which one of the primary key cannot be",
                "drop the primary key first".to_owned(),
            ));
        }
        let mut made_again = Vec::new();
        for check in checks_of(self.dialect.mode, &table.checks, &column.name) {
            let Some(name) = &check.name else { return Err(super::unnamed("check")) };
            let word = create::word_for_check(self.dialect);
            self.clause(format!("DROP {word} {}", quote(name)));
            made_again.push(create::check(self.dialect, check)?);
        }
        for unique in table.uniques.iter().filter(|it| it.columns.contains(&column.name)) {
            let Some(name) = &unique.name else { return Err(super::unnamed("unique constraint")) };
            self.clause(format!("DROP INDEX {}", quote(name)));
            made_again.push(create::unique(self.dialect, &table, unique)?);
        }
        for index in
            table.indexes.iter().filter(|it| is_made_of(self.dialect.mode, it, &column.name))
        {
            self.clause(format!("DROP INDEX {}", quote(&index.name)));
            made_again.push(create::index(self.dialect, &table, index)?);
        }
        self.clause(format!("DROP COLUMN {}", quote(&column.name)));
        let sql = create::column(self.dialect, &table, column)?;
        self.clause(format!("ADD COLUMN {sql}{place}"));
        for sql in made_again {
            self.clause(format!("ADD {sql}"));
        }
        self.makes(Touched::Column(column.name.clone()));
        Ok(())
    }
}
