//! One table: columns, constraints and indexes.

use sea_query::{
    ColumnDef, ForeignKey as SeaForeignKey, ForeignKeyAction, ForeignKeyCreateStatement,
    Index as SeaIndex, IndexCreateStatement, Table as SeaTable, TableCreateStatement, TableRef,
};

use super::{StatementError, expression, name, types};
use crate::schema::{
    Action, Check, Column, Enum, ForeignKey, Generated, Identity, Index, IndexColumn, Name,
    PrimaryKey, Table, Unique,
};

/// A table and the enums that its columns name.
pub(super) struct Read {
    pub(super) table: Table,
    pub(super) enums: Vec<Enum>,
}

/// What a statement makes, with indexes that have statements of their own.
pub(super) fn read(
    statement: &TableCreateStatement,
    indexes: &[IndexCreateStatement],
) -> Result<Read, StatementError> {
    let nameless = |message: &str| StatementError {
        table: String::new(),
        what: "the name".to_owned(),
        message: message.to_owned(),
    };
    let of = statement.get_table_name().ok_or_else(|| nameless("there is none"))?;
    let name = name(of).ok_or_else(|| nameless("it is not one"))?;
    let mut reader = Reader {
        of,
        table: Table { name, comment: statement.get_comment().cloned(), ..Table::default() },
        enums: Vec::new(),
    };
    reader.require_known(statement)?;
    for column in statement.get_columns() {
        reader.column(column)?;
    }
    for index in statement.get_indexes() {
        reader.key(index)?;
    }
    for key in statement.get_foreign_key_create_stmts() {
        reader.foreign_key(key)?;
    }
    for index in indexes {
        reader.index(index)?;
    }
    Ok(Read { table: reader.table, enums: reader.enums })
}

struct Reader<'s> {
    of: &'s TableRef,
    table: Table,
    enums: Vec<Enum>,
}

impl Reader<'_> {
    fn error(&self, what: impl Into<String>, message: impl Into<String>) -> StatementError {
        let table = self.table.name.to_string();
        StatementError { table, what: what.into(), message: message.into() }
    }

    /// Refuses what a statement holds beside the parts that it tells: a check of the table, options,
    /// partitions.
    fn require_known(&self, statement: &TableCreateStatement) -> Result<(), StatementError> {
        let said = format!("{statement:?}");
        // A column knows the name of a table that was named before it, and whether a statement minds a
        // table that is there says nothing of the table.
        let ways = [(false, false), (true, false), (false, true), (true, true)];
        let is_known = |(named_first, if_not_exists): (bool, bool)| {
            let mut again = self.built_again(statement, named_first);
            if if_not_exists {
                again.if_not_exists();
            }
            said == format!("{again:?}")
        };
        if !ways.into_iter().any(is_known) {
            let message = "it has checks, options, partitions or words of its own, which the \
                           statement does not tell; write a check at a column";
            return Err(self.error("the rest", message));
        }
        Ok(())
    }

    fn built_again(
        &self,
        statement: &TableCreateStatement,
        named_first: bool,
    ) -> TableCreateStatement {
        let mut again = SeaTable::create();
        if named_first {
            again.table(self.of.clone());
        }
        for column in statement.get_columns() {
            again.col(column.clone());
        }
        again.table(self.of.clone());
        for index in statement.get_indexes() {
            again.index(&mut index.clone());
        }
        for key in statement.get_foreign_key_create_stmts() {
            again.foreign_key(&mut key.clone());
        }
        if let Some(comment) = statement.get_comment() {
            again.comment(comment.clone());
        }
        again
    }

    fn column(&mut self, column: &ColumnDef) -> Result<(), StatementError> {
        let (name, spec) = (column.get_column_name(), column.get_column_spec());
        let what = format!("column `{name}`");
        let Some(ty) = column.get_column_type() else {
            return Err(self.error(what, "it has no type"));
        };
        if spec.extra.is_some() {
            return Err(self.error(what, "it has words of its own (`extra`)"));
        }
        let ty = types::ty(ty, &mut self.enums).map_err(|message| self.error(what, message))?;
        if spec.primary_key {
            let key = self.table.primary_key.get_or_insert_default();
            key.columns.push(name.clone());
        }
        if spec.unique {
            let columns = vec![name.clone()];
            self.table.uniques.push(Unique { columns, ..Unique::default() });
        }
        if let Some(check) = &spec.check {
            let (name, expression) = expression::check(check);
            self.table.checks.push(Check { name, expression, ..Check::default() });
        }
        let generated = spec
            .generated
            .as_ref()
            .map(|it| Generated { expression: expression::sql(&it.expr), stored: it.stored });
        self.table.columns.push(Column {
            nullable: spec.nullable.unwrap_or(!spec.primary_key) && !spec.primary_key,
            default: spec.default.as_ref().map(expression::value),
            generated,
            identity: spec.auto_increment.then(Identity::default),
            comment: spec.comment.clone(),
            ..Column::new(name, ty)
        });
        Ok(())
    }

    /// A primary key, a unique constraint or an index within the statement of the table.
    fn key(&mut self, index: &IndexCreateStatement) -> Result<(), StatementError> {
        let spec = index.get_index_spec();
        let name = spec.get_name().map(str::to_owned);
        let columns = spec.get_column_names();
        self.require_plain(index, &columns)?;
        if index.is_primary_key() {
            for column in &mut self.table.columns {
                column.nullable &= !columns.contains(&column.name);
            }
            self.table.primary_key = Some(PrimaryKey { name, columns, ..PrimaryKey::default() });
            return Ok(());
        }
        if index.is_unique_key() {
            self.table.uniques.push(Unique { name, columns, ..Unique::default() });
            return Ok(());
        }
        self.add_index(name, &columns, false)
    }

    /// An index with a statement of its own.
    fn index(&mut self, index: &IndexCreateStatement) -> Result<(), StatementError> {
        let spec = index.get_index_spec();
        let columns = spec.get_column_names();
        self.require_plain(index, &columns)?;
        self.add_index(spec.get_name().map(str::to_owned), &columns, index.is_unique_key())
    }

    fn add_index(
        &mut self,
        name: Option<String>,
        columns: &[String],
        unique: bool,
    ) -> Result<(), StatementError> {
        let Some(name) = name else {
            return Err(self.error("an index", "it has no name"));
        };
        let columns = columns.iter().map(IndexColumn::new).collect();
        self.table.indexes.push(Index { name, columns, unique, ..Index::default() });
        Ok(())
    }

    /// Refuses what an index holds beside its name and columns: an order, a condition, a method.
    fn require_plain(
        &self,
        index: &IndexCreateStatement,
        columns: &[String],
    ) -> Result<(), StatementError> {
        let build = |table: bool, if_not_exists: bool| {
            let mut again = SeaIndex::create();
            if let Some(name) = index.get_index_spec().get_name() {
                again.name(name);
            }
            for column in columns {
                again.col(column.clone());
            }
            if table {
                again.table(self.of.clone());
            }
            if index.is_primary_key() {
                again.primary();
            }
            if index.is_unique_key() {
                again.unique();
            }
            if if_not_exists {
                again.if_not_exists();
            }
            format!("{again:?}")
        };
        let said = format!("{index:?}");
        let options = [(false, false), (true, false), (false, true), (true, true)];
        if options.iter().any(|(table, if_not_exists)| said == build(*table, *if_not_exists)) {
            return Ok(());
        }
        let name = index.get_index_spec().get_name();
        let what = name.map_or("an index".to_owned(), |name| format!("index `{name}`"));
        let message = "it has an order, a condition, a method or another table, which the \
                       statement does not tell";
        Err(self.error(what, message))
    }

    fn foreign_key(&mut self, key: &ForeignKeyCreateStatement) -> Result<(), StatementError> {
        let spec = key.get_foreign_key();
        let what = spec.get_name().map(|name| format!("foreign key `{name}`"));
        let what = what.unwrap_or_else(|| "a foreign key".to_owned());
        let Some(to) = spec.get_ref_table() else {
            return Err(self.error(what, "it refers to no table"));
        };
        let Some(table) = name(to) else {
            return Err(self.error(what, "it does not refer to a table by its name"));
        };
        self.require_told(key, to, &what)?;
        let actions = action(spec.get_on_delete()).zip(action(spec.get_on_update()));
        let Some((on_delete, on_update)) = actions else {
            return Err(self.error(what, "no word for what it does on a change"));
        };
        self.table.foreign_keys.push(ForeignKey {
            name: spec.get_name().map(str::to_owned),
            columns: spec.get_columns(),
            table,
            references: spec.get_ref_columns(),
            on_delete,
            on_update,
            ..ForeignKey::default()
        });
        Ok(())
    }

    /// Refuses what a foreign key holds beside the parts that it tells.
    fn require_told(
        &self,
        key: &ForeignKeyCreateStatement,
        to: &TableRef,
        what: &str,
    ) -> Result<(), StatementError> {
        let spec = key.get_foreign_key();
        let mut again = SeaForeignKey::create();
        if let Some(name) = spec.get_name() {
            again.name(name);
        }
        if let Some(table) = spec.get_table() {
            again.from_tbl(table.clone());
        }
        again.to_tbl(to.clone());
        for column in spec.get_columns() {
            again.from_col(column);
        }
        for column in spec.get_ref_columns() {
            again.to_col(column);
        }
        if let Some(action) = spec.get_on_delete() {
            again.on_delete(action);
        }
        if let Some(action) = spec.get_on_update() {
            again.on_update(action);
        }
        let of_other =
            spec.get_table().and_then(name).is_some_and(|it: Name| it != self.table.name);
        match of_other || format!("{key:?}") != format!("{again:?}") {
            true => Err(self.error(what, "it says what the statement does not tell")),
            false => Ok(()),
        }
    }
}

/// `None` is a word that came later.
fn action(action: Option<ForeignKeyAction>) -> Option<Action> {
    Some(match action {
        None | Some(ForeignKeyAction::NoAction) => Action::NoAction,
        Some(ForeignKeyAction::Restrict) => Action::Restrict,
        Some(ForeignKeyAction::Cascade) => Action::Cascade,
        Some(ForeignKeyAction::SetNull) => Action::SetNull,
        Some(ForeignKeyAction::SetDefault) => Action::SetDefault,
        Some(_) => return None,
    })
}
