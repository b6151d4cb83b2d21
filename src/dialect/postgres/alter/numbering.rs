//! Columns that begin or cease to number themselves, or do so otherwise.

use super::{Alter, Rank};
use crate::dialect::Unsupported;
use crate::dialect::postgres::create::identity::{self, Numbering};
use crate::dialect::postgres::create::{INDENT, made_name};
use crate::dialect::postgres::types::{self, literal, quote};
use crate::schema::{Column, Name};

impl Alter<'_> {
    /// The statements around `ADD COLUMN` of a serial column that does not count as usual.
    pub(super) fn own_sequence(
        &self,
        column: &Column,
    ) -> Result<Option<(String, String)>, Unsupported> {
        if Numbering::of(column) != Numbering::Serial {
            return Ok(None);
        }
        let ty = identity::integer_type(&self.named(), column)?;
        let usual = column.identity.as_ref().is_some_and(|it| it.options == Default::default());
        let sequence = identity::sequence(self.name, &column.name);
        let create = identity::create_sequence(&sequence, &ty, column);
        let own = identity::own(&sequence, self.name, &column.name);
        Ok((!usual).then_some((create, own)))
    }

    /// What happens before the type changes.
    pub(super) fn stop_numbering(&mut self, from: &Column, to: &Column) -> Result<(), Unsupported> {
        match (Numbering::of(from), Numbering::of(to)) {
            (Numbering::Identity, Numbering::None) => {
                self.on(Rank::Drop, &to.name, "DROP IDENTITY");
                // The default that may follow must find it gone.
                self.close();
            }
            (Numbering::Serial, Numbering::None) => {
                let body = format!(
                    "{INDENT}ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT;\n\
                     {INDENT}EXECUTE format('DROP SEQUENCE %s', own);\n",
                    table = types::name(self.name),
                    column = quote(&to.name)
                );
                self.with_own_sequence(&to.name, "", &body);
            }
            _ => {}
        }
        Ok(())
    }

    /// The sequence of a serial column counts as far as the column.
    pub(super) fn retype_sequence(
        &mut self,
        from: &Column,
        to: &Column,
    ) -> Result<(), Unsupported> {
        if (Numbering::of(from), Numbering::of(to)) == (Numbering::Serial, Numbering::Serial) {
            let ty = identity::integer_type(&self.named(), to)?;
            self.alter_own_sequence(&to.name, &format!("AS {ty}"));
        }
        Ok(())
    }

    /// What happens after the type has changed.
    pub(super) fn start_numbering(
        &mut self,
        from: &Column,
        to: &Column,
    ) -> Result<(), Unsupported> {
        let (Some(identity), true) = (
            &to.identity,
            from.identity != to.identity || Numbering::of(from) != Numbering::of(to),
        ) else {
            return Ok(());
        };
        let ty = identity::integer_type(&self.named(), to)?;
        match (Numbering::of(from), Numbering::of(to)) {
            (Numbering::None, Numbering::Identity) => {
                let clause = identity::generated_as_identity(to).unwrap_or_default();
                // Before 13 it would count as far as the type goes that the column had before.
                if self.dialect.version < 130_000 {
                    self.close();
                }
                self.on(Rank::Setting, &to.name, format!("ADD {clause}"));
                self.count_on(to);
            }
            (Numbering::None, Numbering::Serial) => {
                let sequence = identity::sequence(self.name, &to.name);
                self.statement(identity::create_sequence(&sequence, &ty, to));
                self.take(&sequence, &to.name);
                self.count_on(to);
            }
            (Numbering::Identity, Numbering::Identity) => {
                let old = from.identity.clone().unwrap_or_default();
                let kind = if identity.always { "ALWAYS" } else { "BY DEFAULT" };
                let kind = (old.always != identity.always).then(|| format!("SET GENERATED {kind}"));
                let clauses = identity::changed_clauses(&old.options, &identity.options);
                let clauses = clauses.into_iter().map(|it| format!("SET {it}"));
                let all: Vec<_> = kind.into_iter().chain(clauses).collect();
                self.on(Rank::Setting, &to.name, all.join(" "));
            }
            (Numbering::Serial, Numbering::Serial) => {
                let old = from.identity.clone().unwrap_or_default();
                let clauses = identity::changed_clauses(&old.options, &identity.options);
                if !clauses.is_empty() {
                    self.alter_own_sequence(&to.name, &clauses.join(" "));
                }
            }
            (Numbering::Identity, Numbering::Serial) => self.identity_to_serial(&ty, to),
            (Numbering::Serial, Numbering::Identity) => self.serial_to_identity(to),
            (_, Numbering::None) => {}
        }
        Ok(())
    }

    /// The counter is kept: the new sequence begins where the other one stands.
    fn identity_to_serial(&mut self, ty: &str, to: &Column) {
        let sequence = identity::sequence(self.name, &to.name);
        // The identity may have the name.
        let aside = Name {
            name: made_name(&format!("_limbeck_{}", self.name.name), &to.name, "seq"),
            ..sequence.clone()
        };
        self.statement(identity::create_sequence(&aside, ty, to));
        let (new, old) = (literal(&types::name(&aside)), self.sequence_of(&to.name));
        self.statement(format!(
            "SELECT setval({new}::regclass, pg_sequence_last_value({old}::regclass))"
        ));
        self.on(Rank::Drop, &to.name, "DROP IDENTITY");
        let (from, name) = (types::name(&aside), quote(&sequence.name));
        self.statement(format!("ALTER SEQUENCE {from} RENAME TO {name}"));
        self.take(&sequence, &to.name);
    }

    /// The counter is kept; which sequence it is, only the server knows.
    fn serial_to_identity(&mut self, to: &Column) {
        let (table, column) = (types::name(self.name), quote(&to.name));
        let not_null = match self.column(&to.name).is_some_and(|it| !it.nullable) || !to.nullable {
            true => String::new(),
            false => format!("{INDENT}ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;\n"),
        };
        let identity = identity::generated_as_identity(to).unwrap_or_default();
        let sequence = self.sequence_of(&to.name);
        let body = format!(
            "{INDENT}ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT;\n\
             {INDENT}EXECUTE format('DROP SEQUENCE %s', own);\n{not_null}\
             {INDENT}ALTER TABLE {table} ALTER COLUMN {column} ADD {identity};\n\
             {INDENT}PERFORM setval({sequence}::regclass, last);\n"
        );
        let last = format!("{INDENT}last bigint := pg_sequence_last_value(own);\n");
        self.with_own_sequence(&to.name, &last, &body);
    }

    /// Makes a sequence the column's own, and its default.
    fn take(&mut self, sequence: &Name, column: &str) {
        let nextval = identity::nextval(sequence);
        self.on(Rank::Setting, column, format!("SET DEFAULT {nextval}"));
        self.statement(identity::own(sequence, self.name, column));
    }

    /// Counting begins behind the numbers that are there.
    fn count_on(&mut self, column: &Column) {
        let options = column.identity.as_ref().map(|it| it.options.clone()).unwrap_or_default();
        let descends = options.increment.is_some_and(|it| it < 0);
        let (last, compare, usual) = match descends {
            true => ("min", "<=", options.max.unwrap_or(-1)),
            false => ("max", ">=", options.min.unwrap_or(1)),
        };
        let start = options.start.unwrap_or(usual);
        let (table, name) = (types::name(self.name), quote(&column.name));
        let sequence = self.sequence_of(&column.name);
        self.statement(format!(
            "SELECT setval({sequence}::regclass, {last}({name})) FROM {table} \
             HAVING {last}({name}) {compare} {start}"
        ));
    }

    fn alter_own_sequence(&mut self, column: &str, clauses: &str) {
        let text = literal(&format!("ALTER SEQUENCE %s {clauses}"));
        let body = format!("{INDENT}EXECUTE format({text}, own);\n");
        self.with_own_sequence(column, "", &body);
    }

    /// A block in which `own` is the sequence of the column, whatever its name.
    fn with_own_sequence(&mut self, column: &str, declared: &str, body: &str) {
        let own = self.sequence_of(column);
        let text = format!("DECLARE\n{INDENT}own regclass := {own};\n{declared}BEGIN\n{body}END\n");
        let tags = (0..).map(|at| format!("$limbeck{at}$"));
        let tag = tags.into_iter().find(|tag| !text.contains(tag.as_str())).unwrap_or_default();
        self.statement(format!("DO {tag}\n{text}{tag}"));
    }

    /// The call that gives the name of a column's own sequence.
    fn sequence_of(&self, column: &str) -> String {
        let table = literal(&types::name(self.name));
        format!("pg_get_serial_sequence({table}, {})", literal(column))
    }
}
