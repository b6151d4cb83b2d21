//! One file a command: its `Args`, whose doc comment is the help text, and `run`.

pub mod branches;
pub mod check;
pub mod completions;
pub mod current;
pub mod downgrade;
pub mod edit;
pub mod global;
pub mod graph;
pub mod heads;
pub mod history;
pub mod init;
pub mod list_templates;
pub mod merge;
pub mod migrate;
pub mod revision;
pub mod show;
pub mod squash;
pub mod stamp;
pub mod upgrade;
pub mod verify;

mod accept;
mod compare;
mod consent;
mod line;
mod new_script;
mod offline;
mod plan;
mod session;
mod standing;
mod tree;
mod way;

pub(crate) use compare::NotUpToDate;
pub(crate) use consent::NoConsent;
pub(crate) use edit::EditError;
pub(crate) use init::InitError;
pub(crate) use migrate::NothingDeclared;
pub(crate) use new_script::NewScriptError;
pub(crate) use offline::OfflineError;
pub(crate) use plan::PlanError;
pub(crate) use squash::StandsInside;
pub(crate) use standing::{Stopped, UnknownHead};
