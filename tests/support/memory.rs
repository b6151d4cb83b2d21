//! A database in memory.

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Dialect, Limits, Scope};
use limbeck::operation::Operation;
use limbeck::schema::Schema;

use super::law;

/// An empty one, ready for changes of its schema.
pub(crate) fn database() -> SqliteConnection {
    let mut db = SqliteConnection::memory().unwrap();
    Sqlite::bundled().prepare(&mut db, &Limits::default()).unwrap();
    db
}

/// All that is there.
pub(crate) fn inspect(db: &mut SqliteConnection) -> Schema {
    Sqlite::bundled().inspect(db, &Scope::default()).unwrap()
}

/// `operations` in the words in which their end was declared.
pub(crate) fn restated(
    operations: Vec<Operation>,
    declared: &Schema,
    normalized: &Schema,
) -> Vec<Operation> {
    law::restated(&Sqlite::bundled(), operations, declared, normalized)
}
