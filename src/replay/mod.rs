//! What revisions do, without a database: their operations carried out on a [`Schema`] as a value.
//!
//! [`replay`] takes the upgrades of revisions in an order and says what schema they make and which
//! operations do not fit it. [`judge()`] takes the two lines that come after one history and says
//! whether it matters which of them runs first. Where the lines are and how scripts are read is
//! not the business of this room: no I/O, no SQL text, no dialect by its name. The names of
//! dialects that it knows are those that operations are limited to.
//!
//! What holds: an operation that cannot be judged (raw SQL, a program) changes nothing and is
//! named, and operations of two lines that are judged to commute touch nothing in common in a
//! way that depends on their order. So lines of which each pair commutes commute all together,
//! in any order and in any mixture: whatever the order, it is reached by exchanging neighbours. One
//! thing takes three: each drops another column of a table, and none is left.
//!
//! [`Schema`]: crate::schema::Schema

mod act;
mod contact;
mod footprint;
mod judge;
mod judgement;
mod line;
mod rows;
mod schema_of;
#[cfg(test)]
mod tests;
mod touch;

pub use act::{Act, Upgrade};
pub use contact::Clash;
pub use judge::judge;
pub use judgement::{Collision, Judgement, NotJudged, Outcome, Why};
pub use line::Side;
pub use schema_of::{Misfit, Replay, replay};
