//! The two tables, as they are made.

use super::History;
use crate::dialect::{Connection, DbError, Dialect};
use crate::schema::{Column, Identity, PrimaryKey, Size, Table, Type};
use crate::script::ID_LIMIT;

impl History {
    /// The version table.
    pub(in crate::run) fn version(&self) -> Table {
        let columns = vec![required("version_num", Type::String(u32::try_from(ID_LIMIT).ok()))];
        let key = PrimaryKey {
            name: Some(format!("{}_pkc", self.version_table.name)),
            columns: vec!["version_num".to_owned()],
            ..PrimaryKey::default()
        };
        Table {
            name: self.version_table.clone(),
            columns,
            primary_key: Some(key),
            ..Table::default()
        }
    }

    /// The log.
    pub(in crate::run) fn log(&self) -> Table {
        let text = |length| Type::String(Some(length));
        let big = Type::BigInteger { unsigned: false };
        let id = Column { identity: Some(Identity::default()), ..required("id", Type::INTEGER) };
        let columns = vec![
            id,
            required("revision", text(32)),
            required("direction", text(9)),
            required("checksum", text(100)),
            required("script", Type::Text(Size::Long)),
            required("started_at", text(32)),
            Column::new("finished_at", text(32)),
            required("duration_ms", big),
            required("done", Type::INTEGER),
            required("operations", Type::INTEGER),
            required("tool", text(64)),
            required("applied_by", text(255)),
        ];
        let key = PrimaryKey {
            name: Some(format!("{}_pkc", self.log_table.name)),
            columns: vec!["id".to_owned()],
            ..PrimaryKey::default()
        };
        Table { name: self.log_table.clone(), columns, primary_key: Some(key), ..Table::default() }
    }
}

fn required(name: &str, ty: Type) -> Column {
    Column { nullable: false, ..Column::new(name, ty) }
}

/// Whether there is such a table. One of that name which is something else is an error.
pub(super) fn exists(
    dialect: &dyn Dialect,
    db: &mut dyn Connection,
    expected: &Table,
) -> Result<bool, DbError> {
    let Some(found) = dialect.columns(db, &expected.name)? else { return Ok(false) };
    let has = |name: &str| found.iter().any(|it| it.eq_ignore_ascii_case(name));
    match expected.columns.iter().find(|column| !has(&column.name)) {
        None => Ok(true),
        Some(missing) => {
            let table = expected.name.to_string();
            Err(DbError::NotOurs { table, column: missing.name.clone() })
        }
    }
}
