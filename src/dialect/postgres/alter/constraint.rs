//! Constraints that come and go.

use super::{Alter, Rank};
use crate::dialect::postgres::create::{self, INDENT, is_not_valid, made_name};
use crate::dialect::postgres::options::{HOW, NOT_VALID, VALIDATE_AFTERWARDS, is_on};
use crate::dialect::postgres::types::{self, literal, quote};
use crate::dialect::{Statement, Unsupported};
use crate::operation::TableChange;
use crate::schema::{Check, ForeignKey, Options, PrimaryKey, Unique};

/// A constraint that goes and comes again, the same but for its rows, which are now looked at.
pub(super) struct Validated {
    /// The number of the change that drops it.
    pub(super) dropped: usize,
    /// The number of the change that adds it.
    pub(super) added: usize,
    /// Its name.
    pub(super) name: String,
}

/// Those of `changes`.
pub(super) fn validated(changes: &[TableChange]) -> Vec<Validated> {
    let mut all = Vec::new();
    for (dropped, change) in changes.iter().enumerate() {
        let found = changes.iter().enumerate().skip(dropped + 1).find_map(|(added, other)| {
            let name = becomes_valid(change, other)?;
            Some(Validated { dropped, added, name })
        });
        all.extend(found);
    }
    all
}

fn becomes_valid(dropped: &TableChange, added: &TableChange) -> Option<String> {
    let rest = |options: &Options| {
        let mut rest = options.clone();
        rest.remove(NOT_VALID);
        rest.retain(|name, _| !HOW.contains(&name.as_str()));
        rest
    };
    let begins = |old: &Options, new: &Options| is_not_valid(old) && !is_not_valid(new);
    match (dropped, added) {
        (TableChange::DropCheck(old), TableChange::AddCheck(new)) => {
            let bare = |it: &Check| Check { options: rest(&it.options), ..it.clone() };
            let same = begins(&old.options, &new.options) && bare(old) == bare(new);
            new.name.clone().filter(|_| same)
        }
        (TableChange::DropForeignKey(old), TableChange::AddForeignKey(new)) => {
            let bare = |it: &ForeignKey| ForeignKey { options: rest(&it.options), ..it.clone() };
            let same = begins(&old.options, &new.options) && bare(old) == bare(new);
            new.name.clone().filter(|_| same)
        }
        _ => None,
    }
}

impl Alter<'_> {
    /// Looks at the rows that were there before a constraint.
    pub(super) fn validate(&mut self, name: &str) {
        let (table, name) = (types::name(self.name), quote(name));
        self.statement(format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name}"));
    }

    pub(super) fn add_check(&mut self, check: &Check) -> Result<(), Unsupported> {
        let sql = create::check(check)?;
        self.add_later_valid(sql, check.name.as_ref(), &check.options)
    }

    pub(super) fn add_foreign_key(&mut self, key: &ForeignKey) -> Result<(), Unsupported> {
        let sql = create::foreign_key(self.dialect, key)?;
        self.add_later_valid(sql, key.name.as_ref(), &key.options)
    }

    fn add_later_valid(
        &mut self,
        sql: String,
        name: Option<&String>,
        options: &Options,
    ) -> Result<(), Unsupported> {
        let afterwards = is_on(options, VALIDATE_AFTERWARDS) && !is_not_valid(options);
        let not_valid = if afterwards || is_not_valid(options) { " NOT VALID" } else { "" };
        self.clause(Rank::Constraint, format!("ADD {sql}{not_valid}"));
        match name {
            Some(name) if afterwards => self.validate(name),
            None if afterwards => {
                return Err(Unsupported::new(
                    format!("`{VALIDATE_AFTERWARDS}` is for constraints that have a name"),
                    "give it a name".to_owned(),
                ));
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn drop_primary_key(&mut self, key: &PrimaryKey) {
        let live = self.table().and_then(|table| table.primary_key.as_ref()?.name.clone());
        match key.name.clone().or(live) {
            Some(name) => self.drop_constraint(&name),
            None => {
                let made = made_name(&self.name.name, "", "pkey");
                self.drop_made("primary key", &made, &key.columns);
            }
        }
    }

    pub(super) fn drop_unique(&mut self, unique: &Unique) {
        let same = |it: &&Unique| it.columns == unique.columns;
        let live = self.table().and_then(|it| it.uniques.iter().find(same)?.name.clone());
        match unique.name.clone().or(live) {
            Some(name) => self.drop_constraint(&name),
            None => {
                let made = made_name(&self.name.name, &unique.columns.join("_"), "key");
                self.drop_made("unique constraint", &made, &unique.columns);
            }
        }
    }

    pub(super) fn drop_foreign_key(&mut self, key: &ForeignKey) {
        let same = |it: &&ForeignKey| {
            (&it.columns, &it.table, &it.references) == (&key.columns, &key.table, &key.references)
        };
        let live = self.table().and_then(|it| it.foreign_keys.iter().find(same)?.name.clone());
        match key.name.clone().or(live) {
            Some(name) => self.drop_constraint(&name),
            None => {
                let made = made_name(&self.name.name, &key.columns.join("_"), "fkey");
                self.drop_made("foreign key", &made, &key.columns);
            }
        }
    }

    pub(super) fn drop_check(&mut self, check: &Check) -> Result<(), Unsupported> {
        let same = |it: &&Check| it.expression == check.expression;
        let live = self.table().and_then(|it| it.checks.iter().find(same)?.name.clone());
        match check.name.clone().or(live) {
            Some(name) => self.drop_constraint(&name),
            None => {
                return Err(Unsupported::new(
                    "PostgreSQL drops a check by its name, and this one has none",
                    "write the name that the database gave it".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Drops a constraint under the name that PostgreSQL gives to one without, where that one is
    /// of these columns: it may have been renamed since, or the name may have been taken.
    fn drop_made(&mut self, kind: &str, name: &str, columns: &[String]) {
        let table = self.name;
        let texts: Vec<_> = columns.iter().map(|it| literal(it)).collect();
        let query = format!(
            "SELECT 1 WHERE NOT EXISTS (\n{INDENT}SELECT FROM pg_catalog.pg_constraint\n{INDENT}\
             WHERE conrelid = {}::pg_catalog.regclass AND conname = {}\n{INDENT}\
             AND ARRAY[{}] = ARRAY(SELECT attname::text FROM pg_catalog.unnest(conkey) WITH ORDINALITY AS key (number, place)\n{INDENT}{INDENT}\
             JOIN pg_catalog.pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place)\n)",
            literal(&types::name(table)),
            literal(name),
            texts.join(", ")
        );
        let of: Vec<_> = columns.iter().map(|it| format!("`{it}`")).collect();
        let message = format!(
            "the {kind} of {} in table `{table}` has no name in the scripts, and is not called `{name}`",
            of.join(", ")
        );
        self.close();
        self.statements.push(Statement::refuse(query, message));
        self.drop_constraint(name);
    }

    fn drop_constraint(&mut self, name: &str) {
        self.clause(Rank::Drop, format!("DROP CONSTRAINT {}", quote(name)));
    }
}
