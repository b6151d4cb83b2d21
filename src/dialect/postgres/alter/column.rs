//! Changes of a column.

use super::cast::Cast;
use super::{Alter, Rank};
use crate::dialect::Unsupported;
use crate::dialect::postgres::Postgres;
use crate::dialect::postgres::create::identity::{self, Numbering};
use crate::dialect::postgres::create::{self, enum_check, enum_constraint, enum_values, setting};
use crate::dialect::postgres::default;
use crate::dialect::postgres::options::{self, COMPRESSION, STATISTICS, STORAGE};
use crate::dialect::postgres::render::dependants::speaks_of;
use crate::dialect::postgres::types::{self, quote};
use crate::schema::{Column, Table};

/// Whether a column gets another type, or another order of its texts.
pub(super) fn is_retyped(from: &Column, to: &Column) -> bool {
    let spelled = |it: &Column| types::column_sql(&Table::default(), it).ok();
    spelled(from) != spelled(to) || from.collation != to.collation
}

/// Whether a column must be dropped and added: nothing computes its values anew.
pub(in crate::dialect::postgres) fn is_recreated(
    dialect: &Postgres,
    from: &Column,
    to: &Column,
) -> bool {
    match (&from.generated, &to.generated) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => {
            let kept = old == new || sets_expression(dialect, from, to);
            !kept || is_retyped(from, to) && Cast::of(from, to).using().is_some()
        }
    }
}

/// Whether only the expression of a stored column changes, on a server that can do that.
fn sets_expression(dialect: &Postgres, from: &Column, to: &Column) -> bool {
    match (&from.generated, &to.generated) {
        (Some(old), Some(new)) => old.stored && new.stored && dialect.version >= 170_000,
        _ => false,
    }
}

/// The columns that a change of a column gives another type or makes anew: what is made of them is
/// in the way.
pub(in crate::dialect::postgres) fn reworked<'a>(
    dialect: &Postgres,
    table: Option<&'a Table>,
    from: &'a Column,
    to: &'a Column,
) -> Vec<&'a str> {
    if is_recreated(dialect, from, to) {
        return vec![&to.name];
    }
    if !is_retyped(from, to) {
        return Vec::new();
    }
    let computed = computed_from(table, &to.name);
    std::iter::once(&*to.name).chain(computed.into_iter().map(|it| &*it.name)).collect()
}

/// The columns that are computed from the column `name`.
pub(in crate::dialect::postgres) fn computed_from<'a>(
    table: Option<&'a Table>,
    name: &str,
) -> Vec<&'a Column> {
    let computed =
        |it: &&Column| it.generated.as_ref().is_some_and(|it| speaks_of(&it.expression, name));
    table.map(|it| it.columns.iter().filter(computed).collect()).unwrap_or_default()
}

impl Alter<'_> {
    /// Adds a column, with what belongs to it.
    pub(super) fn add_column(&mut self, column: &Column) -> Result<(), Unsupported> {
        let table = self.named();
        let clauses = create::column(self.dialect, &table, column)?;
        let sequence = self.own_sequence(column)?;
        if let Some((create, _)) = &sequence {
            self.statement(create);
        }
        self.clause(Rank::Add, format!("ADD COLUMN {clauses}"));
        if let Some((_, own)) = sequence {
            self.statement(own);
        }
        for clause in create::settings(column) {
            self.clause(Rank::Setting, clause);
        }
        if column.comment.is_some() {
            self.comment(column);
        }
        Ok(())
    }

    /// Changes a column in the least that it takes.
    pub(super) fn alter_column(&mut self, from: &Column, to: &Column) -> Result<(), Unsupported> {
        let about = |error: Unsupported| Unsupported {
            column: error.column.or_else(|| Some(to.name.clone())),
            ..error
        };
        options::known(&to.options, options::COLUMN).map_err(about)?;
        // Another database may have called for a change of type that is none here.
        let live = self.column(&from.name).map(|it| it.ty.clone());
        let from = &Column { ty: live.unwrap_or_else(|| from.ty.clone()), ..from.clone() };
        if is_recreated(self.dialect, from, to) {
            return self.recreate(to);
        }
        let changed = self.stop_computing(from, to).and_then(|()| self.alter_kept(from, to));
        changed.map_err(about)
    }

    fn alter_kept(&mut self, from: &Column, to: &Column) -> Result<(), Unsupported> {
        let retyped = is_retyped(from, to);
        let computed: Vec<Column> = match retyped {
            true => computed_from(self.table(), &to.name).into_iter().cloned().collect(),
            false => Vec::new(),
        };
        let mut lost = Vec::new();
        for column in &computed {
            lost.push(self.drop_computed(column));
        }
        let enum_changes = enum_values(&from.ty) != enum_values(&to.ty);
        if enum_changes && enum_values(&from.ty).is_some() {
            let live = self.column(&from.name).unwrap_or(from);
            let name = quote(&enum_constraint(self.name, live));
            self.clause(Rank::Drop, format!("DROP CONSTRAINT {name}"));
        }
        self.stop_numbering(from, to)?;
        let default_stands = self.drop_default(from, to, retyped);
        if retyped {
            self.set_type(from, to)?;
        }
        self.set_null(from, to);
        self.set_default(to, default_stands)?;
        self.start_numbering(from, to)?;
        self.set_column_options(from, to, retyped);
        if let Some(check) = enum_check(self.name, to).filter(|_| enum_changes) {
            self.clause(Rank::Constraint, format!("ADD {check}"));
        }
        for (column, lost) in computed.iter().zip(lost) {
            self.add_computed(column, lost)?;
        }
        if from.comment != to.comment {
            self.comment(to);
        }
        Ok(())
    }

    /// The clause of a column: `ALTER COLUMN "a" ...`.
    pub(super) fn on(&mut self, rank: Rank, column: &str, what: impl std::fmt::Display) {
        self.clause(rank, format!("ALTER COLUMN {} {what}", quote(column)));
    }

    fn stop_computing(&mut self, from: &Column, to: &Column) -> Result<(), Unsupported> {
        match (&from.generated, &to.generated) {
            (Some(old), None) if old.stored => {
                create::requires(self.dialect, 13, "`DROP EXPRESSION`")?;
                self.on(Rank::Drop, &to.name, "DROP EXPRESSION");
                // Its type could not be changed in the same statement.
                self.close();
            }
            (Some(_), None) => {
                return Err(Unsupported::new(
                    "PostgreSQL keeps no values of a column that is computed when it is read",
                    "add another column, fill it, and drop this one".to_owned(),
                ));
            }
            (Some(old), Some(new)) if old != new => {
                let text = default::expression(&new.expression, "the generated column")?;
                let text = create::group(text);
                self.on(Rank::Setting, &to.name, format!("SET EXPRESSION AS {text}"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Drops the default where it goes or would get in the way of the type, and says whether the
    /// one that is wanted is there.
    fn drop_default(&mut self, from: &Column, to: &Column, retyped: bool) -> bool {
        let is_cast = !retyped || Cast::of(from, to).keeps_default();
        match (&from.default, &to.default) {
            (None, None) => true,
            (None, Some(_)) => false,
            (Some(old), Some(new)) if is_cast => old == new,
            (Some(_), _) => {
                self.on(Rank::Drop, &to.name, "DROP DEFAULT");
                to.default.is_none()
            }
        }
    }

    fn set_type(&mut self, from: &Column, to: &Column) -> Result<(), Unsupported> {
        let ty = match to.identity.is_some() {
            true => identity::integer_type(&self.named(), to)?,
            false => types::column_sql(&self.named(), to)?,
        };
        let collation =
            to.collation.as_ref().map(|it| format!(" COLLATE {}", types::collation(it)));
        let using = Cast::of(from, to).using();
        let using = using.map(|it| format!(" USING {it}")).unwrap_or_default();
        let ty = format!("TYPE {ty}{}{using}", collation.unwrap_or_default());
        self.on(Rank::Type, &to.name, ty);
        self.retype_sequence(from, to)
    }

    fn set_null(&mut self, from: &Column, to: &Column) {
        // One that numbers itself is never NULL.
        let begins = Numbering::of(to) == Numbering::Identity && from.identity.is_none();
        match (from.nullable, to.nullable) {
            (true, false) => self.on(Rank::Null, &to.name, "SET NOT NULL"),
            (true, true) if begins => self.on(Rank::Null, &to.name, "SET NOT NULL"),
            (false, true) if !begins => self.on(Rank::Null, &to.name, "DROP NOT NULL"),
            _ => {}
        }
    }

    fn set_default(&mut self, to: &Column, stands: bool) -> Result<(), Unsupported> {
        if let Some(value) = to.default.as_ref().filter(|_| !stands) {
            let value = default::sql(&to.ty, value)?;
            self.on(Rank::Setting, &to.name, format!("SET DEFAULT {value}"));
        }
        Ok(())
    }

    fn set_column_options(&mut self, from: &Column, to: &Column, retyped: bool) {
        for option in [STORAGE, COMPRESSION, STATISTICS] {
            // With another type these are as usual again.
            let lost = retyped && option != STATISTICS && to.options.contains_key(option);
            if from.options.get(option) != to.options.get(option) || lost {
                self.clause(Rank::Setting, setting(to, option));
            }
        }
    }
}
