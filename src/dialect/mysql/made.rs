//! What a session has made itself, and so need not look at.

use crate::operation::{Operation, TableChange};
use crate::schema::{Name, Schema};

/// The tables that operations have made in one revision.
#[derive(Debug, Default)]
pub(super) struct Made {
    schema: Schema,
}

impl Made {
    /// The table to which `op` only adds something, if it was made here.
    pub(super) fn known(&self, op: &Operation) -> Option<Schema> {
        let Operation::AlterTable { table, changes } = op else { return None };
        let adds = |it: &TableChange| {
            use TableChange::*;
            matches!(it, AddColumn(_) | AddUnique(_) | AddIndex(_) | AddCheck(_) | AddForeignKey(_))
        };
        let table = self.schema.table(table).filter(|_| changes.iter().all(adds))?;
        Some(Schema { tables: vec![table.clone()], ..Schema::default() })
    }

    /// Hears that `op` was carried out.
    pub(super) fn follow(&mut self, op: &Operation) {
        match op {
            Operation::CreateTable(_) => {}
            Operation::AlterTable { table, .. } if self.schema.table(table).is_none() => return,
            Operation::AlterTable { .. } => {}
            Operation::DropTable(table) => return self.forget_table(&table.name),
            Operation::Create(_) | Operation::Drop(_) | Operation::Replace { .. } => return,
            Operation::Insert { .. } | Operation::Fill { .. } => return,
            // Keys to the table, or anything at all, may be others behind it.
            Operation::RenameTable { .. }
            | Operation::Execute(_)
            | Operation::Run { .. }
            | Operation::AlterEnum { .. } => return self.forget(),
        }
        if self.schema.apply(op).is_err() {
            self.forget();
        }
    }

    fn forget_table(&mut self, name: &Name) {
        self.schema.tables.retain(|it| it.name != *name);
    }

    /// From now on everything is looked at.
    pub(super) fn forget(&mut self) {
        self.schema = Schema::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Column, Index, IndexColumn, Sql, Table, Type};

    fn index(name: &str) -> TableChange {
        let columns = vec![IndexColumn::new("n")];
        TableChange::AddIndex(Index { name: name.to_owned(), columns, ..Index::default() })
    }

    fn alter(change: TableChange) -> Operation {
        Operation::AlterTable { table: Name::new("t"), changes: vec![change] }
    }

    #[test]
    fn what_was_made_is_known_until_anything_may_have_changed_it() {
        let mut made = Made::default();
        let column = Column::new("n", Type::INTEGER);
        let table =
            Table { name: Name::new("t"), columns: vec![column.clone()], ..Table::default() };
        assert_eq!(made.known(&alter(index("a"))), None);
        made.follow(&Operation::CreateTable(table.clone()));
        let known = made.known(&alter(index("a"))).unwrap();
        assert_eq!(known.tables, std::slice::from_ref(&table));
        made.follow(&alter(index("a")));
        assert_eq!(made.known(&alter(index("b"))).unwrap().tables[0].indexes.len(), 1);
        let from = Column { nullable: false, ..column.clone() };
        assert_eq!(made.known(&alter(TableChange::AlterColumn { from, to: column })), None);
        made.follow(&Operation::Execute(Sql::new("DROP INDEX a ON t")));
        assert_eq!(made.known(&alter(index("b"))), None);
    }
}
