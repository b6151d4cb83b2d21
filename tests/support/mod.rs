//! What several tests need.

// Each test binary uses its own part of this module.
#![allow(dead_code, unused_imports)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[cfg(all(feature = "sqlite", any(feature = "postgres", feature = "mysql")))]
pub(crate) mod autogenerate;
pub(crate) mod generate;
pub(crate) mod journey;
pub(crate) mod law;
#[cfg(feature = "sqlite")]
pub(crate) mod memory;
pub(crate) mod noting;
#[cfg(feature = "mysql")]
pub(crate) mod portrait;
#[cfg(feature = "sqlite")]
pub(crate) mod project;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod server;
#[cfg(feature = "postgres")]
pub(crate) mod wire;
