//! Limbeck, a database migration manager.
//!
//! A [`schema::Schema`] is a plain value. [`diff::diff`] of two schemas gives
//! [`operation::Operation`]s, and an operation applied to a schema gives the next one. A revision
//! is a node of a graph; its [`script::Script`] holds operations. A [`dialect::Dialect`]
//! turns an operation into statements and a live database into a schema. What touches files,
//! databases and the terminal is a thin ring around these.

pub mod cli;
pub mod commands;
pub mod dialect;
pub mod diff;
mod document;
pub mod error;
pub mod graph;
mod interrupt;
pub mod lint;
pub mod models;
pub mod operation;
mod parallel;
pub mod program;
pub mod project;
pub mod proof;
pub mod question;
pub mod replay;
pub mod report;
pub mod run;
pub mod schema;
pub mod script;
pub mod squash;
pub mod terminal;
