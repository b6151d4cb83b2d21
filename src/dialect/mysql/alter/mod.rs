//! Changes of a table.
//!
//! As many as may stand in one `ALTER TABLE` do: each such statement may copy the table, and is all
//! done or not at all. <https://dev.mysql.com/doc/refman/8.4/en/alter-table.html>

mod carried;
mod column;
mod key;
mod recreate;
mod rename;
mod setting;

use super::MySql;
use super::create::{self, alter_table};
use super::options::{self, ALGORITHM, LOCK};
use super::text::quote;
use crate::dialect::{Statement, Unsupported};
use crate::operation::{Operation, TableChange};
use crate::schema::{Check, Column, Name, Options, Schema, Table};

/// Whether the live table must be seen for these changes.
pub(super) fn looks(changes: &[TableChange]) -> bool {
    use TableChange::*;
    changes.iter().any(|change| match change {
        AddForeignKey(_) | DropColumn(_) | SetComment { .. } => false,
        SetOption { name, .. } => setting::is_of_texts(name),
        AddColumn(column) => column.identity.is_some(),
        _ => true,
    })
}

/// The statements of a group of changes.
///
/// # Errors
/// When this server has no way to do it.
pub(super) fn alter(
    dialect: &MySql,
    name: &Name,
    changes: &[TableChange],
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(name.clone())),
        ..error
    };
    let mut alter = Alter::new(dialect, name, before);
    for (at, change) in changes.iter().enumerate() {
        alter.change(change, &changes[at + 1..]).map_err(about)?;
        alter.follow(change);
    }
    Ok(alter.finish())
}

/// What a clause has made or removed, by its kind and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Touched {
    Column(String),
    /// An index or a unique constraint.
    Index(String),
    Check(String),
    ForeignKey(String),
}

/// The changes of one table on their way to statements.
struct Alter<'a> {
    dialect: &'a MySql,
    name: &'a Name,
    /// The table as it is after the changes so far, as far as it is known.
    live: Schema,
    statements: Vec<Statement>,
    /// What must hold before the statement to which clauses are added.
    guards: Vec<Statement>,
    /// The statement to which clauses are added.
    clauses: Vec<String>,
    /// How the server is to carry it out.
    how: Vec<String>,
    /// What it has made.
    made: Vec<Touched>,
    /// What it has removed that cannot come back in it.
    gone: Vec<Touched>,
    /// The indexes that it drops, and whether queries did not see them.
    dropped: Vec<(String, bool)>,
    /// Whether it adds a full-text index.
    adds_words: bool,
    /// What follows it, each in a statement of its own.
    afterwards: Vec<String>,
    /// The foreign keys whose index went, and which one that is yet to come serves.
    awaiting: Vec<String>,
    /// Whether a column that numbers itself is a key by an index of ours only.
    is_numbering: bool,
}

impl<'a> Alter<'a> {
    fn new(dialect: &'a MySql, name: &'a Name, before: &Schema) -> Alter<'a> {
        let schema = |it: &Name| it.schema.clone().or_else(|| dialect.schema.clone());
        let same = |it: &&Table| it.name.name == name.name && schema(&it.name) == schema(name);
        let table = before.tables.iter().find(same);
        let mut table = table.map(|table| Table { name: name.clone(), ..table.clone() });
        let mut is_numbering = false;
        if let Some(table) = &mut table {
            table.indexes.retain(|it| it.name != create::NUMBERING);
            let numbered = table.columns.iter().find(|it| it.identity.is_some());
            is_numbering = numbered.is_some_and(|it| !create::is_keyed(table, &it.name));
        }
        Alter {
            dialect,
            name,
            live: Schema { tables: table.into_iter().collect(), ..Schema::default() },
            statements: Vec::new(),
            guards: Vec::new(),
            clauses: Vec::new(),
            how: Vec::new(),
            made: Vec::new(),
            gone: Vec::new(),
            dropped: Vec::new(),
            adds_words: false,
            afterwards: Vec::new(),
            awaiting: Vec::new(),
            is_numbering,
        }
    }

    /// The live table; an empty one of its name where it is not known.
    fn table(&self) -> Table {
        let named = || Table { name: self.name.clone(), ..Table::default() };
        self.live.tables.first().cloned().unwrap_or_else(named)
    }

    /// Whether the live table is known.
    fn is_known(&self) -> bool {
        !self.live.tables.is_empty()
    }

    /// The live column, if it is known.
    fn column(&self, name: &str) -> Option<&Column> {
        self.live.tables.first()?.column(name)
    }

    /// Adds a clause to the statement that is being made.
    fn clause(&mut self, clause: impl Into<String>) {
        self.clauses.push(clause.into());
    }

    /// Ends the statement that is being made, where what follows is to be carried out otherwise.
    fn done_as(&mut self, options: &Options) -> Result<(), Unsupported> {
        let own = options::own(self.dialect.flavour, options);
        let said = |option: &str, word: &str| {
            options::text(&own, option).map(|it| format!("{word}={}", it.to_uppercase()))
        };
        let how: Vec<_> =
            said(ALGORITHM, "ALGORITHM").into_iter().chain(said(LOCK, "LOCK")).collect();
        if how != self.how {
            self.close();
            self.how = how;
        }
        Ok(())
    }

    /// Notes that the statement makes something.
    fn makes(&mut self, it: Touched) {
        self.made.push(it);
    }

    /// Ends the statement where it has made what now goes or changes.
    fn behind(&mut self, it: &Touched) {
        if self.made.contains(it) {
            self.close();
        }
    }

    fn close(&mut self) {
        if !self.clauses.is_empty() {
            self.clauses.append(&mut self.how);
            self.statements.append(&mut self.guards);
            self.statements.push(Statement::new(alter_table(self.name, &self.clauses)));
        }
        for clause in self.afterwards.drain(..) {
            self.statements.push(Statement::new(alter_table(self.name, &[clause])));
        }
        self.clauses.clear();
        self.how.clear();
        self.made.clear();
        self.gone.clear();
        self.dropped.clear();
        self.adds_words = false;
    }

    fn finish(mut self) -> Vec<Statement> {
        self.close();
        self.statements
    }

    /// Carries the change out on what is known of the table.
    fn follow(&mut self, change: &TableChange) {
        if let (TableChange::RenameColumn { from, to }, Some(table)) =
            (change, self.live.tables.first_mut())
        {
            rename::rename_in(table, self.dialect.mode, from, to);
        }
        let changes = vec![change.clone()];
        // What is not there fails on the server, in its own words.
        let _ = self.live.apply(&Operation::AlterTable { table: self.name.clone(), changes });
    }

    /// `rest` are the changes behind this one.
    fn change(&mut self, change: &TableChange, rest: &[TableChange]) -> Result<(), Unsupported> {
        use TableChange::*;
        match change {
            DropForeignKey(key) => self.drop_foreign_key(key, rest),
            DropCheck(check) => self.drop_check(check),
            DropUnique(unique) => self.drop_unique(unique, rest),
            DropPrimaryKey(key) => self.drop_primary_key(key, rest),
            DropIndex(index) => self.drop_index(index, rest),
            RenameColumn { from, to } => self.rename_column(from, to),
            DropColumn(column) => self.drop_column(column),
            AlterColumn { from, to } => self.alter_column(from, to, rest),
            AddColumn(column) => self.add_column(column, rest),
            AddPrimaryKey(key) => self.add_primary_key(key),
            AddUnique(unique) => self.add_unique(unique),
            AddIndex(index) => self.add_index(index),
            AddCheck(check) => self.add_check(check),
            AddForeignKey(key) => self.add_foreign_key(key),
            SetComment { to, .. } => {
                self.done_as(&Options::new())?;
                self.clause(create::comment(self.dialect, to.as_deref().unwrap_or_default()));
                Ok(())
            }
            SetOption { name, from, to } => self.set_option(name, from.as_ref(), to.as_ref(), rest),
        }
    }

    /// Drops a check. One that belongs to a column goes with the rest of what is said of that.
    fn drop_check(&mut self, check: &Check) -> Result<(), Unsupported> {
        self.done_as(&check.options)?;
        let table = self.table();
        let same = |it: &&Check| it.expression == check.expression;
        let live = || table.checks.iter().find(same).and_then(|it| it.name.clone());
        let Some(name) = check.name.clone().or_else(live) else {
            return Err(unnamed("check"));
        };
        if let Some(column) = create::column_of_check(self.dialect, &table, &name) {
            let column = column.clone();
            let checks = table.checks.into_iter().filter(|it| it.name.as_ref() != Some(&name));
            let table = Table { checks: checks.collect(), name: self.name.clone(), ..self.table() };
            return self.modify(&table, &column, "");
        }
        self.behind(&Touched::Check(name.clone()));
        let word = create::word_for_check(self.dialect);
        self.clause(format!("DROP {word} {}", quote(&name)));
        Ok(())
    }

    fn add_check(&mut self, check: &Check) -> Result<(), Unsupported> {
        self.done_as(&check.options)?;
        let sql = create::check(self.dialect, check)?;
        let mut table = self.table();
        if let Some(name) = &check.name {
            if let Some(column) = create::column_of_check(self.dialect, &table, name) {
                let column = column.clone();
                table.checks.push(check.clone());
                return self.modify(&table, &column, "");
            }
            self.makes(Touched::Check(name.clone()));
        }
        self.clause(format!("ADD {sql}"));
        Ok(())
    }
}

/// What is said of a key or check that nobody knows by name.
fn unnamed(what: &str) -> Unsupported {
    Unsupported::new(
        format!("a {what} without a name is dropped by the name that the server gave it"),
        format!("name the {what}"),
    )
}
