//! One file a command: its `Args`, whose doc comment is the help text, and `run`.

pub mod branches;
pub mod check;
pub mod completions;
pub mod current;
pub mod diff;
pub mod downgrade;
pub mod edit;
pub mod global;
pub mod heads;
pub mod history;
pub mod init;
pub mod list_templates;
pub mod merge;
pub mod migrate;
pub mod revision;
pub mod show;
pub mod stamp;
pub mod upgrade;
pub mod verify;

mod ask;
mod compare;
mod consent;
mod given;
mod line;
mod new_script;
mod session;
mod standing;

pub(crate) use ask::AskError;
pub(crate) use compare::NotUpToDate;
pub(crate) use consent::NoConsent;
pub(crate) use edit::EditError;
pub(crate) use given::GivenError;
pub(crate) use init::InitError;
pub(crate) use migrate::NothingDeclared;
pub(crate) use new_script::NewScriptError;
pub(crate) use standing::{Stopped, UnknownHead};
