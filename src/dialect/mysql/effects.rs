//! What an operation means for others who use the database meanwhile.

use super::MySql;
use crate::dialect::{Effects, Statement};
use crate::operation::Operation;

/// Told from the operation and the statements that carry it out.
pub(super) fn effects(_: &MySql, _op: &Operation, _statements: &[Statement]) -> Effects {
    Effects { lock: None, rewrites: None }
}
