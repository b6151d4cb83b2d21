//! What several tests need.

// Each test binary uses its own part of this module.
#![allow(dead_code, unused_imports)]

pub(crate) mod generate;
#[cfg(feature = "sqlite")]
pub(crate) mod project;
