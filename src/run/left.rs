//! What of an operation is left to do, found out by looking.
//!
//! Where DDL commits by itself, a run that was cut off may have carried out an operation without
//! saying so in the log, or some of its statements. What an operation says of the database
//! afterwards tells which.

use crate::dialect::{Connection, Dialect, NormalizeError, Scope};
use crate::diff::diff;
use crate::operation::{Operation, TableChange};
use crate::run::Cause;
use crate::schema::{Name, Object, Schema, Table};

/// The part of `op` that the database does not have yet; `None` when it has all of it. An operation on
/// rows is one with its row of the log, so all of it is left.
///
/// # Errors
/// Whatever the database says.
pub(super) fn left(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    op: &Operation,
) -> Result<Option<Operation>, Cause> {
    let mut look = Look { dialect, db };
    let is_done = match op {
        Operation::CreateTable(table) => look.has_table(table)?,
        Operation::DropTable(table) => look.table(&table.name)?.is_none(),
        Operation::RenameTable { from, to } => {
            look.table(from)?.is_none() && look.table(to)?.is_some()
        }
        Operation::AlterTable { table, changes } => return look.changes(table, changes),
        Operation::Create(object) => look.has_object(object)?,
        // What takes its place may come in a statement of its own.
        Operation::Replace { to, .. } if look.object(to)?.1.is_none() => {
            return Ok(Some(Operation::Create(to.clone())));
        }
        Operation::Replace { to, .. } => look.has_object(to)?,
        Operation::Drop(object) => look.object(object)?.1.is_none(),
        Operation::AlterEnum { .. }
        | Operation::Insert { .. }
        | Operation::Fill { .. }
        | Operation::Execute(_)
        | Operation::Run { .. } => false,
    };
    Ok((!is_done).then(|| op.clone()))
}

/// A database that is looked at.
struct Look<'a> {
    dialect: &'a dyn Dialect,
    db: &'a mut dyn Connection,
}

impl Look<'_> {
    /// The table of this name as it is.
    fn table(&mut self, name: &Name) -> Result<Option<Table>, Cause> {
        let scope = Scope { tables: Some(vec![name.clone()]), except: Vec::new() };
        Ok(self.dialect.inspect(self.db, &scope)?.tables.into_iter().next())
    }

    /// The whole schema, and the object in it that goes by the same key.
    fn object(&mut self, object: &Object) -> Result<(Schema, Option<Object>), Cause> {
        let live = self.dialect.inspect(self.db, &Scope::default())?;
        let found = live.object(&object.key()).cloned();
        Ok((live, found))
    }

    fn has_object(&mut self, object: &Object) -> Result<bool, Cause> {
        let (live, found) = self.object(object)?;
        let Some(found) = found else { return Ok(false) };
        // It may speak of all that is there.
        let mut declared = live.clone();
        declared.objects.retain(|it| it.key() != object.key());
        declared.objects.push(object.clone());
        let settled = self.settle(&declared, &live)?;
        Ok(settled.object(&object.key()) == Some(&found))
    }

    fn has_table(&mut self, table: &Table) -> Result<bool, Cause> {
        match self.table(&table.name)? {
            None => Ok(false),
            // Indexes are made beside their table.
            Some(live) => self.is(&Table { indexes: Vec::new(), ..live }, table),
        }
    }

    /// Whether the live table is what `table` declares.
    fn is(&mut self, live: &Table, table: &Table) -> Result<bool, Cause> {
        let of = |table: &Table| Schema { tables: vec![table.clone()], ..Schema::default() };
        let live = of(live);
        let settled = self.settle(&of(table), &live)?;
        Ok(diff(&live, &settled).is_empty())
    }

    fn settle(&mut self, declared: &Schema, live: &Schema) -> Result<Schema, Cause> {
        self.dialect.normalize(declared, live, self.db).map_err(|error| match error {
            NormalizeError::Db(error) => Cause::Db(error),
            NormalizeError::Unsupported(all) => match all.into_iter().next() {
                Some(first) => Cause::from(first),
                None => Cause::from(crate::dialect::Unsupported::new("nothing is declared", None)),
            },
        })
    }

    /// The changes that are left.
    fn changes(
        &mut self,
        name: &Name,
        changes: &[TableChange],
    ) -> Result<Option<Operation>, Cause> {
        let all = || Operation::AlterTable { table: name.clone(), changes: changes.to_vec() };
        let Some(live) = self.table(name)? else { return Ok(Some(all())) };
        let mut left = Vec::new();
        for change in changes {
            if !self.is_done(&live, change)? {
                left.push(change.clone());
            }
        }
        let table = name.clone();
        Ok((!left.is_empty()).then_some(Operation::AlterTable { table, changes: left }))
    }

    fn is_done(&mut self, live: &Table, change: &TableChange) -> Result<bool, Cause> {
        use TableChange::*;
        let has_column = |name: &String| live.column(name).is_some();
        match change {
            RenameColumn { from, to } => Ok(has_column(to) && !has_column(from)),
            SetComment { to, .. } => Ok(live.comment == *to),
            SetOption { name, to, .. } => Ok(live.options.get(name) == to.as_ref()),
            AddColumn(_)
            | AddPrimaryKey(_)
            | AddUnique(_)
            | AddIndex(_)
            | AddCheck(_)
            | AddForeignKey(_)
            | AlterColumn { .. } => self.has(live, change),
            // What goes and what comes in its place may share a name.
            DropColumn(_) | DropPrimaryKey(_) | DropUnique(_) | DropIndex(_) | DropCheck(_)
            | DropForeignKey(_) => Ok(!self.has(live, &change.reverse())?),
        }
    }

    /// Whether the table has the part that `change` adds, just as it says.
    fn has(&mut self, live: &Table, change: &TableChange) -> Result<bool, Cause> {
        match with(live, change) {
            Some(wanted) => self.is(live, &wanted),
            None => Ok(false),
        }
    }
}

/// The table with the part that `change` adds in the place of the one of that name; `None` when it has
/// none of that name.
fn with(live: &Table, change: &TableChange) -> Option<Table> {
    use TableChange::*;
    let mut table = live.clone();
    let is_there = match change {
        AddColumn(it) | AlterColumn { to: it, .. } => {
            put(&mut table.columns, it, |a, b| a.name == b.name)
        }
        AddPrimaryKey(it) => table.primary_key.replace(it.clone()).is_some(),
        AddUnique(it) => {
            // Some databases have one thing for both, and tell it as either.
            let index = table.indexes.iter().position(|a| Some(&a.name) == it.name.as_ref());
            match index {
                Some(at) => {
                    table.indexes.remove(at);
                    table.uniques.push(it.clone());
                    true
                }
                None => put(&mut table.uniques, it, |a, b| match &b.name {
                    Some(_) => a.name == b.name,
                    None => a.columns == b.columns,
                }),
            }
        }
        AddIndex(it) => {
            let unique = table.uniques.iter().position(|a| a.name.as_ref() == Some(&it.name));
            match unique.filter(|_| it.unique) {
                Some(at) => {
                    table.uniques.remove(at);
                    table.indexes.push(it.clone());
                    true
                }
                None => put(&mut table.indexes, it, |a, b| a.name == b.name),
            }
        }
        AddCheck(it) => put(&mut table.checks, it, |a, b| a.name == b.name),
        AddForeignKey(it) => put(&mut table.foreign_keys, it, |a, b| match &b.name {
            Some(_) => a.name == b.name,
            None => a.columns == b.columns && a.table == b.table,
        }),
        _ => false,
    };
    is_there.then_some(table)
}

/// Puts `part` in the place of the one that is the same by its name.
fn put<T: Clone>(parts: &mut [T], part: &T, same: impl Fn(&T, &T) -> bool) -> bool {
    let found = parts.iter_mut().find(|it| same(it, part));
    found.map(|it| *it = part.clone()).is_some()
}
