//! Changes of a column.

use super::carried::carried_out;
use super::{Alter, Touched};
use crate::dialect::mysql::create::{self, numbering};
use crate::dialect::mysql::options::{self, AFTER, FIRST, is_on};
use crate::dialect::mysql::text::{name, quote};
use crate::dialect::mysql::{default, types};
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{Column, Table, Type, Value};

impl Alter<'_> {
    /// Adds a column where it is declared to stand, or behind all others.
    pub(super) fn add_column(
        &mut self,
        column: &Column,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        self.done_as(&column.options)?;
        let table = self.table();
        let sql = create::column(self.dialect, &table, column)?;
        let has_value =
            column.default.is_some() || column.generated.is_some() || column.identity.is_some();
        if !column.nullable && !has_value {
            self.guards.push(self.has_no_rows(&column.name));
        }
        let place = self.place(column, None);
        self.clause(format!("ADD COLUMN {sql}{place}"));
        self.makes(Touched::Column(column.name.clone()));
        if column.identity.is_some() {
            self.number(&table, &column.name, rest)?;
        }
        Ok(())
    }

    pub(super) fn drop_column(&mut self, column: &Column) -> Result<(), Unsupported> {
        self.done_as(&column.options)?;
        self.behind(&Touched::Column(column.name.clone()));
        self.clause(format!("DROP COLUMN {}", quote(&column.name)));
        // The index of ours goes with it.
        self.is_numbering &= self.column(&column.name).is_none_or(|it| it.identity.is_none());
        Ok(())
    }

    /// Changes a column in the least that it takes.
    pub(super) fn alter_column(
        &mut self,
        from: &Column,
        to: &Column,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        let about = |error: Unsupported| Unsupported {
            column: error.column.or_else(|| Some(to.name.clone())),
            ..error
        };
        options::known(self.dialect.flavour, &to.options, options::COLUMN).map_err(about)?;
        self.done_as(&to.options)?;
        self.behind(&Touched::Column(to.name.clone()));
        let live = self.column(&from.name).unwrap_or(from).clone();
        let column = carried_out(self.dialect, &live, from, to);
        let live = carried_out(self.dialect, &live, to, to);
        let place = self.place(to, Some(from));
        if column == live && place.is_empty() {
            return Ok(());
        }
        self.change_column(&live, &column, &place, rest).map_err(about)
    }

    fn change_column(
        &mut self,
        live: &Column,
        column: &Column,
        place: &str,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        if self.is_recreated(live, column)? {
            return self.recreate(column, place);
        }
        if live.nullable && !column.nullable && column.generated.is_none() {
            self.guards.push(self.has_no_null(&column.name));
        }
        let table = self.table();
        if let Some(sql) = self.only_default(live, column)?.filter(|_| place.is_empty()) {
            self.clause(sql);
            self.makes(Touched::Column(column.name.clone()));
        } else {
            self.modify(&table, column, place)?;
        }
        if column.identity.is_some() && live.identity.is_none() {
            self.number(&table, &column.name, rest)?;
        }
        if column.identity.is_none() && live.identity.is_some() && self.is_numbering {
            self.drop_numbering();
        }
        Ok(())
    }

    /// `MODIFY COLUMN`, which says all of a column of `table`.
    pub(super) fn modify(
        &mut self,
        table: &Table,
        column: &Column,
        place: &str,
    ) -> Result<(), Unsupported> {
        self.behind(&Touched::Column(column.name.clone()));
        let sql = create::column(self.dialect, table, column)?;
        self.clause(format!("MODIFY COLUMN {sql}{place}"));
        self.makes(Touched::Column(column.name.clone()));
        Ok(())
    }

    /// The clause that is enough where only a default changes, to a literal or to none.
    fn only_default(&self, live: &Column, column: &Column) -> Result<Option<String>, Unsupported> {
        let same = Column { default: live.default.clone(), ..column.clone() } == *live;
        // MariaDB takes the words that put a literal in the place of an expression, and does nothing.
        let was_computed = matches!(live.default, Some(Value::Expression(_)));
        if !same || was_computed || !self.has_literal_default(column)? {
            return Ok(None);
        }
        let what = match &column.default {
            Some(Value::Expression(_)) => return Ok(None),
            Some(value) => {
                format!("SET DEFAULT {}", default::sql(self.dialect, &column.ty, value)?)
            }
            // Otherwise a row that does not name the column would be refused.
            None if column.nullable => "SET DEFAULT NULL".to_owned(),
            None => "DROP DEFAULT".to_owned(),
        };
        Ok(Some(format!("ALTER COLUMN {} {what}", quote(&column.name))))
    }

    /// Whether the default of a column of this type may be a literal on both servers.
    fn has_literal_default(&self, column: &Column) -> Result<bool, Unsupported> {
        Ok(match types::settled(self.dialect, &column.ty)? {
            Type::Text(_) | Type::LargeBinary(_) | Type::Json | Type::Native { .. } => false,
            Type::DateTime { tz, .. } => !tz,
            _ => true,
        })
    }

    /// Where a column is to stand, with a blank in front: nothing where it is not said, or stays.
    fn place(&self, column: &Column, from: Option<&Column>) -> String {
        let own = |it: &Column| options::own(self.dialect.flavour, &it.options);
        let said = own(column);
        let before = from.map(own).unwrap_or_default();
        match options::text(&said, AFTER) {
            _ if is_on(&said, FIRST) && !is_on(&before, FIRST) => " FIRST".to_owned(),
            Some(other) if options::text(&before, AFTER) != Some(other) => {
                format!(" AFTER {}", quote(other))
            }
            _ => String::new(),
        }
    }

    /// Makes a key of a column that numbers itself where nothing in this statement does.
    fn number(
        &mut self,
        table: &Table,
        column: &str,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        let others = table.columns.iter().find(|it| it.identity.is_some() && it.name != column);
        if let Some(other) = others {
            let title = self.dialect.flavour.title();
            return Err(Unsupported::new(
                format!("{title} numbers one column of a table, and `{}` is one", other.name),
                "give the numbers of one of them yourself".to_owned(),
            ));
        }
        if !create::is_keyed(table, column) && !super::key::adds_key(rest, column) {
            self.clause(format!("ADD {}", numbering(column)));
            self.is_numbering = true;
        }
        Ok(())
    }

    /// Refuses when a column holds NULL: outside of the strict mode it would become something else.
    fn has_no_null(&self, column: &str) -> Statement {
        let table = self.name;
        Statement::refuse(
            self.count(&format!("{} IS NULL", quote(column))),
            format!("column `{column}` of table `{table}` holds NULL"),
        )
    }

    /// Refuses when there are rows, which would get a zero or an empty text in a new column.
    fn has_no_rows(&self, column: &str) -> Statement {
        let table = self.name;
        Statement::refuse(
            self.count("TRUE"),
            format!(
                "the new column `{column}` has no value for the rows of table `{table}`; give it a \
                 default, or add it nullable and fill it first"
            ),
        )
    }

    /// How many rows there are of which `condition` is true, or no row when there are none.
    fn count(&self, condition: &str) -> String {
        let rows = format!("SELECT COUNT(*) AS n FROM {} WHERE {condition}", name(self.name));
        format!("SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM ({rows}) AS counted WHERE n > 0")
    }
}
