//! A schema in the making, and what becomes of it by edits.

use std::collections::BTreeSet;

use limbeck::diff::Rename;
use limbeck::operation::Operation;
use limbeck::schema::{Schema, Table};

use super::super::schema::{self, Names};
use super::edit::Edit;
use super::object::DraftObject;
use super::table::{edit_table, plain};
use super::{Pair, holds};

/// A schema in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) tables: Vec<Table>,
    pub(super) objects: Vec<DraftObject>,
    pub(super) names: Names,
    pub(super) renames: Vec<Rename>,
    /// The names that columns had before a rename, which no other column takes over.
    pub(super) left: BTreeSet<String>,
}

impl Draft {
    /// The schema so far, and what `edits` make of it.
    pub(super) fn edited(&self, edits: &[Edit]) -> Pair {
        let from = self.schema();
        let mut draft = self.clone();
        for edit in edits {
            draft.edit(edit);
            draft.mend();
        }
        let to = draft.schema();
        let all = draft.renames;
        let renames = all.iter().filter(|rename| holds(rename, &all, &from, &to)).cloned();
        let renames = renames.collect();
        Pair { from, to, renames }
    }

    fn schema(&self) -> Schema {
        let mut schema = Schema { tables: self.tables.clone(), ..Schema::default() };
        schema.objects = self.objects.iter().map(|it| self.object(it)).collect();
        schema.sort();
        schema
    }

    pub(super) fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::AddTable(raw) => {
                let table = schema::table(raw, &mut self.names, &self.tables);
                self.tables.push(table);
            }
            Edit::AddObject(raw) => self.add_object(raw),
            Edit::ChangeObject(at, raw) if !self.objects.is_empty() => {
                let at = at.index(self.objects.len());
                self.objects[at].form = raw.form;
                let table = self.table_below(&self.objects[at].on);
                let column = table.map(|it| raw.column.get(&it.columns).name.clone());
                self.objects[at].column = column.unwrap_or_default();
            }
            Edit::DropObject(at) if !self.objects.is_empty() => {
                let object = self.objects.remove(at.index(self.objects.len()));
                self.names.0.remove(&object.name.to_lowercase());
            }
            Edit::ChangeObject(..) | Edit::DropObject(_) => {}
            _ if self.tables.is_empty() => {}
            Edit::DropTable(at) => {
                let table = self.tables.remove(at.index(self.tables.len()));
                let indexes = table.indexes.iter().map(|index| &index.name);
                for name in indexes.chain([&table.name.name]) {
                    self.names.0.remove(&name.to_lowercase());
                }
            }
            Edit::RenameTable(at, name) => self.rename_table(*at, name),
            Edit::RenameColumn(table, column, name) => self.rename_column(*table, *column, name),
            Edit::MoveIndex(from, index, to) => {
                let from = from.index(self.tables.len());
                if self.tables[from].indexes.is_empty() {
                    return;
                }
                let at = index.index(self.tables[from].indexes.len());
                let mut index = self.tables[from].indexes.remove(at);
                let to = to.index(self.tables.len());
                let column = self.tables[to].columns[0].name.clone();
                index.columns = vec![limbeck::schema::IndexColumn::new(column)];
                index.predicate = None;
                self.tables[to].indexes.push(index);
            }
            Edit::AddForeignKey(at, raw) => {
                let at = at.index(self.tables.len());
                let mut others = self.tables.clone();
                let table = others.remove(at);
                let plain = plain(&table);
                let key = schema::foreign_key(raw, &table, &plain, &others, &mut self.names);
                self.tables[at].foreign_keys.extend(key);
            }
            Edit::AddColumn(at, ..)
            | Edit::DropColumn(at, _)
            | Edit::AlterColumn(at, ..)
            | Edit::Key(at, _)
            | Edit::AddUnique(at, _)
            | Edit::DropUnique(at, _)
            | Edit::AlterForeignKey(at, ..)
            | Edit::DropForeignKey(at, _)
            | Edit::AddCheck(at, ..)
            | Edit::AlterCheck(at, ..)
            | Edit::DropCheck(at, _)
            | Edit::AddIndex(at, _)
            | Edit::AlterIndex(at, ..)
            | Edit::DropIndex(at, _)
            | Edit::SwitchOption(at, _) => {
                let at = at.index(self.tables.len());
                edit_table(&mut self.tables[at], edit, &mut self.names, &self.left);
            }
        }
    }

    pub(super) fn apply(&mut self, op: &Operation) {
        let tables = std::mem::take(&mut self.tables);
        let mut schema = Schema { tables, ..Schema::default() };
        schema.apply(op).unwrap();
        self.tables = schema.tables;
    }
}
