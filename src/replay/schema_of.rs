use super::act::{Act, Upgrade};
use crate::graph::RevisionId;
use crate::operation::Operation;
use crate::schema::{ApplyError, Schema};

/// What revisions make of a schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    /// The schema behind the last of them.
    pub schema: Schema,
    /// The operations that do not fit what is there when their turn comes. Each was passed over.
    pub misfits: Vec<Misfit>,
    /// The revisions with raw SQL or programs, which may have changed anything.
    pub opaque: Vec<RevisionId>,
}

/// An operation that does not fit the schema it should change.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{} in `{}` does not fit what comes before it", act.describe().join(", "), act.path.display())]
pub struct Misfit {
    /// The operation, its revision and its file.
    pub act: Act,
    /// Why.
    #[source]
    pub error: ApplyError,
}

/// Carries out `upgrades` on `from`, in their order, as a database of this dialect would; `None`
/// is one that no operation names. Rows change nothing, nor do raw SQL and programs.
pub fn replay(from: Schema, upgrades: &[Upgrade], dialect: Option<&str>) -> Replay {
    let mut replay = Replay { schema: from, ..Replay::default() };
    for upgrade in upgrades {
        replay.carry_out(upgrade.acts(dialect));
    }
    replay
}

impl Replay {
    /// Carries out acts behind all those that were carried out before.
    pub(super) fn carry_out(&mut self, acts: impl IntoIterator<Item = Act>) {
        for act in acts {
            if let Operation::Execute(_) | Operation::Run { .. } = act.operation
                && self.opaque.last() != Some(&act.revision)
            {
                self.opaque.push(act.revision.clone());
            }
            // An act is one change, so one that does not fit leaves the schema as it was.
            if let Err(error) = self.schema.apply(&act.operation) {
                self.misfits.push(Misfit { act, error });
            }
        }
    }
}
