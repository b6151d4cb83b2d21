//! Options of a table that change.

use super::{Alter, Rank, text};
use crate::dialect::Unsupported;
use crate::dialect::postgres::create::{self, attach, parent_name, parts, row_security};
use crate::dialect::postgres::options::{
    self, INHERITS, PARTITION_BOUND, PARTITION_BY, PARTITION_OF, ROW_SECURITY, TABLESPACE,
    UNLOGGED, WITH,
};
use crate::dialect::postgres::types::{self, quote};
use crate::operation::TableChange;
use crate::schema::{OptionValue, Options};

impl Alter<'_> {
    /// Sets an option of the table; `all` are the changes among which this one stands.
    ///
    /// # Errors
    /// When it cannot change, or there is no such option.
    pub(super) fn set_option(
        &mut self,
        name: &str,
        from: Option<&OptionValue>,
        to: Option<&OptionValue>,
        all: &[TableChange],
    ) -> Result<(), Unsupported> {
        let given = to.or(from).map(|value| (name.to_owned(), value.clone()));
        options::known(&Options::from_iter(given), options::TABLE)?;
        let (from_text, to_text) = (text(from), text(to));
        match name {
            UNLOGGED => {
                let unlogged = to == Some(&OptionValue::Boolean(true));
                let clause = if unlogged { "SET UNLOGGED" } else { "SET LOGGED" };
                self.clause(Rank::Setting, clause);
            }
            WITH => self.set_parameters(from_text.unwrap_or_default(), to_text.unwrap_or_default()),
            TABLESPACE => {
                let place = quote(to_text.unwrap_or("pg_default"));
                self.statement(format!(
                    "ALTER TABLE {} SET TABLESPACE {place}",
                    types::name(self.name)
                ));
            }
            ROW_SECURITY => {
                for clause in row_security(from_text, to_text) {
                    self.clause(Rank::Setting, clause);
                }
            }
            INHERITS => self.set_parents(from_text, to_text)?,
            PARTITION_OF | PARTITION_BOUND => self.set_partition(name, all)?,
            PARTITION_BY => {
                return Err(Unsupported::new(
                    "PostgreSQL cannot part a table otherwise once it is made",
                    "make another table, copy the rows, and rename it".to_owned(),
                ));
            }
            // The options of other databases mean nothing here.
            _ => {}
        }
        Ok(())
    }

    fn set_parameters(&mut self, from: &str, to: &str) {
        let name = |part: &str| part.split('=').next().unwrap_or_default().trim().to_lowercase();
        let (from, to) = (parts(from), parts(to));
        let set: Vec<_> = to.iter().filter(|it| !from.contains(it)).copied().collect();
        let gone = from.iter().map(|it| name(it));
        let gone: Vec<_> = gone.filter(|it| !to.iter().any(|to| name(to) == *it)).collect();
        if !set.is_empty() {
            self.clause(Rank::Setting, format!("SET ({})", set.join(", ")));
        }
        if !gone.is_empty() {
            self.clause(Rank::Setting, format!("RESET ({})", gone.join(", ")));
        }
    }

    fn set_parents(&mut self, from: Option<&str>, to: Option<&str>) -> Result<(), Unsupported> {
        let from = create::tables(from.unwrap_or_default())?;
        let to = create::tables(to.unwrap_or_default())?;
        for parent in from.iter().filter(|it| !to.contains(it)) {
            self.clause(Rank::Setting, format!("NO INHERIT {}", types::name(parent)));
        }
        for parent in to.iter().filter(|it| !from.contains(it)) {
            self.clause(Rank::Setting, format!("INHERIT {}", types::name(parent)));
        }
        Ok(())
    }

    /// Takes the table out of its parent and puts it into another, or elsewhere in the same; done
    /// once for both options.
    fn set_partition(&mut self, name: &str, all: &[TableChange]) -> Result<(), Unsupported> {
        let change = |option: &str| {
            all.iter().find_map(|it| match it {
                TableChange::SetOption { name, from, to } if name == option => {
                    Some((from.clone(), to.clone()))
                }
                _ => None,
            })
        };
        let place = |option: &str| {
            let is = |it: &TableChange| matches!(it, TableChange::SetOption { name, .. } if name == option);
            all.iter().position(is)
        };
        let other = if name == PARTITION_OF { PARTITION_BOUND } else { PARTITION_OF };
        if place(other).is_some_and(|other| Some(other) < place(name)) {
            return Ok(());
        }
        let live = |option: &str| self.table().and_then(|it| it.options.get(option).cloned());
        let (from_of, to_of) =
            change(PARTITION_OF).unwrap_or_else(|| (live(PARTITION_OF), live(PARTITION_OF)));
        let bound = change(PARTITION_BOUND).map_or_else(|| live(PARTITION_BOUND), |(_, to)| to);
        let table = types::name(self.name);
        if let Some(parent) = text(from_of.as_ref()) {
            let parent = types::name(&parent_name(parent)?);
            self.statement(format!("ALTER TABLE {parent} DETACH PARTITION {table}"));
        }
        match (text(to_of.as_ref()), text(bound.as_ref())) {
            (Some(parent), Some(bound)) => {
                self.statement(attach(&parent_name(parent)?, self.name, bound));
            }
            (Some(_), None) => {
                return Err(Unsupported::new(
                    format!("a partition needs `{PARTITION_BOUND}`, too"),
                    "say which rows it holds: `FOR VALUES IN (1)`".to_owned(),
                ));
            }
            (None, _) if from_of.is_none() => {
                return Err(Unsupported::new(
                    format!(
                        "the table whose partition this is, is not known here ({PARTITION_OF})"
                    ),
                    "run this on the database that has the table".to_owned(),
                ));
            }
            (None, _) => {}
        }
        Ok(())
    }
}
