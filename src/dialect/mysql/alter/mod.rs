//! Changes of one table.
