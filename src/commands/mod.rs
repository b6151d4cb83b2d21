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
pub mod rebase;
pub mod revision;
pub mod show;
pub mod stamp;
pub mod upgrade;
pub mod verify;

mod commute;
mod compare;
mod consent;
mod line;
mod new_script;
mod session;
mod standing;
mod tree;

pub(crate) use commute::Collide;
pub(crate) use compare::NotUpToDate;
pub(crate) use consent::NoConsent;
pub(crate) use edit::EditError;
pub(crate) use heads::HeadsError;
pub(crate) use init::InitError;
pub(crate) use migrate::NothingDeclared;
pub(crate) use new_script::NewScriptError;
pub(crate) use rebase::RebaseError;
pub(crate) use standing::{Stopped, UnknownHead};
