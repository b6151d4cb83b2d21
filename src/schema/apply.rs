//! Carrying out an operation on a schema, as the database would on its tables.

use std::fmt::Display;

use super::{IndexKey, Name, Object, ObjectKey, Schema, Sql, Table};
use crate::operation::{Operation, TableChange};

/// The operation does not fit the schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// What the operation changes or removes is not there.
    #[error("there is no {what} to change")]
    Missing {
        /// Its kind and its name: "table `user`".
        what: String,
    },
    /// What the operation makes is there already.
    #[error("{what} is there already")]
    Exists {
        /// Its kind and its name.
        what: String,
    },
}

impl ApplyError {
    fn missing(kind: &str, name: impl Display) -> ApplyError {
        ApplyError::Missing { what: format!("{kind} `{name}`") }
    }

    fn exists(kind: &str, name: impl Display) -> ApplyError {
        ApplyError::Exists { what: format!("{kind} `{name}`") }
    }
}

impl Schema {
    /// Carries out `op`, all of it or nothing. Rows and raw SQL change nothing here.
    ///
    /// # Errors
    /// When what `op` changes is missing or what it makes exists.
    pub fn apply(&mut self, op: &Operation) -> Result<(), ApplyError> {
        match op {
            Operation::Create(object) => add(&mut self.objects, object)?,
            Operation::Replace { from, to } => self.replace(from, to)?,
            Operation::AlterEnum { from, to, .. } => {
                self.replace(&Object::Enum(from.clone()), &Object::Enum(to.clone()))?;
            }
            Operation::Drop(object) => remove(&mut self.objects, &object.key())?,
            Operation::CreateTable(table) => add(&mut self.tables, table)?,
            Operation::DropTable(table) => {
                remove(&mut self.tables, &table.name)?;
                self.objects.retain(|object| object.table() != Some(&table.name));
            }
            Operation::RenameTable { from, to } => self.rename_table(from, to)?,
            Operation::AlterTable { table, changes } => self.alter_table(table, changes)?,
            Operation::Insert { .. }
            | Operation::Fill { .. }
            | Operation::Execute(_)
            | Operation::Run { .. } => {}
        }
        self.sort();
        Ok(())
    }

    fn replace(&mut self, from: &Object, to: &Object) -> Result<(), ApplyError> {
        let (from, key) = (from.key(), to.key());
        if from != key && self.object(&key).is_some() {
            return Err(ApplyError::Exists { what: key.quoted('`') });
        }
        find(&mut self.objects, &from)?.clone_from(to);
        Ok(())
    }

    fn alter_table(&mut self, name: &Name, changes: &[TableChange]) -> Result<(), ApplyError> {
        if let [only] = changes {
            return self.change_table(name, only);
        }
        // The new name of a column shows in the foreign keys of any table.
        let renames = changes.iter().any(|it| matches!(it, TableChange::RenameColumn { .. }));
        let before: Vec<Table> = match renames {
            true => self.tables.clone(),
            false => self.table(name).cloned().into_iter().collect(),
        };
        let outcome = changes.iter().try_for_each(|change| self.change_table(name, change));
        if outcome.is_err() {
            for table in before {
                find(&mut self.tables, &table.name)?.clone_from(&table);
            }
        }
        outcome
    }

    fn change_table(&mut self, name: &Name, change: &TableChange) -> Result<(), ApplyError> {
        find(&mut self.tables, name)?.apply(change)?;
        if let TableChange::RenameColumn { from, to } = change {
            self.follow_column(name, from, to);
        }
        Ok(())
    }

    fn rename_table(&mut self, from: &Name, to: &Name) -> Result<(), ApplyError> {
        if self.table(to).is_some() {
            return Err(ApplyError::exists("table", to));
        }
        find(&mut self.tables, from)?.name = to.clone();
        for key in self.tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
            if key.table == *from {
                key.table = to.clone();
            }
        }
        for object in &mut self.objects {
            match object {
                Object::Trigger(trigger) => {
                    if trigger.table == *from {
                        trigger.table = to.clone();
                    }
                    trigger.definition = trigger.definition.rename_table(&from.name, &to.name);
                }
                Object::View(view) => {
                    view.definition = view.definition.rename_table(&from.name, &to.name);
                }
                Object::Definition(it) if it.table.is_some() => {
                    if it.table.as_ref() == Some(from) {
                        it.table = Some(to.clone());
                    }
                    it.definition = it.definition.rename_table(&from.name, &to.name);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Foreign keys of any table that refer to the renamed column of `table`.
    fn follow_column(&mut self, table: &Name, from: &str, to: &str) {
        for key in self.tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
            if key.table == *table {
                rename_in(&mut key.references, from, to);
            }
        }
    }
}

impl Table {
    fn apply(&mut self, change: &TableChange) -> Result<(), ApplyError> {
        use TableChange::*;
        match change {
            DropForeignKey(it) => {
                // One that names no columns may refer to just these: they are the primary key.
                let exact =
                    self.foreign_keys.iter().any(|a| a.references == it.references && alike(a, it));
                remove_as(&mut self.foreign_keys, it, &it.name, |a, b| {
                    let unsaid = a.references.is_empty() || b.references.is_empty();
                    alike(a, b) && (a.references == b.references || (!exact && unsaid))
                })?;
            }
            DropCheck(it) => {
                remove_as(&mut self.checks, it, &it.name, |a, b| a.expression == b.expression)?
            }
            DropUnique(it) => {
                remove_as(&mut self.uniques, it, &it.name, |a, b| a.columns == b.columns)?;
            }
            DropIndex(it) => remove(&mut self.indexes, &it.name)?,
            DropPrimaryKey(_) => match self.primary_key.take() {
                Some(_) => {}
                None => return Err(ApplyError::missing("primary key of table", &self.name)),
            },
            RenameColumn { from, to } => self.rename_column(from, to)?,
            DropColumn(it) => remove(&mut self.columns, &it.name)?,
            AlterColumn { from, to } => *find(&mut self.columns, &from.name)? = to.clone(),
            AddColumn(it) => add(&mut self.columns, it)?,
            AddPrimaryKey(key) => {
                if self.primary_key.is_some() {
                    return Err(ApplyError::exists("primary key of table", &self.name));
                }
                self.primary_key = Some(key.clone());
            }
            AddUnique(it) => self.uniques.push(it.clone()),
            AddIndex(it) => add(&mut self.indexes, it)?,
            AddCheck(it) => self.checks.push(it.clone()),
            AddForeignKey(it) => self.foreign_keys.push(it.clone()),
            SetComment { to, .. } => self.comment.clone_from(to),
            SetOption { name, to: Some(to), .. } => {
                self.options.insert(name.clone(), to.clone());
            }
            SetOption { name, to: None, .. } => {
                self.options.remove(name);
            }
        }
        Ok(())
    }

    fn rename_column(&mut self, from: &str, to: &str) -> Result<(), ApplyError> {
        if self.column(to).is_some() {
            return Err(ApplyError::exists("column", self.name.column(to)));
        }
        find(&mut self.columns, &from.to_owned())?.name = to.to_owned();
        let rename = |sql: &mut Sql| *sql = sql.rename(from, to);
        for generated in self.columns.iter_mut().filter_map(|column| column.generated.as_mut()) {
            rename(&mut generated.expression);
        }
        if let Some(key) = &mut self.primary_key {
            rename_in(&mut key.columns, from, to);
        }
        for unique in &mut self.uniques {
            rename_in(&mut unique.columns, from, to);
        }
        for key in &mut self.foreign_keys {
            rename_in(&mut key.columns, from, to);
        }
        for check in &mut self.checks {
            rename(&mut check.expression);
        }
        for index in &mut self.indexes {
            rename_in(&mut index.include, from, to);
            index.predicate.iter_mut().for_each(rename);
            for column in &mut index.columns {
                match &mut column.key {
                    IndexKey::Column(name) if name == from => *name = to.to_owned(),
                    IndexKey::Column(_) => {}
                    IndexKey::Expression(sql) => rename(sql),
                }
            }
        }
        Ok(())
    }
}

fn rename_in(names: &mut [String], from: &str, to: &str) {
    for name in names.iter_mut().filter(|name| *name == from) {
        *name = to.to_owned();
    }
}

/// What a list holds one of for each key.
trait Keyed: Clone {
    type Key: PartialEq;
    fn key(&self) -> Self::Key;
    /// Its kind and its name.
    fn what(key: &Self::Key) -> String;
}

macro_rules! keyed {
    ($($ty:ty, $key:ty, $what:literal);*) => { $(
        impl Keyed for $ty {
            type Key = $key;
            fn key(&self) -> $key { self.name.clone() }
            fn what(key: &$key) -> String { format!("{} `{key}`", $what) }
        }
    )* };
}
keyed!(Table, Name, "table"; super::Column, String, "column"; super::Index, String, "index");

impl Keyed for Object {
    type Key = ObjectKey;
    fn key(&self) -> ObjectKey {
        Object::key(self)
    }
    fn what(key: &ObjectKey) -> String {
        key.quoted('`')
    }
}

fn position<T: Keyed>(items: &[T], key: &T::Key) -> Result<usize, ApplyError> {
    let missing = || ApplyError::Missing { what: T::what(key) };
    items.iter().position(|item| item.key() == *key).ok_or_else(missing)
}

fn find<'a, T: Keyed>(items: &'a mut [T], key: &T::Key) -> Result<&'a mut T, ApplyError> {
    let at = position(items, key)?;
    Ok(&mut items[at])
}

fn add<T: Keyed>(items: &mut Vec<T>, item: &T) -> Result<(), ApplyError> {
    if position(items, &item.key()).is_ok() {
        return Err(ApplyError::Exists { what: T::what(&item.key()) });
    }
    items.push(item.clone());
    Ok(())
}

fn remove<T: Keyed>(items: &mut Vec<T>, key: &T::Key) -> Result<(), ApplyError> {
    let at = position(items, key)?;
    items.remove(at);
    Ok(())
}

/// Whether both keys lead from the same columns to the same table.
fn alike(a: &super::ForeignKey, b: &super::ForeignKey) -> bool {
    (&a.columns, &a.table) == (&b.columns, &b.table)
}

/// Removes the constraint of this name, or the unnamed one that says the same.
fn remove_as<T: Named>(
    items: &mut Vec<T>,
    item: &T,
    name: &Option<String>,
    same: impl Fn(&T, &T) -> bool,
) -> Result<(), ApplyError> {
    let found = items.iter().position(|it| match (it.name(), name) {
        (Some(a), Some(b)) => a == b,
        (None, None) => same(it, item),
        _ => false,
    });
    match found {
        Some(at) => {
            items.remove(at);
            Ok(())
        }
        None => Err(ApplyError::missing(T::WHAT, name.as_deref().unwrap_or("(unnamed)"))),
    }
}

/// A constraint, which may lack a name.
trait Named {
    const WHAT: &'static str;
    fn name(&self) -> Option<&String>;
}

macro_rules! named {
    ($($ty:ty, $what:literal);*) => { $(
        impl Named for $ty {
            const WHAT: &'static str = $what;
            fn name(&self) -> Option<&String> { self.name.as_ref() }
        }
    )* };
}
named!(super::ForeignKey, "foreign key"; super::Check, "check"; super::Unique, "unique constraint");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Column, ForeignKey, Type};

    #[test]
    fn all_of_it_or_nothing() {
        let column = |name: &str| Column::new(name, Type::INTEGER);
        let columns = |name: &str| vec![column(name)];
        let key = ForeignKey {
            columns: vec!["b".to_owned()],
            table: Name::new("a"),
            references: vec!["a".to_owned()],
            ..ForeignKey::default()
        };
        let a = Table { name: Name::new("a"), columns: columns("a"), ..Table::default() };
        let foreign_keys = vec![key];
        let b =
            Table { name: Name::new("b"), columns: columns("b"), foreign_keys, ..Table::default() };
        let before = Schema { tables: vec![a, b], ..Schema::default() };
        let rename = TableChange::RenameColumn { from: "a".to_owned(), to: "c".to_owned() };
        for (changes, missing) in [
            (vec![rename, TableChange::DropColumn(column("x"))], "x"),
            (vec![TableChange::AddColumn(column("d")), TableChange::DropColumn(column("y"))], "y"),
        ] {
            let mut schema = before.clone();
            let operation = Operation::AlterTable { table: Name::new("a"), changes };
            let error = ApplyError::missing("column", missing);
            assert_eq!(schema.apply(&operation), Err(error));
            assert_eq!(schema, before);
        }
    }
}
