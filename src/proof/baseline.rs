//! Proof of a first revision for a database that is there already.

use std::time::Duration;

use super::{Claim, ProofError, inspect, run, same};
use crate::dialect::{Connection, Limits};
use crate::diff::diff;

/// Tries the claim in an empty place beside `live`: what the script makes there is what the claim has
/// as `normalized`, and its way back leaves nothing.
///
/// # Errors
/// Why the claim does not hold.
pub fn prove_baseline(claim: &Claim, live: &mut dyn Connection) -> Result<(), ProofError> {
    let mut empty = claim.dialect.empty(live)?;
    let db = &mut *empty;
    let before = inspect(claim, db)?;
    let limits = Limits { lock_timeout: Duration::ZERO, statement_timeout: None };
    claim.dialect.prepare(db, &limits)?;
    run(claim, db, "upgrade", &claim.script.upgrade)?;
    same(&diff(claim.normalized, &inspect(claim, db)?), "upgrade")?;
    run(claim, db, "downgrade", &claim.script.downgrade)?;
    same(&diff(&inspect(claim, db)?, &before), "downgrade")
}
