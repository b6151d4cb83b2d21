//! What a database knows of its own history: the version table, a set of heads in the shape of
//! Alembic's, and the log of what ran.

mod entry;
mod tables;

use std::collections::BTreeMap;

use sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, TableRef};

use crate::dialect::{Connection, DbError, Dialect, Dml, Unsupported, table_ref};
use crate::graph::{Heads, RevisionId};
use crate::operation::Operation;
use crate::run::Ledger;
use crate::schema::{Name, Schema};
use entry::{entry, row};
use tables::exists;

pub use entry::LogEntry;

/// The two tables of the tool in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Holds a row for each head: `version_num`.
    pub version_table: Name,
    /// Holds a row for each run of a revision.
    pub log_table: Name,
}

/// The tables could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The database cannot hold them.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl History {
    /// The tables, which `inspect` is to pass over.
    pub fn tables(&self) -> Vec<Name> {
        vec![self.version_table.clone(), self.log_table.clone()]
    }

    /// Where the database stands; nowhere when it has no version table.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn heads(&self, dialect: &dyn Dialect, db: &mut dyn Connection) -> Result<Heads, DbError> {
        match exists(dialect, db, &self.version())? {
            true => self.rows(dialect, db),
            false => Ok(Heads::new()),
        }
    }

    /// Makes the tables that are missing.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn ensure(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<(), HistoryError> {
        for table in [self.version(), self.log()] {
            if exists(dialect, db, &table)? {
                continue;
            }
            let create = Operation::CreateTable(table);
            for statement in dialect.render(&create, &Schema::default())? {
                db.execute(&statement.sql)?;
            }
        }
        Ok(())
    }

    /// The statement that adds a row to the log, with these expressions for its beginning and its
    /// end.
    pub(super) fn record_statement(
        &self,
        dialect: &dyn Dialect,
        entry: &LogEntry,
        times: [Expr; 2],
    ) -> String {
        let (columns, values) = row(entry, times);
        let mut insert = Query::insert();
        insert.into_table(table_ref(&self.log_table)).columns(columns).values_panic(values);
        dialect.build(&Dml::Insert(insert))
    }

    /// The statement that says in the last row of the log how far its revision is, with this
    /// expression for its end.
    pub(super) fn advance_statement(
        &self,
        dialect: &dyn Dialect,
        entry: &LogEntry,
        finished_at: Expr,
    ) -> String {
        let integer = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let done = u64::try_from(entry.done).unwrap_or(u64::MAX);
        let id = || Expr::col(name("id"));
        // Not every database lets a change look at the same table; at one made of it, all do.
        let last = Query::select()
            .expr_as(id().max(), name("id"))
            .from(table_ref(&self.log_table))
            .to_owned();
        let last = Query::select().column(name("id")).from_subquery(last, name("last")).to_owned();
        let mut update = Query::update();
        update
            .table(table_ref(&self.log_table))
            .value(name("done"), integer(done))
            .value(name("duration_ms"), integer(entry.duration_ms))
            .value(name("finished_at"), finished_at)
            .and_where(id().in_subquery(last))
            .and_where(Expr::col(name("finished_at")).is_null());
        dialect.build(&Dml::Update(update))
    }

    /// The statements that put `entry`'s revision in the place of the rows `names` of the version
    /// table, and `entry` into the log; where there is no such row they change nothing.
    pub(super) fn acceptance_statements(
        &self,
        dialect: &dyn Dialect,
        names: &[RevisionId],
        entry: &LogEntry,
        times: [Expr; 2],
    ) -> Vec<String> {
        let is_name = || Expr::col(name("version_num")).is_in(names.iter().map(String::as_str));
        let version = || table_ref(&self.version_table);
        let insert = |into: TableRef, columns: Vec<Alias>, values: Vec<Expr>| {
            let row = Query::select().exprs(values).from(version()).and_where(is_name()).to_owned();
            // The numbers of columns and of values are the same.
            let mut insert = Query::insert();
            let _ = insert.into_table(into).columns(columns).select_from(row);
            dialect.build(&Dml::Insert(insert))
        };
        let (columns, values) = row(entry, times);
        let delete = Query::delete().from_table(version()).and_where(is_name()).to_owned();
        vec![
            insert(table_ref(&self.log_table), columns, values),
            insert(version(), vec![name("version_num")], vec![entry.revision.as_str().into()]),
            dialect.build(&Dml::Delete(delete)),
        ]
    }

    /// The revision that is half done, if there is one.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn half_done(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<Option<LogEntry>, DbError> {
        match exists(dialect, db, &self.log())? {
            true => self.half_done_row(dialect, db),
            false => Ok(None),
        }
    }

    /// The row of the revision that is half done, of the log, which is there. Nothing is written
    /// behind such a row but what settles it, so it is the last one. All of it is read only when
    /// it is half done: a script may be long.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn half_done_row(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<Option<LogEntry>, DbError> {
        let mut last = |select: &mut SelectStatement| {
            let select = select.order_by(name("id"), Order::Desc).limit(1).to_owned();
            db.query(&dialect.build(&Dml::Select(select)), &[])
        };
        let mut finished_at = Query::select();
        finished_at.column(name("finished_at")).from(table_ref(&self.log_table));
        match last(&mut finished_at)?.first().and_then(|row| row.first()) {
            Some(None) => Ok(last(&mut self.select())?.into_iter().map(entry).next()),
            Some(Some(_)) | None => Ok(None),
        }
    }

    /// The last upgrade of each revision that ran here.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn upgrades(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<BTreeMap<String, LogEntry>, DbError> {
        if !exists(dialect, db, &self.log())? {
            return Ok(BTreeMap::new());
        }
        let select = self
            .select()
            .and_where(Expr::col(name("direction")).eq("upgrade"))
            .order_by(name("id"), Order::Asc)
            .to_owned();
        let rows = db.query(&dialect.build(&Dml::Select(select)), &[])?;
        let entries = rows.into_iter().map(entry);
        Ok(entries.map(|entry| (entry.revision.clone(), entry)).collect())
    }

    /// The checksum of the last upgrade of each revision that ran here.
    ///
    /// # Errors
    /// Whatever the database says.
    pub fn checksums(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<BTreeMap<String, String>, DbError> {
        if !exists(dialect, db, &self.log())? {
            return Ok(BTreeMap::new());
        }
        let select = Query::select()
            .columns([name("revision"), name("checksum")])
            .from(table_ref(&self.log_table))
            .and_where(Expr::col(name("direction")).eq("upgrade"))
            .order_by(name("id"), Order::Asc)
            .to_owned();
        let rows = db.query(&dialect.build(&Dml::Select(select)), &[])?;
        let mut columns =
            rows.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default));
        Ok(columns.by_ref().filter_map(|mut row| Some((row.next()?, row.next()?))).collect())
    }

    /// All that an entry needs of the log.
    fn select(&self) -> SelectStatement {
        let columns = self.log().columns.into_iter().skip(1).map(|column| Alias::new(column.name));
        Query::select().columns(columns).from(table_ref(&self.log_table)).to_owned()
    }
}

impl Ledger for History {
    fn open(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<Option<LogEntry>, HistoryError> {
        self.ensure(dialect, db)?;
        Ok(self.half_done_row(dialect, db)?)
    }

    fn rows(&self, dialect: &dyn Dialect, db: &mut dyn Connection) -> Result<Heads, DbError> {
        let select = Query::select()
            .column(name("version_num"))
            .from(table_ref(&self.version_table))
            .to_owned();
        let rows = db.query(&dialect.build(&Dml::Select(select)), &[])?;
        Ok(rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect())
    }

    fn write(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
        from: &Heads,
        to: &Heads,
    ) -> Result<(), DbError> {
        for id in from.difference(to) {
            let delete = Query::delete()
                .from_table(table_ref(&self.version_table))
                .and_where(Expr::col(name("version_num")).eq(id.as_str()))
                .to_owned();
            db.execute(&dialect.build(&Dml::Delete(delete)))?;
        }
        for id in to.difference(from) {
            let mut insert = Query::insert();
            insert.into_table(table_ref(&self.version_table)).columns([name("version_num")]);
            insert.values_panic([id.as_str().into()]);
            db.execute(&dialect.build(&Dml::Insert(insert)))?;
        }
        Ok(())
    }

    fn record(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
        entry: &LogEntry,
    ) -> Result<(), DbError> {
        let times = [entry.started_at.as_str().into(), entry.finished_at.as_deref().into()];
        db.execute(&self.record_statement(dialect, entry, times))
    }

    fn advance(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
        entry: &LogEntry,
    ) -> Result<(), DbError> {
        db.execute(&self.advance_statement(dialect, entry, entry.finished_at.as_deref().into()))
    }

    fn forget_half_done(
        &self,
        dialect: &dyn Dialect,
        db: &mut dyn Connection,
    ) -> Result<(), DbError> {
        let delete = Query::delete()
            .from_table(table_ref(&self.log_table))
            .and_where(Expr::col(name("finished_at")).is_null())
            .to_owned();
        db.execute(&dialect.build(&Dml::Delete(delete)))
    }
}

pub(super) fn name(column: &'static str) -> Alias {
    Alias::new(column)
}
