//! The options that only MySQL and MariaDB know. Both have the same names, `mysql.engine`; on MariaDB
//! `mariadb.engine` comes before it.

use super::Flavour;
use crate::dialect::Unsupported;
pub(super) use crate::dialect::options::{is_on, text};
use crate::error::nearest;
use crate::schema::{OptionValue, Options};

/// Of a table: its storage engine, where it is not InnoDB. Text.
pub(super) const ENGINE: &str = "mysql.engine";
/// Of a table or a column: its character set, where it is not the one of the database or the table.
/// Text.
pub(super) const CHARSET: &str = "mysql.charset";
/// Of a table: the collation of its columns, where it is not the one of the database. Text.
pub(super) const COLLATION: &str = "mysql.collation";
/// Of a table: how its rows are stored, `compressed`. Text.
pub(super) const ROW_FORMAT: &str = "mysql.row_format";
/// Of a table: what else was said when it was made, in the order of their names:
/// `key_block_size=8 stats_persistent=1`. Text.
pub(super) const WITH: &str = "mysql.with";
/// Of a table: how it is parted, `RANGE (id) (PARTITION p0 VALUES LESS THAN (10))`. Text.
pub(super) const PARTITION_BY: &str = "mysql.partition_by";
/// Of a table of MariaDB: it keeps the rows that were. Boolean.
pub(super) const SYSTEM_VERSIONED: &str = "mysql.system_versioned";
/// Of a column: what it gets when its row changes, `CURRENT_TIMESTAMP`. Text.
pub(super) const ON_UPDATE: &str = "mysql.on_update";
/// Of a column or an index: queries do not see it unless they name it (a column), or at all (an
/// index). Boolean.
pub(super) const INVISIBLE: &str = "mysql.invisible";
/// Of a column of a spatial type: its reference system. Integer.
pub(super) const SRID: &str = "mysql.srid";
/// Of a column of a table that keeps the rows that were: its changes are not kept. Boolean.
pub(super) const WITHOUT_VERSIONING: &str = "mysql.without_system_versioning";
/// Of a column: it stands before all others. Boolean; says where to put it, not what it is.
pub(super) const FIRST: &str = "mysql.first";
/// Of a column: the column behind which it stands. Text; says where to put it, not what it is.
pub(super) const AFTER: &str = "mysql.after";
/// Of an index, a primary key or a unique constraint: how many characters of each column count, `-`
/// for all of them: `10, -`. Text.
pub(super) const LENGTHS: &str = "mysql.lengths";
/// Of a full-text index: what parts texts into words. Text.
pub(super) const PARSER: &str = "mysql.parser";
/// Of a check: whether it is checked. Boolean.
pub(super) const ENFORCED: &str = "mysql.enforced";
/// Of a view: with whose rights it reads, where it is not its owner: `invoker`. Text.
pub(super) const SECURITY: &str = "mysql.security";
/// Of a view: which rows may be written through it: `local` or `cascaded`. Text.
pub(super) const CHECK_OPTION: &str = "mysql.check_option";
/// Of a view: how its query becomes part of others: `merge` or `temptable`. Of what is added or
/// changed: how the server does it, `instant`, `inplace` or `copy`; there it says how to make a thing,
/// not what it is. Text.
pub(super) const ALGORITHM: &str = "mysql.algorithm";
/// Of what is added or changed: whom it keeps out meanwhile: `none`, `shared` or `exclusive`. Text;
/// says how to make a thing, not what it is.
pub(super) const LOCK: &str = "mysql.lock";

/// What has options, in words for a message, with the options it has, and those among them that only
/// say how it is made.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub(super) of: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) how: &'static [&'static str],
}

pub(super) const TABLE: Kind = Kind {
    of: "a table",
    names: &[ENGINE, CHARSET, COLLATION, ROW_FORMAT, WITH, PARTITION_BY, SYSTEM_VERSIONED],
    how: &[],
};
pub(super) const COLUMN: Kind = Kind {
    of: "a column",
    names: &[
        CHARSET,
        ON_UPDATE,
        INVISIBLE,
        SRID,
        WITHOUT_VERSIONING,
        FIRST,
        AFTER,
        ALGORITHM,
        LOCK,
    ],
    how: &[FIRST, AFTER, ALGORITHM, LOCK],
};
pub(super) const PRIMARY_KEY: Kind =
    Kind { of: "a primary key", names: &[LENGTHS, ALGORITHM, LOCK], how: &[ALGORITHM, LOCK] };
pub(super) const UNIQUE: Kind = Kind {
    of: "a unique constraint",
    names: &[LENGTHS, INVISIBLE, ALGORITHM, LOCK],
    how: &[ALGORITHM, LOCK],
};
pub(super) const FOREIGN_KEY: Kind =
    Kind { of: "a foreign key", names: &[ALGORITHM, LOCK], how: &[ALGORITHM, LOCK] };
pub(super) const CHECK: Kind =
    Kind { of: "a check", names: &[ENFORCED, ALGORITHM, LOCK], how: &[ALGORITHM, LOCK] };
pub(super) const INDEX: Kind = Kind {
    of: "an index",
    names: &[LENGTHS, PARSER, INVISIBLE, ALGORITHM, LOCK],
    how: &[ALGORITHM, LOCK],
};
pub(super) const VIEW: Kind =
    Kind { of: "a view", names: &[SECURITY, CHECK_OPTION, ALGORITHM], how: &[] };

/// The options that are said to this server, under the names they have here.
pub(super) fn own(flavour: Flavour, options: &Options) -> Options {
    let of = |prefix: &'static str| {
        options.iter().filter_map(move |(name, value)| {
            Some((format!("mysql.{}", name.strip_prefix(prefix)?), value.clone()))
        })
    };
    let mut own: Options = of("mysql.").collect();
    if flavour == Flavour::MariaDb {
        own.extend(of("mariadb."));
    }
    own
}

/// Rejects options for this server that a thing of this kind does not have, or of the wrong type.
///
/// # Errors
/// Names the option, with the nearest one there is.
pub(super) fn known(flavour: Flavour, options: &Options, kind: Kind) -> Result<(), Unsupported> {
    for (name, value) in &own(flavour, options) {
        if !kind.names.contains(&name.as_str()) {
            let hint = match nearest(name, kind.names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are `{}`", kind.names.join("`, `")),
            };
            return Err(Unsupported::new(format!("{} has no option `{name}`", kind.of), hint));
        }
        let (fits, hint) = match name.as_str() {
            SYSTEM_VERSIONED | INVISIBLE | WITHOUT_VERSIONING | FIRST | ENFORCED => {
                (matches!(value, OptionValue::Boolean(_)), "it is true or false")
            }
            SRID => (matches!(value, OptionValue::Integer(_)), "it is a whole number"),
            SECURITY => (one_of(value, &["definer", "invoker"]), "it is `definer` or `invoker`"),
            CHECK_OPTION => (one_of(value, &["local", "cascaded"]), "it is `local` or `cascaded`"),
            LOCK => (
                one_of(value, &["default", "none", "shared", "exclusive"]),
                "it is `none`, `shared` or `exclusive`",
            ),
            ALGORITHM if kind.of == VIEW.of => (
                one_of(value, &["undefined", "merge", "temptable"]),
                "it is `merge` or `temptable`",
            ),
            ALGORITHM => (
                one_of(value, &["default", "instant", "inplace", "nocopy", "copy"]),
                "it is `instant`, `inplace` or `copy`",
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
    matches!(value, OptionValue::Text(text) if words.iter().any(|it| it.eq_ignore_ascii_case(text)))
}
