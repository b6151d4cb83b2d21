//! Renames of columns, put off.
//!
//! SQLite's own `RENAME COLUMN` follows a name into views, triggers and other tables, which an
//! edited text does not. So where the text of a table is edited, all of it happens under the names
//! the columns have before, and the renames come last.

use crate::operation::TableChange;
use crate::schema::sql::{is_name, tokens};
use crate::schema::{
    Check, Column, ForeignKey, Index, IndexKey, Name, OptionValue, Options, PrimaryKey, Sql, Table,
    Unique,
};

use crate::dialect::sqlite::options::COLUMNS;
use crate::dialect::sqlite::types::quote;

/// Begins the name of a column that has to wait until its name is free.
const WAITING: &str = "_limbeck_";

/// Changes of a table with the renames behind all others.
#[derive(Clone, Debug)]
pub(super) struct Deferred {
    /// The changes, in terms of the names before the renames; indexes are none of them.
    pub(super) changes: Vec<TableChange>,
    /// The renames that follow, one after the other.
    pub(super) renames: Vec<(String, String)>,
    /// The indexes to add behind the renames.
    pub(super) indexes: Vec<Index>,
}

/// A column: the name it has in the table's text, and the one that changes call it by.
struct Pair {
    text: String,
    model: String,
}

struct Pairs(Vec<Pair>);

/// Puts the renames in `changes` off.
pub(super) fn defer(table: &Table, changes: &[TableChange]) -> Deferred {
    let pair = |column: &Column| Pair { text: column.name.clone(), model: column.name.clone() };
    let mut pairs = Pairs(table.columns.iter().map(pair).collect());
    let mut deferred = Deferred { changes: Vec::new(), renames: Vec::new(), indexes: Vec::new() };
    for change in changes {
        match change {
            TableChange::AddIndex(index) => deferred.indexes.push(index.clone()),
            TableChange::RenameColumn { from, to } => {
                pairs.rename(from, to);
                deferred.indexes.iter_mut().for_each(|index| rename_in(index, from, to));
            }
            TableChange::DropIndex(index) => {
                let before = deferred.indexes.len();
                deferred.indexes.retain(|it| it.name != index.name);
                if before == deferred.indexes.len() {
                    deferred.changes.push(change.clone());
                }
            }
            TableChange::AddColumn(column) => {
                pairs.add(&column.name);
                deferred.changes.push(pairs.change(&table.name, change));
            }
            TableChange::DropColumn(column) => {
                deferred.changes.push(pairs.change(&table.name, change));
                pairs.0.retain(|pair| pair.model != column.name);
            }
            other => deferred.changes.push(pairs.change(&table.name, other)),
        }
    }
    deferred.renames = pairs.renames();
    deferred
}

impl Pairs {
    fn rename(&mut self, from: &str, to: &str) {
        for pair in self.0.iter_mut().filter(|pair| pair.model == from) {
            to.clone_into(&mut pair.model);
        }
    }

    fn add(&mut self, name: &str) {
        let taken = |name: &str| self.0.iter().any(|it| it.text.eq_ignore_ascii_case(name));
        let mut text = name.to_owned();
        while taken(&text) {
            text.insert_str(0, WAITING);
        }
        self.0.push(Pair { text, model: name.to_owned() });
    }

    /// The name in the text of the column that changes call `model`.
    fn text(&self, model: &str) -> String {
        let found = self.0.iter().find(|pair| pair.model == model);
        found.map_or_else(|| model.to_owned(), |pair| pair.text.clone())
    }

    fn texts(&self, models: &[String]) -> Vec<String> {
        models.iter().map(|model| self.text(model)).collect()
    }

    /// The renames that lead from the one set of names to the other; no name is in use twice on
    /// the way.
    fn renames(self) -> Vec<(String, String)> {
        let mut open: Vec<_> = self.0.into_iter().filter(|pair| pair.text != pair.model).collect();
        let mut renames = Vec::new();
        while !open.is_empty() {
            let free = |pair: &Pair| {
                let other = |it: &&Pair| !std::ptr::eq(*it, pair);
                let clash = |it: &Pair| it.text.eq_ignore_ascii_case(&pair.model);
                !open.iter().filter(other).any(clash)
            };
            match open.iter().position(free) {
                Some(index) => {
                    let pair = open.swap_remove(index);
                    renames.push((pair.text, pair.model));
                }
                // All that is left goes in circles: one of them steps aside.
                None => {
                    let mut aside = format!("{WAITING}{}", open[0].model);
                    while open.iter().any(|it| it.text.eq_ignore_ascii_case(&aside)) {
                        aside.insert_str(0, WAITING);
                    }
                    renames.push((std::mem::replace(&mut open[0].text, aside.clone()), aside));
                }
            }
        }
        renames
    }

    /// The change in terms of the text.
    fn change(&self, table: &Name, change: &TableChange) -> TableChange {
        use TableChange::*;
        match change {
            DropForeignKey(key) => DropForeignKey(self.foreign_key(table, key)),
            AddForeignKey(key) => AddForeignKey(self.foreign_key(table, key)),
            DropCheck(check) => DropCheck(self.check(check)),
            AddCheck(check) => AddCheck(self.check(check)),
            DropUnique(it) => DropUnique(self.unique(it)),
            AddUnique(it) => AddUnique(self.unique(it)),
            DropPrimaryKey(key) => DropPrimaryKey(self.primary_key(key)),
            AddPrimaryKey(key) => AddPrimaryKey(self.primary_key(key)),
            DropColumn(column) => DropColumn(self.column(column)),
            AddColumn(column) => AddColumn(self.column(column)),
            AlterColumn { from, to } => {
                AlterColumn { from: self.column(from), to: self.column(to) }
            }
            DropIndex(_)
            | AddIndex(_)
            | RenameColumn { .. }
            | SetComment { .. }
            | SetOption { .. } => change.clone(),
        }
    }

    fn column(&self, column: &Column) -> Column {
        let mut column = Column { name: self.text(&column.name), ..column.clone() };
        if let Some(generated) = &mut column.generated {
            generated.expression = self.sql(&generated.expression);
        }
        column
    }

    fn foreign_key(&self, table: &Name, key: &ForeignKey) -> ForeignKey {
        let columns = self.texts(&key.columns);
        let own = key.table == *table;
        let references = if own { self.texts(&key.references) } else { key.references.clone() };
        ForeignKey { columns, references, ..key.clone() }
    }

    fn check(&self, check: &Check) -> Check {
        Check { expression: self.sql(&check.expression), ..check.clone() }
    }

    fn unique(&self, unique: &Unique) -> Unique {
        let options = self.options(&unique.options);
        Unique { columns: self.texts(&unique.columns), options, ..unique.clone() }
    }

    fn primary_key(&self, key: &PrimaryKey) -> PrimaryKey {
        let options = self.options(&key.options);
        PrimaryKey { columns: self.texts(&key.columns), options, ..key.clone() }
    }

    fn options(&self, options: &Options) -> Options {
        let mut options = options.clone();
        if let Some(OptionValue::Text(columns)) = options.get_mut(COLUMNS) {
            *columns = self.expression(columns);
        }
        options
    }

    fn sql(&self, sql: &Sql) -> Sql {
        let dialects = sql.dialects.iter();
        Sql {
            text: sql.text.as_ref().map(|text| self.expression(text)),
            dialects: dialects.map(|(key, text)| (key.clone(), self.expression(text))).collect(),
        }
    }

    /// An expression over the columns of the table, where every name is one.
    fn expression(&self, text: &str) -> String {
        let all = tokens(text);
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for (index, token) in all.iter().enumerate() {
            let Some(name) = token.name().filter(|_| is_name(&all, index)) else { continue };
            let same = |pair: &&Pair| pair.model.eq_ignore_ascii_case(&name);
            if let Some(pair) = self.0.iter().find(same).filter(|pair| pair.text != pair.model) {
                out.push_str(&text[copied..token.at]);
                out.push_str(&quote(&pair.text));
                copied = token.end();
            }
        }
        out.push_str(&text[copied..]);
        out
    }
}

fn rename_in(index: &mut Index, from: &str, to: &str) {
    if let Some(predicate) = &mut index.predicate {
        *predicate = predicate.rename(from, to);
    }
    for column in &mut index.columns {
        match &mut column.key {
            IndexKey::Column(name) if name == from => to.clone_into(name),
            IndexKey::Column(_) => {}
            IndexKey::Expression(sql) => *sql = sql.rename(from, to),
        }
    }
}
