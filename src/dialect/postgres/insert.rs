//! Statements that add rows and fill them.
