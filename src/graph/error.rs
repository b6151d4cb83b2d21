use std::path::PathBuf;

use thiserror::Error;

use super::words::{
    circle, direction_of, fewer_than, list, list_or_base, origin, quoted, shown, verb,
};
use super::{Direction, RevisionId};
use crate::error::Place;
use crate::script::ID_LIMIT;

/// Why revisions make no graph, or why a place in one cannot be found or reached.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GraphError {
    // What is wrong in the files, found by `RevisionGraph::new`.
    /// An id or label that could not be typed as a [`Target`](super::Target).
    #[error("{} may not be part of the name `{}`", quoted(.characters), .name.escape_debug())]
    IllegalName {
        /// The id or label.
        name: String,
        /// Those of its characters that mean something else, or are no letters at all.
        characters: Vec<char>,
        /// Where it is written.
        places: Vec<Place>,
    },
    /// An id or label without a character.
    #[error("the name of a revision or branch is empty")]
    EmptyName {
        /// Where it is written.
        places: Vec<Place>,
    },
    /// An id or label that means something else.
    #[error("`{name}` means a place in the graph and cannot be the name of one revision")]
    ReservedName {
        /// The id or label.
        name: String,
        /// Where it is written.
        places: Vec<Place>,
    },
    /// An id for which the version table has no room.
    #[error("revision `{id}` has {} characters, and the version table has room for {ID_LIMIT}", .id.chars().count())]
    IdTooLong {
        /// The id.
        id: RevisionId,
        /// Where it is written.
        places: Vec<Place>,
    },
    /// Several files with one id.
    #[error("revision `{id}` is in {} files: {}", .paths.len(), list(&shown(.paths), "and"))]
    Duplicate {
        /// The id.
        id: RevisionId,
        /// The files.
        paths: Vec<PathBuf>,
        /// Where they say so.
        places: Vec<Place>,
    },
    /// A parent that has no file.
    #[error("revision `{id}` comes after `{parent}`, which does not exist")]
    MissingParent {
        /// The revision.
        id: RevisionId,
        /// The parent.
        parent: String,
        /// The ids that were likely meant.
        nearest: Vec<RevisionId>,
        /// Where the parent is written.
        places: Vec<Place>,
    },
    /// A dependency that is neither an id nor a label.
    #[error("revision `{id}` depends on `{dependency}`, which does not exist")]
    MissingDependency {
        /// The revision.
        id: RevisionId,
        /// The dependency.
        dependency: String,
        /// The ids or labels that were likely meant.
        nearest: Vec<String>,
        /// Where the dependency is written.
        places: Vec<Place>,
    },
    /// A parent named twice.
    #[error("revision `{id}` names its parent `{parent}` twice")]
    RepeatedParent {
        /// The revision.
        id: RevisionId,
        /// The parent.
        parent: RevisionId,
        /// Where the parent is written.
        places: Vec<Place>,
    },
    /// A revision that comes after itself.
    #[error("revision `{id}` {} itself", verb(*.dependency))]
    SelfLoop {
        /// The revision.
        id: RevisionId,
        /// Whether `depends_on` says so, and not the parents.
        dependency: bool,
        /// Where it is written.
        places: Vec<Place>,
    },
    /// Revisions that come after each other.
    #[error("revisions come after each other in a circle: {}", circle(.ids))]
    Cycle {
        /// Its members, each but the first after the one before it.
        ids: Vec<RevisionId>,
        /// Whether `depends_on` is part of it.
        dependency: bool,
        /// Where each names the one before it.
        places: Vec<Place>,
    },
    /// A label stated by several revisions.
    #[error("branch label `{label}` is used by {}", list(.ids, "and"))]
    DuplicateLabel {
        /// The label.
        label: String,
        /// The revisions.
        ids: Vec<RevisionId>,
        /// Where they state it.
        places: Vec<Place>,
    },
    /// A label that is a revision's id.
    #[error("branch label `{label}` of revision `{id}` is the id of a revision")]
    LabelIsRevision {
        /// The label.
        label: String,
        /// The revision that states it.
        id: RevisionId,
        /// Where it is stated.
        places: Vec<Place>,
    },
    /// Revisions that another one replaces and that still have files.
    #[error("revision `{by}` replaces {}, and {} still there: {}", list(.ids, "and"), if .ids.len() == 1 { "its file is" } else { "their files are" }, list(&shown(.paths), "and"))]
    ReplacedExists {
        /// Those that are replaced.
        ids: Vec<RevisionId>,
        /// The one that replaces them.
        by: RevisionId,
        /// Their files.
        paths: Vec<PathBuf>,
        /// Where it says so, and where they name themselves.
        places: Vec<Place>,
    },
    /// A revision that replaces itself.
    #[error("revision `{id}` replaces itself")]
    ReplacesItself {
        /// The revision.
        id: RevisionId,
        /// Where it says so.
        places: Vec<Place>,
    },
    /// A revision that several replace.
    #[error("revision `{id}` is replaced by {}", list(.by, "and"))]
    ReplacedTwice {
        /// The one that is replaced.
        id: RevisionId,
        /// Those that replace it.
        by: Vec<RevisionId>,
        /// Where they say so.
        places: Vec<Place>,
    },
    /// A revision on top of one whose work another one does together with what came after it.
    #[error("revision `{id}` {} `{name}`, which is inside of what `{by}` replaces", verb(*.dependency))]
    InnerReplaced {
        /// The revision.
        id: RevisionId,
        /// The one it names.
        name: RevisionId,
        /// The one that replaces that.
        by: RevisionId,
        /// Whether `depends_on` names it, and not the parents.
        dependency: bool,
        /// Where it is named.
        places: Vec<Place>,
    },

    // What is wrong with a place that was asked for.
    /// A revision whose work another one does.
    #[error("revision `{id}` has no file: `{by}` replaces it")]
    Replaced {
        /// The revision.
        id: RevisionId,
        /// The one that replaces it.
        by: RevisionId,
    },
    /// A database that has run some of what another revision replaces, and not all of it.
    #[error("the database stands at `{id}`, inside of what `{by}` replaces")]
    Inside {
        /// Where it stands.
        id: RevisionId,
        /// The one that replaces that.
        by: RevisionId,
        /// The last of those that are replaced.
        last: RevisionId,
    },
    /// A run of revisions with several ends.
    #[error("`{range}` has several ends: {}", list(.ends, "and"))]
    ManyEnds {
        /// What was asked for.
        range: String,
        /// The revisions after which nothing of the run comes.
        ends: Vec<RevisionId>,
    },
    /// A revision outside of a run that needs one inside of it.
    #[error("revision `{id}` {} `{inner}`, which is inside of the run", verb(*.dependency))]
    NeedsInner {
        /// The revision outside.
        id: RevisionId,
        /// The one that it needs.
        inner: RevisionId,
        /// Whether `depends_on` says so, and not the parents.
        dependency: bool,
        /// Where it says so.
        places: Vec<Place>,
    },
    /// A run of fewer revisions than two.
    #[error("there is nothing to squash: {}", match .only { Some(id) => format!("`{id}` is the only one"), None => "there is no revision".to_owned() })]
    TooShort {
        /// The only revision.
        only: Option<RevisionId>,
    },
    /// A name that means nothing.
    #[error("no revision or branch is named `{text}`")]
    Unknown {
        /// The name.
        text: String,
        /// The ids, labels or words that were likely meant.
        nearest: Vec<String>,
    },
    /// The beginning of several names.
    #[error("`{text}` is the beginning of {}", list(.candidates, "and"))]
    Ambiguous {
        /// The beginning.
        text: String,
        /// The ids and labels that begin so.
        candidates: Vec<String>,
    },
    /// Several heads where one is expected.
    #[error("`{target}` is {} revisions: {}", .heads.len(), list(.heads, "and"))]
    ManyHeads {
        /// What was asked for.
        target: String,
        /// The heads.
        heads: Vec<RevisionId>,
    },
    /// A revision outside of the line that was named.
    #[error("revision `{id}` is not in the line of `{branch}`")]
    NotInBranch {
        /// The revision.
        id: RevisionId,
        /// The line.
        branch: String,
    },
    /// Steps from where a database stands that stands at several revisions, or from the several
    /// other ends of a range.
    #[error("`{target}` is ambiguous: it could count from {}", list(.starts, "or"))]
    ManyStarts {
        /// What was asked for.
        target: String,
        /// The revisions, those in the line that was named.
        starts: Vec<RevisionId>,
        /// For each of them what would count from it alone.
        choices: Vec<String>,
    },
    /// Steps that lead where the way forks.
    #[error("`{target}` is ambiguous: the way {} forks to {}", origin(.at), list(.choices, "and"))]
    AmbiguousWalk {
        /// What was asked for.
        target: String,
        /// Where the way forks; `None` is base.
        at: Option<RevisionId>,
        /// The next revisions.
        choices: Vec<RevisionId>,
    },
    /// Steps that lead past the first or last revision.
    #[error("`{target}` leads too far: there {} that way", fewer_than(*.steps))]
    RelativeTooFar {
        /// What was asked for.
        target: String,
        /// How many steps.
        steps: u32,
    },
    /// Steps in the direction in which the command does not go.
    #[error("`{target}` leads {}", direction_of(*.direction))]
    WrongWay {
        /// What was asked for.
        target: String,
        /// Where the command goes.
        direction: Direction,
    },
    /// A downgrade to a revision that has not run.
    #[error("`{target}` is no place to downgrade to: revision `{id}` has not run here")]
    NotApplied {
        /// What was asked for.
        target: String,
        /// The revision it means.
        id: RevisionId,
    },
    /// A range whose lower end is not below the upper one.
    #[error("the range `{range}` does not lead up one line: {} is not below {}", list(.from, "and"), list_or_base(.to))]
    NotAncestor {
        /// What was asked for.
        range: String,
        /// The lower end.
        from: Vec<RevisionId>,
        /// The upper end.
        to: Vec<RevisionId>,
    },
    /// A range of which both ends count from the other.
    #[error("both ends of the range `{range}` count from the other one")]
    FloatingRange {
        /// What was asked for.
        range: String,
    },
    /// Places of which one implies another.
    #[error("revision `{id}` is already part of {}", list(.above, "and"))]
    Overlap {
        /// The lower one.
        id: RevisionId,
        /// Those above it.
        above: Vec<RevisionId>,
        /// Whether the rows of the database say so, and not the command line.
        current: bool,
    },
    /// An id that only the database knows.
    #[error("the database stands at revision `{id}`, which has no file")]
    UnknownHead {
        /// The id.
        id: RevisionId,
    },
    /// A new revision between others.
    #[error("revision `{id}` is not a head: {} {} after it", list(.children, "and"), if .children.len() == 1 { "comes" } else { "come" })]
    NotHead {
        /// The revision.
        id: RevisionId,
        /// What comes after it.
        children: Vec<RevisionId>,
    },
    /// A parent given twice.
    #[error("revision `{id}` is named twice")]
    Repeated {
        /// The revision.
        id: RevisionId,
    },
}

impl GraphError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::IllegalName { .. } | Self::EmptyName { .. } | Self::ReservedName { .. } => {
                "a name may have letters, digits, `_` and `.`, as in `e517276bb1c2`".to_owned()
            }
            Self::IdTooLong { .. } => "shorten it here and where other revisions name it".to_owned(),
            Self::Duplicate { .. } => {
                "give one of them another id, or remove the copy".to_owned()
            }
            Self::MissingParent { nearest, .. }
            | Self::MissingDependency { nearest, .. }
            | Self::Unknown { nearest, .. }
                if !nearest.is_empty() =>
            {
                format!("did you mean {}?", list(nearest, "or"))
            }
            Self::MissingParent { parent: name, .. }
            | Self::MissingDependency { dependency: name, .. } => {
                format!("bring back the file of `{name}`, or name a revision that exists")
            }
            Self::RepeatedParent { .. } | Self::Repeated { .. } => "name it once".to_owned(),
            Self::SelfLoop { dependency: true, .. } => {
                "name a revision of another line, or none".to_owned()
            }
            Self::SelfLoop { .. } => "name the revision that comes before it, or none".to_owned(),
            Self::Cycle { ids, .. } => match ids.first() {
                Some(id) => format!("one of them, perhaps `{id}`, must come after something else"),
                None => return None,
            },
            Self::ReplacedExists { ids, .. } => match ids.len() {
                1 => "remove the file: version control keeps it".to_owned(),
                _ => "remove the files: version control keeps them".to_owned(),
            },
            Self::ReplacesItself { .. } => "take it out of `replaces`".to_owned(),
            Self::ReplacedTwice { .. } => {
                "one of them must go; version control has what was there before".to_owned()
            }
            Self::InnerReplaced { by, dependency: false, .. } => {
                format!("let it come after `{by}`: `down_revision = [\"{by}\"]`")
            }
            Self::InnerReplaced { by, .. } => format!("let it depend on `{by}`"),
            Self::Replaced { by, .. } => format!("`db show {by}` shows what does its work"),
            Self::Inside { by, last, .. } => format!(
                "bring back the files that `{by}` replaces from version control, without that of \
                 `{by}`, run `db upgrade {last}`, and go on with the files as they are now"
            ),
            Self::ManyEnds { .. } => "name one of them as the end: `db squash START:END`".to_owned(),
            Self::NeedsInner { inner, .. } => {
                format!("end the run at `{inner}` or begin it later, or squash what lies beside it too")
            }
            Self::TooShort { .. } => "`db history` shows the revisions there are".to_owned(),
            Self::DuplicateLabel { .. } => {
                "state it on one; all that come after it have it too".to_owned()
            }
            Self::LabelIsRevision { .. } => "choose another label".to_owned(),
            Self::Unknown { .. } => "`db history` shows the revisions there are".to_owned(),
            Self::Ambiguous { .. } => "write more of it".to_owned(),
            Self::ManyHeads { .. } => {
                "name one of them, say `heads` where all are meant, or join them with `db merge heads` \
                 or `db rebase`"
                    .to_owned()
            }
            Self::NotInBranch { id, .. } => format!("`db show {id}` shows the branches it is in"),
            Self::ManyStarts { choices, .. } => format!("say {}", list(choices, "or")),
            Self::AmbiguousWalk { .. } => {
                "name the revision itself, or stay in one line as with `label@+1`".to_owned()
            }
            Self::RelativeTooFar { .. } => {
                "`db history` shows the revisions, `db current` where the database stands".to_owned()
            }
            Self::WrongWay { target, direction: Direction::Upgrade } => {
                format!("`db downgrade {target}` goes down")
            }
            Self::WrongWay { target, direction: Direction::Downgrade } => {
                format!("`db upgrade {target}` goes up")
            }
            Self::NotApplied { .. } => "`db current` shows where the database stands".to_owned(),
            Self::NotAncestor { .. } => {
                "the older end comes first, and both are in one line".to_owned()
            }
            Self::FloatingRange { .. } => "name one of them".to_owned(),
            Self::Overlap { above, current: true, .. } => {
                format!("`db stamp {}` leaves the rows that are needed", above.join(" "))
            }
            Self::Overlap { .. } => "name only the upper one".to_owned(),
            Self::UnknownHead { .. } => {
                "another folder or a newer version of this one wrote it: bring its file back, or \
                 say where the database really stands with `db stamp --purge`"
                    .to_owned()
            }
            Self::NotHead { .. } => "`--splice` starts a branch there".to_owned(),
        })
    }

    /// The stretches of files that make it; none if it is not about files.
    pub fn places(&self) -> &[Place] {
        match self {
            Self::IllegalName { places, .. }
            | Self::EmptyName { places }
            | Self::ReservedName { places, .. }
            | Self::IdTooLong { places, .. }
            | Self::Duplicate { places, .. }
            | Self::MissingParent { places, .. }
            | Self::MissingDependency { places, .. }
            | Self::RepeatedParent { places, .. }
            | Self::SelfLoop { places, .. }
            | Self::Cycle { places, .. }
            | Self::DuplicateLabel { places, .. }
            | Self::LabelIsRevision { places, .. }
            | Self::ReplacedExists { places, .. }
            | Self::ReplacesItself { places, .. }
            | Self::ReplacedTwice { places, .. }
            | Self::InnerReplaced { places, .. }
            | Self::NeedsInner { places, .. } => places,
            Self::Unknown { .. }
            | Self::Ambiguous { .. }
            | Self::ManyHeads { .. }
            | Self::NotInBranch { .. }
            | Self::ManyStarts { .. }
            | Self::AmbiguousWalk { .. }
            | Self::RelativeTooFar { .. }
            | Self::WrongWay { .. }
            | Self::NotApplied { .. }
            | Self::NotAncestor { .. }
            | Self::FloatingRange { .. }
            | Self::Overlap { .. }
            | Self::UnknownHead { .. }
            | Self::NotHead { .. }
            | Self::Replaced { .. }
            | Self::Inside { .. }
            | Self::ManyEnds { .. }
            | Self::TooShort { .. }
            | Self::Repeated { .. } => &[],
        }
    }
}
