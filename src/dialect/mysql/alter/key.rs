//! Changes of keys and indexes, and of the indexes that the servers want beneath them.

use super::{Alter, Touched, unnamed};
use crate::dialect::Unsupported;
use crate::dialect::mysql::Flavour;
use crate::dialect::mysql::create::{self, NUMBERING, begins, leads, numbering, serves, sorted_by};
use crate::dialect::mysql::inspect;
use crate::dialect::mysql::options::{self, INVISIBLE, is_on};
use crate::dialect::mysql::text::quote;
use crate::operation::TableChange;
use crate::schema::{ForeignKey, Index, Options, PrimaryKey, Table, Unique};

impl Alter<'_> {
    /// Drops a foreign key, and the index that the server has made for it.
    pub(super) fn drop_foreign_key(
        &mut self,
        key: &ForeignKey,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        self.done_as(&key.options)?;
        let table = self.table();
        let same = |it: &&ForeignKey| {
            (&it.columns, &it.table, &it.references) == (&key.columns, &key.table, &key.references)
        };
        let live = || table.foreign_keys.iter().find(same).and_then(|it| it.name.clone());
        let Some(name) = key.name.clone().or_else(live) else {
            return Err(unnamed("foreign key"));
        };
        self.behind(&Touched::ForeignKey(name.clone()));
        self.clause(format!("DROP FOREIGN KEY {}", quote(&name)));
        self.gone.push(Touched::ForeignKey(name.clone()));
        let index = implied_index(&table, key, &name).filter(|_| self.is_known());
        if let Some(index) = index.filter(|index| !keeps(rest, key, &name, index)) {
            self.clause(format!("DROP INDEX {}", quote(&index)));
        }
        Ok(())
    }

    /// Adds a foreign key. One that goes first is gone only when the statement ends.
    pub(super) fn add_foreign_key(&mut self, key: &ForeignKey) -> Result<(), Unsupported> {
        self.done_as(&key.options)?;
        let sql = create::foreign_key(self.dialect, key)?;
        if let Some(name) = &key.name {
            let it = Touched::ForeignKey(name.clone());
            if self.gone.contains(&it) {
                self.close();
                self.done_as(&key.options)?;
            }
            self.makes(it);
        }
        let table = self.table();
        let stays = |it: &&ForeignKey| {
            !it.name.iter().any(|it| self.gone.contains(&Touched::ForeignKey(it.clone())))
        };
        let others = table.foreign_keys.iter().filter(stays);
        if let Some(index) = create::add_beneath(&table, key, others) {
            self.clause(format!("ADD {index}"));
        }
        self.clause(format!("ADD {sql}"));
        Ok(())
    }

    pub(super) fn drop_unique(
        &mut self,
        unique: &Unique,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        self.done_as(&unique.options)?;
        let table = self.table();
        let same = |it: &&Unique| it.columns == unique.columns;
        let live = || table.uniques.iter().find(same).and_then(|it| it.name.clone());
        let Some(name) = unique.name.clone().or_else(live) else {
            return Err(unnamed("unique constraint"));
        };
        let mut after = table;
        after.uniques.retain(|it| it.name.as_ref() != Some(&name));
        self.dropped.push((name.clone(), false));
        self.drop_key(&name, after, rest)
    }

    pub(super) fn drop_index(
        &mut self,
        index: &Index,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        self.done_as(&index.options)?;
        let mut after = self.table();
        after.indexes.retain(|it| it.name != index.name);
        self.dropped.push((index.name.clone(), self.hides(&index.options)));
        self.drop_key(&index.name, after, rest)
    }

    fn hides(&self, options: &Options) -> bool {
        is_on(&options::own(self.dialect.flavour, options), INVISIBLE)
    }

    /// Says once more whether queries see an index that goes and comes again: the servers take one of
    /// the same columns for one that stays as it was.
    fn show(&mut self, name: &str, options: &Options) {
        let hides = self.hides(options);
        if !self.dropped.iter().any(|(it, hid)| it == name && *hid != hides) {
            return;
        }
        let word = match (self.dialect.flavour, hides) {
            (Flavour::MySql, true) => "INVISIBLE",
            (Flavour::MySql, false) => "VISIBLE",
            (Flavour::MariaDb, true) => "IGNORED",
            (Flavour::MariaDb, false) => "NOT IGNORED",
        };
        self.afterwards.push(format!("ALTER INDEX {} {word}", quote(name)));
    }

    fn drop_key(
        &mut self,
        name: &str,
        after: Table,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        self.behind(&Touched::Index(name.to_owned()));
        self.clause(format!("DROP INDEX {}", quote(name)));
        self.prop_up(&after, rest);
        Ok(())
    }

    /// Drops the primary key.
    pub(super) fn drop_primary_key(
        &mut self,
        key: &PrimaryKey,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        self.done_as(&key.options)?;
        self.clause("DROP PRIMARY KEY");
        let after = Table { primary_key: None, ..self.table() };
        self.prop_up(&after, rest);
        Ok(())
    }

    pub(super) fn add_primary_key(&mut self, key: &PrimaryKey) -> Result<(), Unsupported> {
        self.done_as(&key.options)?;
        let sql = create::primary_key(self.dialect, &self.table(), key)?;
        self.clause(format!("ADD {sql}"));
        self.serve(&key.columns);
        Ok(())
    }

    pub(super) fn add_unique(&mut self, unique: &Unique) -> Result<(), Unsupported> {
        self.done_as(&unique.options)?;
        let sql = create::unique(self.dialect, &self.table(), unique)?;
        self.clause(format!("ADD {sql}"));
        if let Some(name) = &unique.name {
            self.makes(Touched::Index(name.clone()));
            self.show(name, &unique.options);
        }
        self.serve(&unique.columns);
        Ok(())
    }

    pub(super) fn add_index(&mut self, index: &Index) -> Result<(), Unsupported> {
        if self.is_there(index) {
            return Ok(());
        }
        self.done_as(&index.options)?;
        let sql = create::index(self.dialect, &self.table(), index)?;
        // InnoDB makes one of words at a time, MariaDB the others by a copy.
        let is_of_words =
            index.using.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("fulltext"));
        match is_of_words && self.adds_words && self.dialect.flavour == Flavour::MySql {
            true => self.afterwards.push(format!("ADD {sql}")),
            false => self.clause(format!("ADD {sql}")),
        }
        self.adds_words |= is_of_words;
        self.makes(Touched::Index(index.name.clone()));
        self.show(&index.name, &index.options);
        self.serve(&sorted_by(index));
        Ok(())
    }

    /// Whether the server has made just this index already, for a foreign key.
    fn is_there(&self, index: &Index) -> bool {
        let table = self.table();
        let same = |it: &&Index| it.name == index.name && it.columns == index.columns;
        let there = table.indexes.iter().find(same);
        let is_of_server = |it: &Index| inspect::is_of_server(it, &table.foreign_keys);
        there.is_some_and(is_of_server) && is_of_server(index)
    }

    /// Adds what the server wants where a key goes: an index beneath each foreign key, called as the
    /// one that it makes itself, and one of the column that numbers itself.
    fn prop_up(&mut self, after: &Table, rest: &[TableChange]) {
        let stays = |key: &&ForeignKey| {
            let drops = |it: &TableChange| matches!(it, TableChange::DropForeignKey(it) if it.name == key.name);
            !rest.iter().any(drops)
        };
        for key in after.foreign_keys.iter().filter(stays) {
            let live = self.table();
            let was_served = serves(&live, key) && !serves(after, key);
            if !was_served {
                continue;
            }
            if rest.iter().any(|it| added(it).is_some_and(|it| begins(&it, key))) {
                self.awaiting.extend(key.name.clone());
            } else {
                let name = key.name.as_ref().or(key.columns.first());
                let name = name.map(|it| quote(create::index_beneath(&live.name, key, it)));
                let name = name.unwrap_or_default();
                self.clause(format!("ADD INDEX {name} ({})", create::list(&key.columns)));
            }
        }
        let numbered = after.columns.iter().find(|it| it.identity.is_some());
        let Some(column) = numbered.map(|it| it.name.clone()) else { return };
        let stops = rest.iter().any(|it| match it {
            TableChange::AlterColumn { from, to } => from.name == column && to.identity.is_none(),
            TableChange::DropColumn(it) => it.name == column,
            _ => false,
        });
        if !stops
            && !self.is_numbering
            && !create::is_keyed(after, &column)
            && !adds_key(rest, &column)
        {
            self.clause(format!("ADD {}", numbering(&column)));
            self.is_numbering = true;
        }
    }

    /// Drops what was there only until a key sorted by these columns is made: the index beneath a
    /// foreign key, and the one beneath a column that numbers itself.
    fn serve(&mut self, columns: &[String]) {
        self.replace_numbering(columns.first());
        let table = self.table();
        for key in table.foreign_keys.iter().filter(|it| begins(columns, it)) {
            let Some(name) = &key.name else { continue };
            let is_new = self.made.contains(&Touched::ForeignKey(name.clone()));
            let is_awaited = self.awaiting.contains(name);
            self.awaiting.retain(|it| it != name);
            let index = implied_index(&table, key, name).filter(|_| !is_new && !is_awaited);
            if let Some(index) = index {
                self.clause(format!("DROP INDEX {}", quote(&index)));
            }
        }
    }

    /// Drops the index of ours where another one makes a key of the column that numbers itself.
    fn replace_numbering(&mut self, first: Option<&String>) {
        let numbered = self.table().columns.into_iter().find(|it| it.identity.is_some());
        if self.is_numbering && numbered.is_some_and(|it| Some(&it.name) == first) {
            self.drop_numbering();
        }
    }

    pub(super) fn drop_numbering(&mut self) {
        self.clause(format!("DROP INDEX {}", quote(NUMBERING)));
        self.is_numbering = false;
    }
}

/// Whether one of the changes makes a key that is sorted by the column first.
pub(super) fn adds_key(changes: &[TableChange], column: &str) -> bool {
    changes.iter().any(|change| match change {
        TableChange::AddIndex(index) => leads(index, column),
        other => added(other).is_some_and(|it| it.first().is_some_and(|it| it == column)),
    })
}

/// The columns by which the key is sorted that a change adds.
fn added(change: &TableChange) -> Option<Vec<String>> {
    match change {
        TableChange::AddIndex(it) => Some(sorted_by(it)),
        TableChange::AddUnique(it) => Some(it.columns.clone()),
        TableChange::AddPrimaryKey(it) => Some(it.columns.clone()),
        _ => None,
    }
}

/// The index that the server has made for a foreign key of the table, where nothing else serves it:
/// it is called as the key, or as its first column where the server has named the key, too.
fn implied_index(table: &Table, key: &ForeignKey, name: &str) -> Option<String> {
    let index = create::index_beneath(&table.name, key, name);
    let declared = table.indexes.iter().any(|it| it.name == index);
    // One of the same columns stands on it, too.
    let is_shared = |it: &ForeignKey| it.columns == key.columns && it.name.as_deref() != Some(name);
    let shared = table.foreign_keys.iter().any(is_shared);
    (!declared && !shared && !serves(table, key)).then(|| index.to_owned())
}

/// Whether the index beneath a foreign key that goes is used again, or goes by itself.
fn keeps(rest: &[TableChange], key: &ForeignKey, name: &str, index: &str) -> bool {
    rest.iter().any(|change| match change {
        TableChange::AddForeignKey(it) => {
            // One without a name gets such an index again.
            let same_name = it.name.as_deref().map_or(index != name, |it| it == name);
            same_name && it.columns == key.columns
        }
        TableChange::DropIndex(it) => it.name == index,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::alter;
    use crate::dialect::mysql::MySql;
    use crate::operation::TableChange;
    use crate::schema::{ForeignKey, Index, IndexColumn, Name, Schema, Table};

    #[test]
    fn an_index_that_the_server_has_made_for_a_key_is_not_made_again() {
        let name = Name::new("t");
        let index = |name: &str| Index {
            name: name.to_owned(),
            columns: vec![IndexColumn::new("a")],
            ..Index::default()
        };
        let key = ForeignKey {
            name: Some("t_ibfk_1".to_owned()),
            columns: vec!["a".to_owned()],
            table: Name::new("p"),
            references: vec!["id".to_owned()],
            ..ForeignKey::default()
        };
        let table = Table {
            name: name.clone(),
            indexes: vec![index("a")],
            foreign_keys: vec![key],
            ..Table::default()
        };
        let before = Schema { tables: vec![table], ..Schema::default() };
        let added = |index: Index| {
            let statements =
                alter(&MySql::default(), &name, &[TableChange::AddIndex(index)], &before);
            statements.unwrap().into_iter().map(|it| it.sql).collect::<Vec<_>>()
        };
        assert_eq!(added(index("a")), [""; 0]);
        assert_eq!(added(index("ix")), ["ALTER TABLE `t` ADD INDEX `ix` (`a`)"]);
    }
}
