//! `CREATE VIEW` and `CREATE TRIGGER`.

use super::reader::Reader;
use super::{CreateTrigger, CreateView, DdlError};

impl CreateView {
    /// Reads a `CREATE VIEW` statement.
    ///
    /// # Errors
    /// When it is something else, or odd.
    pub fn parse(text: &str) -> Result<CreateView, DdlError> {
        let mut reader = Reader::new(text);
        reader.create("VIEW", "`CREATE VIEW`")?;
        let name = reader.qualified()?;
        let columns = if reader.sees("(") { Some(reader.group()?) } else { None };
        reader.expect("AS", "`AS`")?;
        let query = reader.rest();
        if query.is_empty() {
            return Err(reader.error("a query"));
        }
        Ok(CreateView { name, columns, query })
    }
}

impl CreateTrigger {
    /// Reads a `CREATE TRIGGER` statement.
    ///
    /// # Errors
    /// When it is something else, or odd.
    pub fn parse(text: &str) -> Result<CreateTrigger, DdlError> {
        let mut reader = Reader::new(text);
        reader.create("TRIGGER", "`CREATE TRIGGER`")?;
        let name = reader.qualified()?;
        reader.skip_to("ON", "`ON`")?;
        let table = reader.qualified()?;
        Ok(CreateTrigger { name, table })
    }
}
