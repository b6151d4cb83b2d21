//! A group of changes of one table, ready to be carried out.

use super::names::{Deferred, defer};
use super::{conditions, native, text};
use crate::dialect::sqlite::ddl::CreateIndex;
use crate::dialect::sqlite::edit::{TableText, quotes};
use crate::dialect::sqlite::{create, types};
use crate::dialect::{Statement, Unsupported};
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, ForeignKey, Index, IndexKey, Object, Options, Schema, Table};

/// A group of changes of one table, settled.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// The table as it is.
    pub(super) live: &'a Table,
    /// The table as it becomes, under the names before the renames.
    pub(super) after: Table,
    /// The statement that makes the table as it is.
    pub(super) source: TableText,
    /// The changes, in terms of the names before the renames. An altered column has on its `from`
    /// side what it really is.
    pub(super) changes: Vec<TableChange>,
    /// The renames that follow.
    renames: Vec<(String, String)>,
    /// The indexes that follow them.
    indexes: Vec<Index>,
    /// Everything else.
    before: &'a Schema,
}

impl<'a> Change<'a> {
    pub(super) fn new(
        live: &'a Table,
        changes: &[TableChange],
        before: &'a Schema,
    ) -> Result<Change<'a>, Unsupported> {
        let Deferred { changes, renames, indexes } = defer(live, changes);
        let mut schema = Schema { tables: vec![live.clone()], ..Schema::default() };
        let mut settled = Vec::new();
        for change in changes {
            let change = match change {
                TableChange::AlterColumn { from, to } => {
                    let found =
                        schema.tables[0].column(&from.name).cloned().unwrap_or(from.clone());
                    let to = carried_out(&found, &from, &to);
                    TableChange::AlterColumn { from: found, to }
                }
                other => other,
            };
            if let Some(name) = added_name(&change)
                && constraints_called(&schema.tables[0], name) > 0
            {
                let what = format!("table `{}` has a constraint `{name}` already", live.name);
                return Err(Unsupported::new(what, None));
            }
            let op =
                Operation::AlterTable { table: live.name.clone(), changes: vec![change.clone()] };
            schema.apply(&op).map_err(|error| Unsupported::new(error.to_string(), None))?;
            match settled.iter().rposition(|added| undoes(&change, added)) {
                Some(index) => {
                    settled.remove(index);
                }
                None => settled.push(change),
            }
        }
        let after = schema.tables.remove(0);
        if after.columns.is_empty() {
            return Err(create::no_columns());
        }
        refuse_lost_columns(&after)?;
        let source = match &live.source.0 {
            Some(source) => source.clone(),
            None => create::table(live)?,
        };
        let source =
            TableText::new(&source).map_err(|error| text::unreadable(&live.name, &error))?;
        Ok(Change { live, after, source, changes: settled, renames, indexes, before })
    }

    /// The columns that stay: as they are, and as they become.
    pub(super) fn kept(&self) -> impl Iterator<Item = (&'a Column, &Column)> {
        let columns = self.live.columns.iter().filter(|column| !self.is_dropped(&column.name));
        columns.filter_map(|from| self.after.column(&from.name).map(|to| (from, to)))
    }

    /// The columns that are new.
    pub(super) fn added(&self) -> impl Iterator<Item = &Column> {
        let old = |column: &&Column| {
            self.live.column(&column.name).is_some() && !self.is_dropped(&column.name)
        };
        self.after.columns.iter().filter(move |column| !old(column))
    }

    /// Whether the live column called `name` goes, whatever comes in its place.
    pub(super) fn is_dropped(&self, name: &str) -> bool {
        let drops = |it: &TableChange| matches!(it, TableChange::DropColumn(it) if it.name == name);
        self.live.column(name).is_some() && self.changes.iter().any(drops)
    }

    /// The indexes that stay.
    pub(super) fn kept_indexes(&self) -> impl Iterator<Item = &'a Index> {
        let dropped = |name: &str| {
            let drops =
                |it: &TableChange| matches!(it, TableChange::DropIndex(it) if it.name == name);
            self.changes.iter().any(drops)
        };
        self.live.indexes.iter().filter(move |index| !dropped(&index.name))
    }

    /// The statements that make the triggers of the table.
    pub(super) fn triggers(&self) -> impl Iterator<Item = &'a str> {
        let name = &self.live.name.name;
        self.before.objects.iter().filter_map(move |object| match object {
            Object::Trigger(it) if it.table.name.eq_ignore_ascii_case(name) => {
                it.definition.of("sqlite")
            }
            _ => None,
        })
    }

    /// The type of a column of the table as it becomes.
    pub(super) fn spelled(&self, column: &Column) -> Result<String, Unsupported> {
        types::column_sql(&self.after, column)
    }

    /// The statement that would make the table as it becomes.
    pub(super) fn edited(&self) -> Result<TableText, Unsupported> {
        let mut text = self.source.clone();
        text::edit(self, &mut text)?;
        for column in self.live.columns.iter().filter(|column| self.is_dropped(&column.name)) {
            if text.quotes(&column.name) {
                return Err(in_use(&column.name, "an expression of the table"));
            }
            for index in self.kept_indexes() {
                let source = index.source.0.as_deref();
                let body =
                    source.and_then(|it| Some(&it[CreateIndex::parse(it).ok()?.body.start..]));
                if body.is_some_and(|body| quotes(body, &column.name)) {
                    return Err(in_use(&column.name, &format!("the index `{}`", index.name)));
                }
            }
        }
        Ok(text)
    }

    /// What must hold of the rows for the changes to be possible, as far as SQLite does not say it
    /// as well by itself.
    pub(super) fn conditions(&self) -> Result<Vec<Statement>, Unsupported> {
        let table = &self.live.name;
        let required = self
            .kept()
            .filter(|(from, to)| from.nullable && !to.nullable && to.generated.is_none());
        let mut statements: Vec<_> =
            required.map(|(_, to)| conditions::has_no_null(table, &to.name)).collect();
        for column in self.added().filter(|column| has_no_value(&self.after, column)) {
            statements.push(conditions::has_no_rows(table, &column.name));
        }
        Ok(statements)
    }

    /// What follows when the table is as it becomes: renames, new indexes, and the question
    /// whether the rows obey the new foreign keys.
    pub(super) fn aftermath(&self) -> Result<Vec<Statement>, Unsupported> {
        let table = &self.live.name;
        let mut statements = Vec::new();
        for (from, to) in &self.renames {
            statements.push(native::rename_column(table, from, to)?);
        }
        for index in &self.indexes {
            statements.push(Statement::new(create::index(table, index)?));
        }
        for change in &self.changes {
            if let TableChange::AddForeignKey(key) = change {
                let mut key = key.clone();
                let own = key.table == *table;
                key.columns.iter_mut().for_each(|name| self.follow(name));
                if own {
                    key.references.iter_mut().for_each(|name| self.follow(name));
                }
                let mut parents = self.parent_key(&key);
                if own && key.references.is_empty() {
                    parents.iter_mut().flatten().for_each(|name| self.follow(name));
                }
                statements.push(conditions::has_parents(table, &key, parents.as_deref()));
            }
        }
        Ok(statements)
    }

    /// The columns that a foreign key refers to, as far as they are known.
    fn parent_key(&self, key: &ForeignKey) -> Option<Vec<String>> {
        if !key.references.is_empty() {
            return Some(key.references.clone());
        }
        let own = key.table == self.live.name;
        let table = if own { Some(&self.after) } else { self.before.table(&key.table) };
        table?.primary_key.as_ref().map(|key| key.columns.clone())
    }

    /// The name a column has behind the renames.
    fn follow(&self, name: &mut String) {
        for (from, to) in &self.renames {
            if name == from {
                name.clone_from(to);
            }
        }
    }
}

/// The name of the constraint that a change adds.
fn added_name(change: &TableChange) -> Option<&String> {
    match change {
        TableChange::AddForeignKey(it) => it.name.as_ref(),
        TableChange::AddCheck(it) => it.name.as_ref(),
        TableChange::AddUnique(it) => it.name.as_ref(),
        TableChange::AddPrimaryKey(it) => it.name.as_ref(),
        _ => None,
    }
}

/// Whether `change` takes away the constraint that `added` has added.
fn undoes(change: &TableChange, added: &TableChange) -> bool {
    use TableChange::*;
    match (change, added) {
        (DropForeignKey(a), AddForeignKey(b)) if a.name.is_some() => a.name == b.name,
        (DropForeignKey(a), AddForeignKey(b)) => a == b,
        (DropCheck(a), AddCheck(b)) if a.name.is_some() => a.name == b.name,
        (DropCheck(a), AddCheck(b)) => a == b,
        (DropUnique(a), AddUnique(b)) if a.name.is_some() => a.name == b.name,
        (DropUnique(a), AddUnique(b)) => a == b,
        (DropPrimaryKey(_), AddPrimaryKey(_)) => true,
        _ => false,
    }
}

/// A column with what `from` and `to` differ in, and all else as it is.
///
/// Scripts speak in portable words. What they do not speak of stays.
fn carried_out(live: &Column, from: &Column, to: &Column) -> Column {
    fn field<T: PartialEq + Clone>(live: &T, from: &T, to: &T) -> T {
        if from == to { live.clone() } else { to.clone() }
    }
    Column {
        name: live.name.clone(),
        ty: field(&live.ty, &from.ty, &to.ty),
        nullable: field(&live.nullable, &from.nullable, &to.nullable),
        default: field(&live.default, &from.default, &to.default),
        generated: field(&live.generated, &from.generated, &to.generated),
        // Only whole numbers count on.
        identity: match to.ty.is_integer() || from.ty == to.ty {
            true => field(&live.identity, &from.identity, &to.identity),
            false => to.identity.clone(),
        },
        collation: field(&live.collation, &from.collation, &to.collation),
        comment: field(&live.comment, &from.comment, &to.comment),
        options: carried_out_options(&live.options, &from.options, &to.options),
    }
}

fn carried_out_options(live: &Options, from: &Options, to: &Options) -> Options {
    let mut options = live.clone();
    for name in from.keys().chain(to.keys()).filter(|name| from.get(*name) != to.get(*name)) {
        match to.get(name) {
            Some(value) => options.insert(name.clone(), value.clone()),
            None => options.remove(name),
        };
    }
    options
}

/// A key or constraint must not lose a column under it.
fn refuse_lost_columns(after: &Table) -> Result<(), Unsupported> {
    let lost = |columns: &[String], what: String| {
        let lost = columns.iter().find(|name| after.column(name).is_none());
        lost.map_or(Ok(()), |name| Err(in_use(name, &what)))
    };
    let called = |what: &str, name: &Option<String>| match name {
        Some(name) => format!("the {what} `{name}`"),
        None => format!("a {what}"),
    };
    if let Some(key) = &after.primary_key {
        lost(&key.columns, "the primary key".to_owned())?;
    }
    for unique in &after.uniques {
        lost(&unique.columns, called("unique constraint", &unique.name))?;
    }
    for key in &after.foreign_keys {
        lost(&key.columns, called("foreign key", &key.name))?;
    }
    for index in &after.indexes {
        let names = index.columns.iter().filter_map(|column| match &column.key {
            IndexKey::Column(name) => Some(name.clone()),
            IndexKey::Expression(_) => None,
        });
        lost(&names.collect::<Vec<_>>(), format!("the index `{}`", index.name))?;
    }
    Ok(())
}

fn in_use(column: &str, what: &str) -> Unsupported {
    Unsupported {
        column: Some(column.to_owned()),
        ..Unsupported::new(
            format!("the column `{column}` is in {what}"),
            format!("drop {what} first"),
        )
    }
}

/// Whether rows that are there cannot get a value for a new column.
pub(super) fn has_no_value(after: &Table, column: &Column) -> bool {
    let numbered = after.is_sole_key(&column.name) && column.identity.is_some();
    !column.nullable && column.default.is_none() && column.generated.is_none() && !numbered
}

/// How many constraints of the table have this name.
pub(super) fn constraints_called(table: &Table, name: &str) -> usize {
    let same = |found: Option<&String>| found.is_some_and(|it| it.eq_ignore_ascii_case(name));
    let count = |same: bool| usize::from(same);
    count(table.primary_key.as_ref().is_some_and(|it| same(it.name.as_ref())))
        + table.uniques.iter().filter(|it| same(it.name.as_ref())).count()
        + table.foreign_keys.iter().filter(|it| same(it.name.as_ref())).count()
        + table.checks.iter().filter(|it| same(it.name.as_ref())).count()
}
