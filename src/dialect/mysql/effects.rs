//! What an operation means for others who use the database meanwhile.
//!
//! How each change is carried out: <https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html>,
//! <https://mariadb.com/kb/en/innodb-online-ddl-overview/>.

use super::create::Method;
use super::options::{CHARSET, COLLATION, ENFORCED, ENGINE, PARTITION_BY, ROW_FORMAT, WITH};
use super::options::{SYSTEM_VERSIONED, own};
use super::types::settled;
use super::{Flavour, MySql};
use crate::dialect::{Effects, Statement};
use crate::operation::{Operation, TableChange};
use crate::schema::{Check, Column, Object, OptionValue, Type};

/// How a table is changed, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Only what is said of it.
    Instant,
    /// Beside others, who read and write.
    Online,
    /// Its rows are written anew beside others, who read and write.
    Rebuilt,
    /// Beside others, who read.
    Shared,
    /// Its rows are written anew beside others, who read.
    Copied,
}

impl Way {
    fn rewrites(self) -> bool {
        matches!(self, Way::Rebuilt | Way::Copied)
    }

    fn lock(self) -> &'static str {
        match self {
            Way::Instant | Way::Online | Way::Rebuilt => {
                "the table, for a moment against readers and writers"
            }
            Way::Shared | Way::Copied => "the table, against writers; rows are read",
        }
    }
}

/// The lock of a statement that writes rows.
const ROWS: &str = "the rows that it writes, against other writers";
/// The lock of a statement that takes a table away.
const EVERYONE: &str = "the table, against readers and writers";

/// Told from the operation and the statements that carry it out.
pub(super) fn effects(dialect: &MySql, op: &Operation, statements: &[Statement]) -> Effects {
    let nothing = Effects { lock: None, rewrites: Some(false) };
    if statements.iter().all(|it| it.refuse.is_some()) && !matches!(op, Operation::Run { .. }) {
        return nothing;
    }
    match op {
        Operation::AlterTable { changes, .. } => {
            let way = way_of_all(dialect, changes);
            Effects { lock: Some(way.lock()), rewrites: Some(way.rewrites()) }
        }
        Operation::DropTable(_) | Operation::RenameTable { .. } => {
            Effects { lock: Some(EVERYONE), rewrites: Some(false) }
        }
        Operation::Create(Object::Trigger(_))
        | Operation::Drop(Object::Trigger(_))
        | Operation::Replace { from: Object::Trigger(_), .. } => {
            Effects { lock: Some(Way::Instant.lock()), rewrites: Some(false) }
        }
        Operation::Insert { .. } => Effects { lock: Some(ROWS), rewrites: Some(false) },
        Operation::Fill { .. } => Effects { lock: Some(ROWS), rewrites: Some(true) },
        Operation::Execute(_) => Effects { lock: Some(EVERYONE), rewrites: None },
        Operation::Run { .. } => Effects { lock: None, rewrites: None },
        _ => nothing,
    }
}

/// The most that one of the changes takes. A primary key that is put in the place of another is no
/// copy.
fn way_of_all(dialect: &MySql, changes: &[TableChange]) -> Way {
    let adds_key = changes.iter().any(|it| matches!(it, TableChange::AddPrimaryKey(_)));
    let ways = changes.iter().map(|change| match change {
        TableChange::DropPrimaryKey(_) if adds_key => Way::Rebuilt,
        other => way(dialect, other),
    });
    ways.max().unwrap_or(Way::Instant)
}

fn way(dialect: &MySql, change: &TableChange) -> Way {
    use TableChange::*;
    let is_mariadb = dialect.flavour == Flavour::MariaDb;
    match change {
        DropForeignKey(_) | DropCheck(_) | DropIndex(_) | DropUnique(_) => Way::Instant,
        RenameColumn { .. } | SetComment { .. } => Way::Instant,
        DropPrimaryKey(_) => Way::Copied,
        AddPrimaryKey(_) => Way::Rebuilt,
        AddUnique(_) => Way::Online,
        AddIndex(index) => match Method::of(dialect, index) {
            Ok(Method::Ordinary(_)) | Err(_) => Way::Online,
            Ok(Method::FullText | Method::Spatial | Method::Vector) => Way::Shared,
        },
        AddForeignKey(_) => Way::Copied,
        AddCheck(check) if is_unenforced(dialect, check) => Way::Instant,
        AddCheck(_) => Way::Copied,
        AddColumn(column) => added(dialect, column),
        DropColumn(column) => match &column.generated {
            Some(generated) if !generated.stored => Way::Instant,
            _ if is_mariadb || dialect.version >= 80_029 => Way::Instant,
            _ => Way::Rebuilt,
        },
        AlterColumn { from, to } => altered(dialect, from, to),
        SetOption { name, .. } => match &*name.replacen("mariadb.", "mysql.", 1) {
            CHARSET | COLLATION => Way::Instant,
            ROW_FORMAT | WITH => Way::Rebuilt,
            ENGINE | PARTITION_BY | SYSTEM_VERSIONED => Way::Copied,
            // Another database's.
            _ => Way::Instant,
        },
    }
}

fn is_unenforced(dialect: &MySql, check: &Check) -> bool {
    own(dialect.flavour, &check.options).get(ENFORCED) == Some(&OptionValue::Boolean(false))
}

fn added(dialect: &MySql, column: &Column) -> Way {
    let has_place = own(dialect.flavour, &column.options)
        .keys()
        .any(|it| it == super::options::FIRST || it == super::options::AFTER);
    match &column.generated {
        _ if column.identity.is_some() => Way::Copied,
        Some(generated) if generated.stored => Way::Copied,
        Some(_) => Way::Instant,
        // From 8.0.29 on it may stand anywhere.
        None if dialect.flavour == Flavour::MariaDb || dialect.version >= 80_029 => Way::Instant,
        None if has_place || dialect.version < 80_012 => Way::Rebuilt,
        None => Way::Instant,
    }
}

fn altered(dialect: &MySql, from: &Column, to: &Column) -> Way {
    let said = |it: &Column| Column {
        default: None,
        comment: None,
        nullable: true,
        options: own(dialect.flavour, &it.options),
        ty: settled(dialect, &it.ty).unwrap_or_else(|_| it.ty.clone()),
        ..it.clone()
    };
    let (old, new) = (said(from), said(to));
    let is_virtual = |it: &Column| it.generated.as_ref().is_some_and(|it| !it.stored);
    if old == new {
        let nulls = if from.nullable == to.nullable { Way::Instant } else { Way::Rebuilt };
        return nulls;
    }
    let same_but_type = Column { ty: new.ty.clone(), ..old.clone() } == new;
    if is_virtual(&new) && from.ty == to.ty {
        return Way::Instant;
    }
    match (&old.ty, &new.ty) {
        _ if !same_but_type => Way::Copied,
        // What is behind the last value has no row yet.
        (Type::Enum(a), Type::Enum(b)) if b.starts_with(a) && class(a.len()) == class(b.len()) => {
            Way::Instant
        }
        // The length of a text is kept in one byte or in two, whatever the characters take.
        (Type::String(Some(a)), Type::String(Some(b))) if a <= b && (*b <= 63 || *a >= 256) => {
            Way::Instant
        }
        _ => Way::Copied,
    }
}

/// In how many bytes the number of a value of an enum is kept.
fn class(values: usize) -> bool {
    values < 256
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Index, IndexColumn, Name, PrimaryKey};

    fn effect(dialect: &MySql, changes: Vec<TableChange>) -> (&'static str, bool) {
        let op = Operation::AlterTable { table: Name::new("t"), changes };
        let effects = effects(dialect, &op, &[Statement::new("ALTER TABLE")]);
        (effects.lock.unwrap(), effects.rewrites.unwrap())
    }

    #[test]
    fn what_a_change_of_a_table_means_for_others() {
        const MOMENT: &str = "the table, for a moment against readers and writers";
        const WRITERS: &str = "the table, against writers; rows are read";
        let newest = MySql { version: 80_400, ..MySql::default() };
        let oldest = MySql::default();
        let column = |ty: &str| Column::new("a", ty.parse().unwrap());
        let retype =
            |from: &str, to: &str| TableChange::AlterColumn { from: column(from), to: column(to) };
        let required = Column { nullable: false, ..column("integer") };
        let key = PrimaryKey::default();
        let words = Index {
            name: "ix".to_owned(),
            columns: vec![IndexColumn::new("a")],
            using: Some("fulltext".to_owned()),
            ..Index::default()
        };
        for (changes, expected) in [
            (vec![TableChange::AddColumn(column("integer"))], (MOMENT, false)),
            (vec![TableChange::DropColumn(column("integer"))], (MOMENT, false)),
            (vec![retype("string(10)", "string(60)")], (MOMENT, false)),
            (vec![retype("string(10)", "string(300)")], (WRITERS, true)),
            (vec![retype("enum(a, b)", "enum(a, b, c)")], (MOMENT, false)),
            (vec![retype("integer", "big_integer")], (WRITERS, true)),
            (vec![retype("string", "text(long)")], (MOMENT, false)),
            (
                vec![TableChange::AlterColumn { from: column("integer"), to: required }],
                (MOMENT, true),
            ),
            (vec![TableChange::AddIndex(words.clone())], (WRITERS, false)),
            (vec![TableChange::AddIndex(Index { using: None, ..words })], (MOMENT, false)),
            (vec![TableChange::DropPrimaryKey(key.clone())], (WRITERS, true)),
            (
                vec![
                    TableChange::DropPrimaryKey(key.clone()),
                    TableChange::AddPrimaryKey(key.clone()),
                ],
                (MOMENT, true),
            ),
        ] {
            assert_eq!(effect(&newest, changes.clone()), expected, "{changes:?}");
        }
        let added = vec![TableChange::AddColumn(column("integer"))];
        assert_eq!(effect(&oldest, added), (MOMENT, true));
    }
}
