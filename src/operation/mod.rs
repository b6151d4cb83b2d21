//! One change to a schema. The differ writes operations, scripts hold them, dialects render
//! them, `Schema::apply` carries them out on a value: there is no second vocabulary.
//!
//! A change carries both of its sides, so its reverse is a swap and needs no database.

mod describe;

pub use describe::describe;

use crate::schema::{
    Check, Column, Enum, ForeignKey, Index, Name, Object, OptionValue, PrimaryKey, Sql, Table,
    Unique, Value,
};

/// One change to a database.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Makes an object that is not a table.
    Create(Object),
    /// Puts an object of the same kind and name in another's place. Never an enum.
    Replace {
        /// The object as it was.
        from: Object,
        /// The object as it becomes.
        to: Object,
    },
    /// Changes the values of a shared enum.
    AlterEnum {
        /// The enum as it was.
        from: Enum,
        /// The enum as it becomes.
        to: Enum,
        /// Values that keep their rows under a new text: old, new.
        renamed: Vec<(String, String)>,
    },
    /// Removes an object that is not a table; holds all of it, so that it can come back.
    Drop(Object),
    /// Makes a table with its columns and constraints, without indexes.
    CreateTable(Table),
    /// Removes a table; holds all of it but its indexes.
    DropTable(Table),
    /// Gives a table another name.
    RenameTable {
        /// The name it had.
        from: Name,
        /// The name it gets.
        to: Name,
    },
    /// Changes one table. Changes of one table that stand together belong together: a database
    /// that builds the table anew does so once.
    AlterTable {
        /// The table.
        table: Name,
        /// What changes, in order; never empty.
        changes: Vec<TableChange>,
    },
    /// Adds rows.
    Insert {
        /// The table.
        table: Name,
        /// Each row as pairs of column and value; a column that is not named gets its default.
        rows: Vec<Vec<(String, Value)>>,
    },
    /// Gives a value to the rows that have none in a column: what comes before NOT NULL.
    Fill {
        /// The table.
        table: Name,
        /// The column.
        column: String,
        /// What the rows get; an expression may speak of the other columns of its row.
        value: Value,
    },
    /// Runs SQL, one statement or several. Opaque to `Schema::apply`.
    Execute(Sql),
    /// Runs a program, with `DATABASE_URL` in its environment. Opaque to `Schema::apply`.
    Run {
        /// The program and its arguments.
        command: Vec<String>,
    },
}

/// One change to one table.
#[derive(Clone, Debug, PartialEq)]
pub enum TableChange {
    /// Removes a foreign key.
    DropForeignKey(ForeignKey),
    /// Removes a check.
    DropCheck(Check),
    /// Removes an index.
    DropIndex(Index),
    /// Removes a unique constraint.
    DropUnique(Unique),
    /// Removes the primary key.
    DropPrimaryKey(PrimaryKey),
    /// Gives a column another name; whatever mentions the column follows.
    RenameColumn {
        /// The name it had.
        from: String,
        /// The name it gets.
        to: String,
    },
    /// Removes a column with its values.
    DropColumn(Column),
    /// Changes what a column is; its name stays.
    AlterColumn {
        /// The column as it was.
        from: Column,
        /// The column as it becomes.
        to: Column,
    },
    /// Adds a column behind the others.
    AddColumn(Column),
    /// Adds the primary key.
    AddPrimaryKey(PrimaryKey),
    /// Adds a unique constraint.
    AddUnique(Unique),
    /// Adds an index.
    AddIndex(Index),
    /// Adds a check.
    AddCheck(Check),
    /// Adds a foreign key.
    AddForeignKey(ForeignKey),
    /// Changes the comment of the table.
    SetComment {
        /// The comment it had.
        from: Option<String>,
        /// The comment it gets.
        to: Option<String>,
    },
    /// Changes an option of the table.
    SetOption {
        /// The option's key, like `sqlite.strict`.
        name: String,
        /// The value it had; `None` is the database's default.
        from: Option<OptionValue>,
        /// The value it gets.
        to: Option<OptionValue>,
    },
}

impl Operation {
    /// The operation that undoes this one, or `None` when only a person can say.
    pub fn reverse(&self) -> Option<Operation> {
        Some(match self.clone() {
            Operation::Create(object) => Operation::Drop(object),
            Operation::Replace { from, to } => Operation::Replace { from: to, to: from },
            Operation::AlterEnum { from, to, renamed } => Operation::AlterEnum {
                from: to,
                to: from,
                renamed: renamed.into_iter().map(|(old, new)| (new, old)).collect(),
            },
            Operation::Drop(object) => Operation::Create(object),
            Operation::CreateTable(table) => Operation::DropTable(table),
            Operation::DropTable(table) => Operation::CreateTable(table),
            Operation::RenameTable { from, to } => Operation::RenameTable { from: to, to: from },
            Operation::AlterTable { table, changes } => Operation::AlterTable {
                table,
                changes: changes.iter().rev().map(TableChange::reverse).collect(),
            },
            Operation::Insert { .. }
            | Operation::Fill { .. }
            | Operation::Execute(_)
            | Operation::Run { .. } => return None,
        })
    }
}

impl TableChange {
    /// The change that undoes this one.
    pub fn reverse(&self) -> TableChange {
        use TableChange::*;
        match self.clone() {
            DropForeignKey(key) => AddForeignKey(key),
            DropCheck(check) => AddCheck(check),
            DropIndex(index) => AddIndex(index),
            DropUnique(unique) => AddUnique(unique),
            DropPrimaryKey(key) => AddPrimaryKey(key),
            RenameColumn { from, to } => RenameColumn { from: to, to: from },
            DropColumn(column) => AddColumn(column),
            AlterColumn { from, to } => AlterColumn { from: to, to: from },
            AddColumn(column) => DropColumn(column),
            AddPrimaryKey(key) => DropPrimaryKey(key),
            AddUnique(unique) => DropUnique(unique),
            AddIndex(index) => DropIndex(index),
            AddCheck(check) => DropCheck(check),
            AddForeignKey(key) => DropForeignKey(key),
            SetComment { from, to } => SetComment { from: to, to: from },
            SetOption { name, from, to } => SetOption { name, from: to, to: from },
        }
    }
}

/// The operations that undo `operations`, or `None` when one of them cannot be undone.
pub fn reverse(operations: &[Operation]) -> Option<Vec<Operation>> {
    operations.iter().rev().map(Operation::reverse).collect()
}
