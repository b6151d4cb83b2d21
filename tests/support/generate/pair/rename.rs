//! Renames in a schema in the making.

use limbeck::diff::Rename;
use limbeck::operation::{Operation, TableChange};
use limbeck::schema::Name;
use proptest::sample::Index as Pick;

use super::draft::Draft;
use super::edit::NewName;
use super::table::columns_of;

impl Draft {
    pub(super) fn rename_table(&mut self, at: Pick, name: &NewName) {
        let from = at.get(&self.tables).name.clone();
        let renamed = |it: &Rename| matches!(it, Rename::Table { to, .. } if *to == from);
        if self.renames.iter().any(renamed) {
            return;
        }
        let Some(to) = self.fresh(&from.name, name) else { return };
        let to = Name::new(to);
        let op = Operation::RenameTable { from: from.clone(), to: to.clone() };
        self.apply(&op);
        for object in &mut self.objects {
            if object.on == from.name {
                object.on.clone_from(&to.name);
            }
        }
        for rename in &mut self.renames {
            if let Rename::Column { table, .. } = rename
                && *table == from
            {
                table.clone_from(&to);
            }
        }
        self.renames.push(Rename::Table { from, to });
    }

    pub(super) fn rename_column(&mut self, table: Pick, column: Pick, name: &NewName) {
        let table = table.get(&self.tables).clone();
        let from = column.get(&table.columns).name.clone();
        let renamed = |it: &Rename| matches!(it, Rename::Column { table: of, to, .. } if *of == table.name && *to == from);
        if self.renames.iter().any(renamed) {
            return;
        }
        let mut names = columns_of(&table, &self.left);
        let to = match name {
            NewName::Other(name) => names.free(name),
            NewName::OtherCase => other_case(&from),
        };
        if to == from {
            return;
        }
        self.left.insert(from.to_lowercase());
        let changes = vec![TableChange::RenameColumn { from: from.clone(), to: to.clone() }];
        self.apply(&Operation::AlterTable { table: table.name.clone(), changes });
        for at in 0..self.objects.len() {
            let below = self.table_below(&self.objects[at].on).map(|it| it.name.clone());
            if below.as_ref() == Some(&table.name) && self.objects[at].column == from {
                self.objects[at].column.clone_from(&to);
            }
        }
        self.renames.push(Rename::Column { table: table.name, from, to });
    }

    fn fresh(&mut self, old: &str, name: &NewName) -> Option<String> {
        match name {
            NewName::Other(name) => Some(self.names.free(name)),
            NewName::OtherCase => Some(other_case(old)).filter(|it| it != old),
        }
    }
}

fn other_case(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    if upper == name { name.to_ascii_lowercase() } else { upper }
}
