//! Writing TOML documents: one spelling for each value, as a person would write it. A document is a
//! tree of [`Node`]s, which [`Fields`] put together.

mod fields;
mod node;

pub(crate) use fields::{Fields, boolean, index_column, option_value, sequence_options, ty, value};
pub(crate) use node::{Node, key, string, write_field};
