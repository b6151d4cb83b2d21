//! The options that only PostgreSQL knows.

use crate::dialect::Unsupported;
pub(super) use crate::dialect::options::{is_on, text};
use crate::error::nearest;
use crate::schema::{OptionValue, Options};

/// Of a table: its rows are not in the write-ahead log. Boolean.
pub(super) const UNLOGGED: &str = "postgres.unlogged";
/// Of a table: how it is parted, `RANGE (created)`. Text.
pub(super) const PARTITION_BY: &str = "postgres.partition_by";
/// Of a table: the table it is a partition of. Text, a dotted name.
pub(super) const PARTITION_OF: &str = "postgres.partition_of";
/// Of a partition: its bound, `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`. Text.
pub(super) const PARTITION_BOUND: &str = "postgres.partition_bound";
/// Of a table: the tables it inherits from, `a, b`. Text.
pub(super) const INHERITS: &str = "postgres.inherits";
/// Of a table: whether its rows have policies: `enabled`, or `forced` for its owner, too. Text.
pub(super) const ROW_SECURITY: &str = "postgres.row_security";
/// Of a table, an index, a primary key or a unique constraint: storage parameters, in the order of
/// their names: `autovacuum_enabled=false, fillfactor=70`. Of a view: its options. Text.
pub(super) const WITH: &str = "postgres.with";
/// Of a table or an index: where it is stored. Text.
pub(super) const TABLESPACE: &str = "postgres.tablespace";
/// Of a column that numbers itself: a default of a sequence of its own, as `serial` makes it,
/// rather than an identity. Boolean.
pub(super) const SERIAL: &str = "postgres.serial";
/// Of a column: how long values are stored, `external`, where it is not the way of its type. Text.
pub(super) const STORAGE: &str = "postgres.storage";
/// Of a column: how long values are compressed, `lz4`. Text.
pub(super) const COMPRESSION: &str = "postgres.compression";
/// Of a column: how finely the planner samples it. Integer.
pub(super) const STATISTICS: &str = "postgres.statistics";
/// Of a column that holds an enum: the name of the check behind its values, where it is not the one
/// that it gets here. Text; only a server reports it.
pub(super) const ENUM_CONSTRAINT: &str = "postgres.enum_constraint";
/// Of a primary key or a unique constraint: columns it carries without being unique in them,
/// `a, b`. Text.
pub(super) const INCLUDE: &str = "postgres.include";
/// Of a unique constraint or index: two NULLs are the same. Boolean.
pub(super) const NULLS_NOT_DISTINCT: &str = "postgres.nulls_not_distinct";
/// Of a primary key: `deferrable` or `initially deferred`. Text.
pub(super) const DEFERRABLE: &str = "postgres.deferrable";
/// Of a foreign key or a check: rows that were there before were never checked. Boolean.
pub(super) const NOT_VALID: &str = "postgres.not_valid";
/// Of a check: tables that inherit do not have it. Boolean.
pub(super) const NO_INHERIT: &str = "postgres.no_inherit";
/// Of a foreign key: the columns that `ON DELETE SET NULL` or `SET DEFAULT` sets, `a, b`. Text.
pub(super) const ON_DELETE_COLUMNS: &str = "postgres.on_delete_columns";
/// Of an index: the operator class of each of its columns, `default, text_pattern_ops`. Text.
pub(super) const OPCLASSES: &str = "postgres.opclasses";
/// Of an index: it was left behind by a `CREATE INDEX CONCURRENTLY` that failed, and no query uses
/// it. Boolean; only a server reports it.
pub(super) const INVALID: &str = "postgres.invalid";
/// Of an index: it is made, and dropped, without keeping writers out, outside of a transaction.
/// Boolean; says how to make it, not what it is.
pub(super) const CONCURRENTLY: &str = "postgres.concurrently";
/// Of a foreign key or a check: it is added first and its rows checked afterwards, which keeps
/// writers out for a shorter time. Boolean; says how to make it, not what it is.
pub(super) const VALIDATE_AFTERWARDS: &str = "postgres.validate_afterwards";

/// Options that say how a thing is made and that no server reports.
pub(super) const HOW: [&str; 2] = [CONCURRENTLY, VALIDATE_AFTERWARDS];

/// What has options, in words for a message, with the options it has.
pub(super) type Kind = (&'static str, &'static [&'static str]);

pub(super) const TABLE: Kind = (
    "a table",
    &[
        UNLOGGED,
        PARTITION_BY,
        PARTITION_OF,
        PARTITION_BOUND,
        INHERITS,
        ROW_SECURITY,
        WITH,
        TABLESPACE,
    ],
);
pub(super) const COLUMN: Kind =
    ("a column", &[SERIAL, STORAGE, COMPRESSION, STATISTICS, ENUM_CONSTRAINT]);
pub(super) const PRIMARY_KEY: Kind = ("a primary key", &[INCLUDE, DEFERRABLE, WITH, TABLESPACE]);
pub(super) const UNIQUE: Kind =
    ("a unique constraint", &[INCLUDE, NULLS_NOT_DISTINCT, WITH, TABLESPACE]);
pub(super) const FOREIGN_KEY: Kind =
    ("a foreign key", &[NOT_VALID, ON_DELETE_COLUMNS, VALIDATE_AFTERWARDS]);
pub(super) const CHECK: Kind = ("a check", &[NOT_VALID, NO_INHERIT, VALIDATE_AFTERWARDS]);
pub(super) const INDEX: Kind =
    ("an index", &[NULLS_NOT_DISTINCT, WITH, TABLESPACE, OPCLASSES, INVALID, CONCURRENTLY]);
pub(super) const VIEW: Kind = ("a view", &[WITH]);

/// Rejects options for PostgreSQL that a thing of this kind does not have, or of the wrong type.
///
/// # Errors
/// Names the option, with the nearest one there is.
pub(super) fn known(options: &Options, (of, names): Kind) -> Result<(), Unsupported> {
    for (name, value) in options.iter().filter(|(name, _)| name.starts_with("postgres.")) {
        if !names.contains(&name.as_str()) {
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are `{}`", names.join("`, `")),
            };
            return Err(Unsupported::new(format!("{of} has no option `{name}`"), hint));
        }
        let (fits, hint) = match name.as_str() {
            UNLOGGED | SERIAL | NULLS_NOT_DISTINCT | NOT_VALID | NO_INHERIT | INVALID
            | CONCURRENTLY | VALIDATE_AFTERWARDS => {
                (matches!(value, OptionValue::Boolean(_)), "it is true or false")
            }
            STATISTICS => (matches!(value, OptionValue::Integer(_)), "it is a whole number"),
            ROW_SECURITY => (one_of(value, &["enabled", "forced"]), "it is `enabled` or `forced`"),
            DEFERRABLE => (
                one_of(value, &["deferrable", "initially deferred"]),
                "it is `deferrable` or `initially deferred`",
            ),
            _ => (matches!(value, OptionValue::Text(_)), "it is a text"),
        };
        if !fits {
            let what = format!("wrong value for the option `{name}`");
            return Err(Unsupported::new(what, hint.to_owned()));
        }
    }
    Ok(())
}

fn one_of(value: &OptionValue, words: &[&str]) -> bool {
    matches!(value, OptionValue::Text(text) if words.contains(&text.as_str()))
}
