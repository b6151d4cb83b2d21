//! `CREATE VIEW`, `CREATE TRIGGER` and `CREATE VIRTUAL TABLE`.

use super::reader::Reader;
use super::{CreateTrigger, CreateView, CreateVirtualTable, DdlError};

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

impl CreateVirtualTable {
    /// Reads a `CREATE VIRTUAL TABLE` statement.
    ///
    /// # Errors
    /// When it is something else, or odd.
    pub fn parse(text: &str) -> Result<CreateVirtualTable, DdlError> {
        let mut reader = Reader::new(text);
        let what = "`CREATE VIRTUAL TABLE`";
        reader.expect("CREATE", what)?;
        reader.expect("VIRTUAL", what)?;
        reader.expect("TABLE", what)?;
        reader.if_not_exists();
        let name = reader.qualified()?;
        reader.expect("USING", "`USING`")?;
        let module = reader.identifier()?;
        Ok(CreateVirtualTable { name, module })
    }
}
