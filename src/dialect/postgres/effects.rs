//! What an operation means for others who use the database meanwhile.

use crate::dialect::{Effects, Statement};
use crate::operation::Operation;

/// Told from the statements that carry the operation out.
pub(super) fn effects(_: &Operation, _: &[Statement]) -> Effects {
    Effects { lock: None, rewrites: None }
}
