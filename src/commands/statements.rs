//! The statements that make a schema, for the database's own client.

use anyhow::Result;

use crate::dialect::Dialect;
use crate::diff::diff;
use crate::run::Sheet;
use crate::schema::Schema;

/// Everything that makes `schema` in an empty database, in an order in which it can be made. No
/// database is asked.
///
/// # Errors
/// When the database has no way to make something.
pub(super) fn statements(dialect: &dyn Dialect, schema: &Schema) -> Result<String> {
    let client = dialect.client();
    let sheet = Sheet::default();
    let mut before = Schema::default();
    for operation in diff(&before, schema) {
        let statements = dialect.render(&operation, &before)?;
        for statement in statements.into_iter().filter(|it| it.refuse.is_none()) {
            if statement.sql.contains('\n') {
                sheet.paragraph();
            }
            sheet.for_client(&client, &statement.sql);
        }
        before.apply(&operation)?;
    }
    Ok(sheet.take())
}
