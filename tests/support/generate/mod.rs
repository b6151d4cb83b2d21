//! Generated values for properties.
//!
//! A schema is made in two steps: proptest draws raw choices, and plain code turns any choices
//! into a schema that holds together. So the small case that proptest shrinks to is one as well.

#[cfg(all(feature = "sqlite", any(feature = "postgres", feature = "mysql")))]
mod fitting;
#[cfg(all(feature = "sqlite", feature = "mysql"))]
pub(crate) mod mysql;
mod operation;
#[cfg(feature = "sqlite")]
mod pair;
#[cfg(all(feature = "sqlite", feature = "postgres"))]
pub(crate) mod postgres;
mod schema;
mod text;

pub(crate) use operation::{operation, script, sql_script};
#[cfg(feature = "sqlite")]
pub(crate) use pair::{Fork, Pair, fork, pair};
pub(crate) use schema::schema;
pub(crate) use text::{hostile_text, name};
