//! Running revisions on paper: a script for the database's own client comes of it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use sea_query::{CaseStatement, Cond, Expr, ExprTrait, Func, Query};

use crate::dialect::{Client, Connection, DbError, Dialect, Dml, Row, Unsupported, table_ref};
use crate::graph::{self, Heads, RevisionId};
use crate::operation::Operation;
use crate::run::history::name;
use crate::run::{History, HistoryError, Ledger, LogEntry};
use crate::schema::{Schema, Table};

/// A script that is being written. Its clones write on the same one.
#[derive(Clone, Debug, Default)]
pub struct Sheet(Rc<RefCell<Writing>>);

#[derive(Debug, Default)]
struct Writing {
    text: String,
    /// How many transactions have begun.
    transactions: usize,
}

impl Sheet {
    /// Adds lines as they are.
    pub fn lines(&self, lines: &str) {
        self.0.borrow_mut().text.push_str(lines);
    }

    /// Adds a comment; what it says cannot end it.
    pub fn comment(&self, text: &str) {
        let mut writing = self.0.borrow_mut();
        for line in text.split(['\n', '\r']) {
            writing.text.push_str("-- ");
            writing.text.push_str(line);
            writing.text.push('\n');
        }
    }

    /// Adds an empty line, unless there is one or nothing comes before it.
    pub fn paragraph(&self) {
        let text = &mut self.0.borrow_mut().text;
        if !text.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
    }

    /// Adds a statement as `client` takes it.
    pub fn for_client(&self, client: &Client, sql: &str) {
        match client.delimits && sql.contains(';') {
            true => self.delimited(sql),
            false => self.statement(sql),
        }
    }

    /// Adds a statement as a client takes it that ends one at every semicolon.
    fn delimited(&self, sql: &str) {
        let signs = ["$$", "//", ";;", "$limbeck$"];
        let sign = signs.iter().find(|it| !sql.contains(**it)).unwrap_or(&signs[3]);
        self.lines(&format!("DELIMITER {sign}\n{sql}\n{sign}\nDELIMITER ;\n"));
    }

    /// Adds a statement.
    pub fn statement(&self, sql: &str) {
        let text = &mut self.0.borrow_mut().text;
        text.push_str(sql);
        // The last line may end in a comment, which would swallow the semicolon.
        if sql.rsplit('\n').next().is_some_and(|line| line.contains("--")) {
            text.push('\n');
        }
        text.push_str(";\n");
    }

    /// Takes what is written off the sheet.
    pub fn take(&self) -> String {
        std::mem::take(&mut self.0.borrow_mut().text)
    }
}

/// A connection to nothing but paper: what it executes is written on a sheet, and tried on a
/// rehearsal, which answers what is asked.
pub struct Printer<'a> {
    dialect: &'a dyn Dialect,
    rehearsal: &'a mut dyn Connection,
    sheet: Sheet,
    /// Whether this leads to where the script begins.
    is_before: bool,
}

impl<'a> Printer<'a> {
    /// A printer on `sheet`.
    pub fn new(
        dialect: &'a dyn Dialect,
        rehearsal: &'a mut dyn Connection,
        sheet: &Sheet,
    ) -> Printer<'a> {
        Printer { dialect, rehearsal, sheet: sheet.clone(), is_before: false }
    }

    /// The same, where nobody reads the sheet: it leads to where the script begins.
    pub fn before_the_script(self, is_before: bool) -> Printer<'a> {
        Printer { is_before, ..self }
    }
}

impl Connection for Printer<'_> {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.rehearsal.execute(sql)?;
        let begins = self.dialect.features().begin == Some(sql);
        if begins {
            self.sheet.paragraph();
            self.sheet.0.borrow_mut().transactions += 1;
        }
        let client = self.dialect.client();
        self.sheet.for_client(&client, sql);
        let waits = begins && self.dialect.features().transactional_ddl;
        if let Some(wait) = client.wait.filter(|_| waits) {
            self.sheet.statement(wait);
        }
        if sql == "COMMIT" {
            self.sheet.paragraph();
        }
        Ok(())
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.rehearsal.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError> {
        let found = self.rehearsal.refuse(sql, message)?;
        guard(&self.sheet, self.dialect, sql, message);
        Ok(found)
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        Ok(())
    }

    fn limit(&mut self, _: Option<Duration>) -> Result<(), DbError> {
        Ok(())
    }

    fn known(&mut self, op: &Operation) -> Option<Result<Schema, Unsupported>> {
        self.rehearsal.known(op)
    }

    fn follow(&mut self, op: &Operation) -> bool {
        self.rehearsal.follow(op)
    }

    fn passes_over(&mut self, op: &Operation) -> bool {
        self.is_before && self.rehearsal.follow(op)
    }
}

fn guard(sheet: &Sheet, dialect: &dyn Dialect, query: &str, message: &str) {
    dialect.guard(query, message).iter().for_each(|sql| sheet.statement(sql));
}

/// Whether a script makes the tables of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// It makes them: the database is new to the tool.
    Make,
    /// The version table is there.
    Expect,
    /// They may be there; what the version table says is forgotten.
    Clear,
}

/// A revision that replaces others, of which the database may not know yet.
#[derive(Clone, Debug)]
pub struct Acceptable {
    /// What a row may say in its place.
    pub names: Vec<RevisionId>,
    /// Its row of the log where it is accepted as done.
    pub entry: LogEntry,
    /// What is said of it in the script.
    pub comment: String,
}

/// The history of a database that is not there: what a run would read of it is known, and what it
/// writes is written on the sheet. Where a run looks, the script looks.
pub struct PaperHistory<'a> {
    history: &'a History,
    sheet: Sheet,
    tables: Tables,
    /// Where the database stands by now.
    heads: RefCell<Heads>,
    /// Revisions of other lines: where the database stands among them is nothing to the script.
    apart: BTreeSet<RevisionId>,
    /// Revisions that the database may have under other names.
    accepts: Vec<Acceptable>,
    /// Whether revisions run, which they must not while one is half done.
    runs: bool,
    /// The transaction in which the script has looked last.
    looked: Cell<usize>,
}

impl<'a> PaperHistory<'a> {
    /// The history of a database that stands at `heads`, and perhaps at some of `apart`. `runs` says
    /// whether revisions run.
    pub fn new(
        history: &'a History,
        sheet: &Sheet,
        tables: Tables,
        heads: &Heads,
        apart: BTreeSet<RevisionId>,
        runs: bool,
    ) -> PaperHistory<'a> {
        let (sheet, heads) = (sheet.clone(), RefCell::new(heads.clone()));
        let looked = Cell::new(0);
        PaperHistory { history, sheet, tables, heads, apart, accepts: Vec::new(), runs, looked }
    }

    /// The same, of a database that may not know yet that these revisions replace others.
    pub fn accepting(self, accepts: Vec<Acceptable>) -> PaperHistory<'a> {
        PaperHistory { accepts, ..self }
    }

    /// Has the script put revisions in the place of those that they replace, where these have run.
    fn accept(&self, dialect: &dyn Dialect) {
        for Acceptable { names, entry, comment } in &self.accepts {
            self.sheet.comment(comment);
            let (now, entry) = (|| Expr::cust(dialect.client().now), as_lines(entry));
            let statements =
                self.history.acceptance_statements(dialect, names, &entry, [now(), now()]);
            statements.iter().for_each(|sql| self.sheet.statement(sql));
        }
    }

    fn make(
        &self,
        dialect: &dyn Dialect,
        made: Table,
        spell: impl Fn(String) -> String,
    ) -> Result<(), HistoryError> {
        for statement in dialect.render(&Operation::CreateTable(made), &Schema::default())? {
            self.sheet.statement(&spell(statement.sql));
        }
        Ok(())
    }

    /// Has the script refuse a database that does not stand where it must. At first it must stand
    /// there and, but for the lines that are `apart`, nowhere else. Later it is enough that all the
    /// rows are there that the script has written.
    fn look(&self, dialect: &dyn Dialect, apart: Option<&BTreeSet<RevisionId>>) {
        let heads = self.heads.borrow();
        let column = || Expr::col(name("version_num"));
        let count = i64::try_from(heads.len()).unwrap_or(i64::MAX);
        let mut elsewhere = Cond::any();
        if !heads.is_empty() {
            let is_head = column().is_in(heads.iter().map(String::as_str));
            let there = Func::count(CaseStatement::new().case(is_head, 1));
            elsewhere = elsewhere.add(there.ne(count));
        }
        let mut rows = Query::select();
        rows.expr(Func::count(column())).from(table_ref(&self.history.version_table));
        if let Some(apart) = apart {
            elsewhere = elsewhere.add(Func::count(column()).ne(count));
            if !apart.is_empty() {
                rows.and_where(column().is_not_in(apart.iter().map(String::as_str)));
            }
        }
        if elsewhere.is_empty() {
            return;
        }
        rows.cond_having(elsewhere);
        let place = graph::in_words(&heads);
        let query = dialect.build(&Dml::Select(rows));
        guard(&self.sheet, dialect, &query, &format!("the database does not stand at {place}"));
    }

    /// Has the script refuse a database that a revision has left half done.
    fn look_for_half_done(&self, dialect: &dyn Dialect) {
        let select = Query::select()
            .column(name("revision"))
            .from(table_ref(&self.history.log_table))
            .and_where(Expr::col(name("finished_at")).is_null())
            .to_owned();
        let select = dialect.build(&Dml::Select(select));
        guard(&self.sheet, dialect, &select, "a revision is half done: `db current` says which");
    }
}

impl Ledger for PaperHistory<'_> {
    fn open(
        &self,
        dialect: &dyn Dialect,
        _: &mut dyn Connection,
    ) -> Result<Option<LogEntry>, HistoryError> {
        self.looked.set(self.sheet.0.borrow().transactions);
        let if_absent = |sql: String| sql.replacen("TABLE", "TABLE IF NOT EXISTS", 1);
        match self.tables {
            Tables::Make => {
                self.make(dialect, self.history.version(), |sql| sql)?;
                self.make(dialect, self.history.log(), |sql| sql)?;
            }
            Tables::Expect => {
                // A database that another tool has led so far has a version table and no log.
                let make_log = || self.make(dialect, self.history.log(), if_absent);
                if self.accepts.is_empty() {
                    self.look(dialect, Some(&self.apart));
                    make_log()?;
                } else {
                    make_log()?;
                    self.accept(dialect);
                    self.look(dialect, Some(&self.apart));
                }
                if self.runs {
                    self.look_for_half_done(dialect);
                }
            }
            Tables::Clear => {
                self.make(dialect, self.history.version(), if_absent)?;
                self.make(dialect, self.history.log(), if_absent)?;
                let delete =
                    Query::delete().from_table(table_ref(&self.history.version_table)).to_owned();
                self.sheet.statement(&dialect.build(&Dml::Delete(delete)));
            }
        }
        Ok(None)
    }

    fn rows(&self, dialect: &dyn Dialect, _: &mut dyn Connection) -> Result<Heads, DbError> {
        let transaction = self.sheet.0.borrow().transactions;
        if self.looked.replace(transaction) != transaction {
            self.look(dialect, None);
        }
        Ok(self.heads.borrow().clone())
    }

    fn write(
        &self,
        dialect: &dyn Dialect,
        _: &mut dyn Connection,
        from: &Heads,
        to: &Heads,
    ) -> Result<(), DbError> {
        self.history.write(dialect, &mut Paper(&self.sheet), from, to)?;
        graph::exchange(&mut self.heads.borrow_mut(), from, to);
        Ok(())
    }

    fn advance(
        &self,
        dialect: &dyn Dialect,
        _: &mut dyn Connection,
        entry: &LogEntry,
    ) -> Result<(), DbError> {
        let entry = LogEntry { duration_ms: 0, ..entry.clone() };
        let finished = finished_at(dialect, &entry);
        self.sheet.statement(&self.history.advance_statement(dialect, &entry, finished));
        Ok(())
    }

    fn record(
        &self,
        dialect: &dyn Dialect,
        _: &mut dyn Connection,
        entry: &LogEntry,
    ) -> Result<(), DbError> {
        // The script knows when it runs; how long a revision takes nobody measures.
        let now = || Expr::cust(dialect.client().now);
        let finished = finished_at(dialect, entry);
        let entry = LogEntry { duration_ms: 0, ..as_lines(entry) };
        let statement = self.history.record_statement(dialect, &entry, [now(), finished]);
        self.sheet.statement(&statement);
        Ok(())
    }

    fn forget_half_done(
        &self,
        dialect: &dyn Dialect,
        _: &mut dyn Connection,
    ) -> Result<(), DbError> {
        self.history.forget_half_done(dialect, &mut Paper(&self.sheet))
    }
}

/// When the client comes to the end of a revision, if this is its end.
fn finished_at(dialect: &dyn Dialect, entry: &LogEntry) -> Expr {
    let now = || Expr::cust(dialect.client().now);
    entry.finished_at.as_ref().map_or(Expr::value(None::<String>), |_| now())
}

/// The entry with a script as it arrives: clients read lines, and give every line the same end.
fn as_lines(entry: &LogEntry) -> LogEntry {
    let mut entry = entry.clone();
    if entry.script.contains('\r') {
        entry.script = entry.script.replace("\r\n", "\n");
    }
    entry
}

/// Takes statements that nobody need rehearse.
struct Paper<'a>(&'a Sheet);

impl Connection for Paper<'_> {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.0.statement(sql);
        Ok(())
    }

    fn query(&mut self, _: &str, _: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        Ok(Vec::new())
    }

    fn refuse(&mut self, _: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(None)
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        Ok(())
    }

    fn limit(&mut self, _: Option<Duration>) -> Result<(), DbError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_keeps_statements_apart() {
        let sheet = Sheet::default();
        sheet.paragraph();
        sheet.comment("a note\nDROP TABLE t;\rDROP TABLE u;");
        sheet.lines(".bail on\n");
        sheet.paragraph();
        sheet.paragraph();
        sheet.statement("SELECT 1 -- the last");
        sheet.statement("SELECT '--\n'");
        assert_eq!(
            sheet.take(),
            "-- a note\n-- DROP TABLE t;\n-- DROP TABLE u;\n.bail on\n\n\
             SELECT 1 -- the last\n;\nSELECT '--\n';\n"
        );
        assert_eq!(sheet.take(), "");
    }
}
