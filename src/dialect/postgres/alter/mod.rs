//! Changes of a table.
//!
//! They run in their order. Those that PostgreSQL would do in this order, too, when they stand in
//! one statement, do: <https://www.postgresql.org/docs/current/sql-altertable.html>.

mod cast;
pub(super) mod column;
mod constraint;
mod numbering;
mod recreate;
mod setting;

use super::Postgres;
use super::create::{self, alter_table};
use super::normalize;
use super::options::{CONCURRENTLY, INVALID, PARTITION_BOUND, PARTITION_OF, is_on};
use super::render::dependants::Dependants;
use super::render::rename_enum;
use super::types::{self, quote};
use crate::dialect::{Statement, Unsupported};
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Index, Name, OptionValue, Schema, Table};

/// Where a clause comes among those of one statement, whatever its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Something goes.
    Drop,
    /// A column changes its type.
    Type,
    /// A column comes.
    Add,
    /// A column may not be NULL, or may again.
    Null,
    /// A constraint comes.
    Constraint,
    /// A default, an option.
    Setting,
}

pub(super) use recreate::lost;

/// Whether the live table must be seen for these changes.
pub(super) fn looks(changes: &[TableChange]) -> bool {
    use TableChange::*;
    changes.iter().any(|change| match change {
        AlterColumn { from, to } => {
            let is_enum = |it: &Column| create::enum_values(&it.ty).is_some();
            let checked = from.ty != to.ty && (is_enum(from) || is_enum(to));
            checked || column::is_retyped(from, to) || from.generated != to.generated
        }
        AddIndex(index) | DropIndex(index) => is_on(&index.options, CONCURRENTLY),
        RenameColumn { .. } => true,
        DropForeignKey(it) => it.name.is_none(),
        DropCheck(it) => it.name.is_none(),
        DropUnique(it) => it.name.is_none(),
        DropPrimaryKey(it) => it.name.is_none(),
        SetOption { name, .. } => name == PARTITION_OF || name == PARTITION_BOUND,
        _ => false,
    })
}

/// The statements of a group of changes.
///
/// # Errors
/// When PostgreSQL has no way to do it.
pub(super) fn alter(
    dialect: &Postgres,
    name: &Name,
    changes: &[TableChange],
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let about = |error: Unsupported| Unsupported {
        table: error.table.or_else(|| Some(name.clone())),
        ..error
    };
    statements(dialect, name, changes, before).map_err(about)
}

fn statements(
    dialect: &Postgres,
    name: &Name,
    changes: &[TableChange],
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    let changes = &in_order(changes)[..];
    let mut alter = Alter::new(dialect, name, before);
    let mut dependants = alter.dependants(changes, before);
    let dropped = dependants.drop()?;
    let replaced = constraint::validated(changes);
    for (at, change) in changes.iter().enumerate() {
        match replaced.iter().find(|it| it.dropped == at || it.added == at) {
            Some(it) if it.added == at => alter.validate(&it.name),
            Some(_) => {}
            None => alter.change(change, changes)?,
        }
        if let TableChange::RenameColumn { from, to } = change {
            dependants.rename(from, to);
        }
        alter.follow(change);
    }
    let restored = dependants.restore()?;
    Ok(dropped.into_iter().chain(alter.finish()).chain(restored).collect())
}

/// The changes in an order in which a generated column finds what it is computed from: columns come
/// before it and go behind it.
fn in_order(changes: &[TableChange]) -> Vec<TableChange> {
    use TableChange::*;
    let place = |change: &TableChange| match change {
        DropColumn(column) if column.generated.is_some() => Some(0),
        AddColumn(column) if column.generated.is_none() => Some(1),
        AlterColumn { .. } => Some(2),
        AddColumn(_) => Some(3),
        DropColumn(_) => Some(4),
        _ => None,
    };
    let is_generated = |change: &TableChange| match change {
        DropColumn(column) | AddColumn(column) => column.generated.is_some(),
        AlterColumn { from, to } => from.generated.is_some() || to.generated.is_some(),
        _ => false,
    };
    let mut changes = changes.to_vec();
    if changes.iter().any(is_generated) {
        for run in changes.chunk_by_mut(|a, b| place(a).is_some() == place(b).is_some()) {
            run.sort_by_key(place);
        }
    }
    changes
}

/// The changes of one table on their way to statements.
struct Alter<'a> {
    dialect: &'a Postgres,
    name: &'a Name,
    /// The table as it is after the changes so far, as far as it is known.
    live: Schema,
    statements: Vec<Statement>,
    /// The statement to which clauses are added.
    clauses: Vec<String>,
    rank: Rank,
}

impl<'a> Alter<'a> {
    fn new(dialect: &'a Postgres, name: &'a Name, before: &Schema) -> Alter<'a> {
        let schema = |it: &Name| it.schema.clone().unwrap_or_else(|| dialect.schema.clone());
        let same = |it: &&Table| it.name.name == name.name && schema(&it.name) == schema(name);
        let table = before.tables.iter().find(same);
        let table = table.map(|table| Table { name: name.clone(), ..table.clone() });
        let live = Schema { tables: table.into_iter().collect(), ..Schema::default() };
        let (statements, clauses) = (Vec::new(), Vec::new());
        Alter { dialect, name, live, statements, clauses, rank: Rank::Drop }
    }

    /// The views that stand in the way of the changes.
    fn dependants(&self, changes: &[TableChange], before: &Schema) -> Dependants {
        let mut renames: Vec<(&str, &str)> = Vec::new();
        let mut columns: Vec<&str> = Vec::new();
        for change in changes {
            match change {
                TableChange::RenameColumn { from, to } => renames.push((from, to)),
                TableChange::AlterColumn { from, to } => {
                    let all = column::reworked(self.dialect, self.table(), from, to);
                    let first = |name| {
                        let back = |now, (from, to): &(_, _)| if now == *to { *from } else { now };
                        renames.iter().rev().fold(name, back)
                    };
                    columns.extend(all.into_iter().map(first));
                }
                _ => {}
            }
        }
        match columns.is_empty() {
            true => Dependants::default(),
            false => Dependants::of_columns(before, self.name, &columns),
        }
    }

    /// The live table, if it is known.
    fn table(&self) -> Option<&Table> {
        self.live.tables.first()
    }

    /// The live column, if it is known.
    fn column(&self, name: &str) -> Option<&Column> {
        self.table()?.column(name)
    }

    /// A table of this name, for messages.
    fn named(&self) -> Table {
        Table { name: self.name.clone(), ..Table::default() }
    }

    /// Adds a clause, to the statement before where it may stand there.
    fn clause(&mut self, rank: Rank, clause: impl Into<String>) {
        if rank < self.rank {
            self.close();
        }
        self.rank = rank;
        self.clauses.push(clause.into());
    }

    /// Adds a statement.
    fn statement(&mut self, sql: impl Into<String>) {
        self.close();
        self.statements.push(Statement::new(sql));
    }

    pub(super) fn close(&mut self) {
        if !self.clauses.is_empty() {
            self.statements.push(Statement::new(alter_table(self.name, &self.clauses)));
            self.clauses.clear();
        }
        self.rank = Rank::Drop;
    }

    fn finish(mut self) -> Vec<Statement> {
        self.close();
        self.statements
    }

    /// Carries the change out on what is known of the table.
    fn follow(&mut self, change: &TableChange) {
        let changes = vec![change.clone()];
        // What is not there fails on the server, in its own words.
        let _ = self.live.apply(&Operation::AlterTable { table: self.name.clone(), changes });
    }

    fn change(&mut self, change: &TableChange, all: &[TableChange]) -> Result<(), Unsupported> {
        use TableChange::*;
        match change {
            DropForeignKey(key) => self.drop_foreign_key(key),
            DropCheck(check) => self.drop_check(check)?,
            DropUnique(unique) => self.drop_unique(unique),
            DropPrimaryKey(key) => self.drop_primary_key(key),
            DropIndex(index) => self.drop_index(index),
            RenameColumn { from, to } => {
                let name = types::name(self.name);
                let (old, new) = (quote(from), quote(to));
                self.statement(format!("ALTER TABLE {name} RENAME COLUMN {old} TO {new}"));
                let table = &self.name.name;
                let renamed = |it| rename_enum(self.name, it, [table; 2], [from, to]);
                if let Some(check) = self.column(from).and_then(renamed) {
                    self.statement(check);
                }
            }
            DropColumn(column) => {
                self.clause(Rank::Drop, format!("DROP COLUMN {}", quote(&column.name)));
            }
            AlterColumn { from, to } => self.alter_column(from, to)?,
            AddColumn(column) => self.add_column(column)?,
            AddPrimaryKey(key) => {
                self.clause(Rank::Constraint, format!("ADD {}", create::primary_key(key)?));
            }
            AddUnique(unique) => {
                let unique = create::unique(self.dialect, unique)?;
                self.clause(Rank::Constraint, format!("ADD {unique}"));
            }
            AddIndex(index) => self.add_index(index)?,
            AddCheck(check) => self.add_check(check)?,
            AddForeignKey(key) => self.add_foreign_key(key)?,
            SetComment { to, .. } => {
                let name = types::name(self.name);
                self.statement(create::comment("TABLE", &name, to.as_ref()));
            }
            SetOption { name, from, to } => {
                self.set_option(name, from.as_ref(), to.as_ref(), all)?;
            }
        }
        Ok(())
    }

    /// Drops an index. A `CONCURRENTLY` that ended before it was noted has dropped it already.
    fn drop_index(&mut self, index: &Index) {
        let is_gone = |table: &Table| table.indexes.iter().all(|it| it.name != index.name);
        let is_gone = is_on(&index.options, CONCURRENTLY) && self.table().is_some_and(is_gone);
        self.statement(match is_gone {
            true => create::drop_index_if_there(self.name, index),
            false => create::drop_index(self.name, index),
        });
    }

    /// Adds an index. What a failed `CONCURRENTLY` has left behind of it goes first; one that ended
    /// before it was noted has made it already.
    fn add_index(&mut self, index: &Index) -> Result<(), Unsupported> {
        let broken = |it: &&Index| it.name == index.name && is_on(&it.options, INVALID);
        let left_over = self.table().and_then(|table| table.indexes.iter().find(broken));
        if left_over.is_some() && is_on(&index.options, CONCURRENTLY) {
            self.statement(create::drop_index(self.name, index));
        }
        let is_made = |table: &Table| normalize::has_index(self.dialect, table, index);
        let is_made = is_on(&index.options, CONCURRENTLY) && self.table().is_some_and(is_made);
        let statements = match is_made {
            true => create::index_if_missing(self.dialect, self.name, index)?,
            false => create::index(self.dialect, self.name, index)?,
        };
        for statement in statements {
            self.statement(statement.sql);
        }
        Ok(())
    }

    /// The comment of a column.
    fn comment(&mut self, column: &Column) {
        let name = format!("{}.{}", types::name(self.name), quote(&column.name));
        self.statement(create::comment("COLUMN", &name, column.comment.as_ref()));
    }
}

/// The text of an option's value.
fn text(value: Option<&OptionValue>) -> Option<&str> {
    match value {
        Some(OptionValue::Text(text)) => Some(text),
        _ => None,
    }
}
