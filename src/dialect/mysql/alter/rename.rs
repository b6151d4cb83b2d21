//! Another name for a column.

use super::recreate::{checks_of, is_made_of, speaks_of};
use super::{Alter, unnamed};
use crate::dialect::Unsupported;
use crate::dialect::mysql::text::quote;
use crate::dialect::mysql::{Flavour, create};
use crate::schema::{Column, Generated, IndexKey, Options, Table};

impl Alter<'_> {
    /// Gives a column another name. MariaDB follows it everywhere; on MySQL what names the column is
    /// said anew in the same statement.
    pub(super) fn rename_column(&mut self, from: &str, to: &str) -> Result<(), Unsupported> {
        self.close();
        self.done_as(&Options::new())?;
        let table = self.table();
        let mut behind = Vec::new();
        if self.dialect.flavour == Flavour::MySql {
            behind = self.said_anew(&table, from, to)?;
        }
        self.clause(format!("RENAME COLUMN {} TO {}", quote(from), quote(to)));
        for clause in behind {
            self.clause(clause);
        }
        self.close();
        Ok(())
    }

    /// Drops what names the column, and gives the clauses that say it with the new name.
    fn said_anew(
        &mut self,
        table: &Table,
        from: &str,
        to: &str,
    ) -> Result<Vec<String>, Unsupported> {
        let mut anew = Vec::new();
        for check in checks_of(&table.checks, from) {
            let Some(name) = &check.name else { return Err(unnamed("check")) };
            self.clause(format!("DROP {} {}", create::word_for_check(self.dialect), quote(name)));
            let mut check = check.clone();
            check.expression = check.expression.rename(from, to);
            anew.push(format!("ADD {}", create::check(self.dialect, &check)?));
        }
        for column in &table.columns {
            let computed = column.generated.as_ref().filter(|it| speaks_of(&it.expression, from));
            let Some(generated) = computed else { continue };
            let expression = generated.expression.rename(from, to);
            let generated = Some(Generated { expression, ..generated.clone() });
            let column = Column { generated, ..column.clone() };
            let sql = create::column(self.dialect, table, &column)?;
            anew.push(format!("MODIFY COLUMN {sql}"));
        }
        let is_computed = |key: &IndexKey| matches!(key, IndexKey::Expression(_));
        for index in table.indexes.iter().filter(|it| is_made_of(it, from)) {
            let mut index = index.clone();
            if !index.columns.iter().any(|it| is_computed(&it.key)) {
                continue;
            }
            for column in &mut index.columns {
                match &mut column.key {
                    IndexKey::Expression(sql) => *sql = sql.rename(from, to),
                    IndexKey::Column(name) if name == from => to.clone_into(name),
                    IndexKey::Column(_) => {}
                }
            }
            self.clause(format!("DROP INDEX {}", quote(&index.name)));
            // The table has the column under its old name.
            let unknown = Table { name: self.name.clone(), ..Table::default() };
            anew.push(format!("ADD {}", create::index(self.dialect, &unknown, &index)?));
        }
        Ok(anew)
    }
}
