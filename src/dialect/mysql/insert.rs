//! Statements that add rows.
