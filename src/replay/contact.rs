//! Where operations of two lines meet, and whether their order matters there.

use super::footprint::Footprint;
use super::touch::{How, Thing, Touch};

/// Why the order of two lines matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// Both make it: the second one finds it there.
    BothMake,
    /// Both remove it, by dropping it or by giving it another name: the second one misses it.
    BothRemove,
    /// One makes it and the other one removes it.
    MadeAndRemoved,
    /// One removes it and the other one needs it.
    Removed,
    /// One makes it and the other one needs it.
    Made,
    /// Both change it, and not into the same.
    BothChange,
    /// One changes what it holds, and the other one builds on that.
    Changed,
    /// Both add a row with the same key.
    SameRow,
    /// One adds rows that the other one does not allow.
    RowsRefused,
    /// Together they leave a table without a column that holds something.
    NothingLeft,
    /// What one does does not fit the schema behind the other one.
    DoesNotFit,
    /// The schema is another one behind the other order.
    EndsDiffer,
}

impl Clash {
    /// The word for programs: `both_make`.
    pub fn word(self) -> &'static str {
        match self {
            Clash::BothMake => "both_make",
            Clash::BothRemove => "both_remove",
            Clash::MadeAndRemoved => "made_and_removed",
            Clash::Removed => "removed",
            Clash::Made => "made",
            Clash::BothChange => "both_change",
            Clash::Changed => "changed",
            Clash::SameRow => "same_row",
            Clash::RowsRefused => "rows_refused",
            Clash::NothingLeft => "nothing_left",
            Clash::DoesNotFit => "does_not_fit",
            Clash::EndsDiffer => "ends_differ",
        }
    }

    /// The clash in a sentence, with `what` it is about.
    pub(super) fn sentence(self, what: &str) -> String {
        match self {
            Clash::BothMake => format!("both make {what}"),
            Clash::BothRemove => format!("both drop or rename {what}"),
            Clash::MadeAndRemoved => format!("one makes {what}, the other one drops or renames it"),
            Clash::Removed => format!("one drops or renames {what}, the other one needs it"),
            Clash::Made => format!("one makes {what}, the other one needs it"),
            Clash::BothChange => format!("both change {what}"),
            Clash::Changed => format!("one changes {what}, the other one builds on it"),
            Clash::SameRow => format!("both add {what}"),
            Clash::RowsRefused => {
                format!("one adds rows without {what}, the other one asks for it")
            }
            Clash::NothingLeft => format!("together they leave no column of {what}"),
            Clash::DoesNotFit => "one does not fit behind the other one".to_owned(),
            Clash::EndsDiffer => "the schema is another one in the other order".to_owned(),
        }
    }
}

/// A thing at which two operations clash.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contact {
    pub(super) clash: Clash,
    pub(super) thing: Thing,
    /// The thing, for a person.
    pub(super) what: String,
}

/// Where two operations clash. `same` says that they are one and the same change.
pub(super) fn contacts(left: &Footprint, right: &Footprint, same: bool) -> Vec<Contact> {
    let mut found = Vec::new();
    for a in &left.touches {
        for b in right.touches.iter().filter(|b| a.thing == b.thing) {
            let Some(clash) = clash(a.how, b.how, same) else { continue };
            // Each takes away an index of its own; it is the keys that need one that care.
            if clash == Clash::BothRemove && matches!(a.thing, Thing::Uniqueness(..)) {
                continue;
            }
            let named = if is_lead(b.how) { b } else { a };
            found.push(contact(clash, named));
        }
    }
    found.extend(in_words(left, right));
    found.extend(in_words(right, left));
    found
}

fn contact(clash: Clash, touch: &Touch) -> Contact {
    Contact { clash, thing: touch.thing.clone(), what: touch.what.clone() }
}

/// Whether the thing is best called as the one who does this calls it.
fn is_lead(how: How) -> bool {
    matches!(how, How::Makes | How::Removes | How::Changes | How::Retypes | How::Nulls)
}

fn clash(a: How, b: How, same: bool) -> Option<Clash> {
    use How::*;
    match (a, b) {
        (Makes, Makes) => Some(Clash::BothMake),
        (Removes, Removes) => Some(Clash::BothRemove),
        (Makes, Removes) | (Removes, Makes) => Some(Clash::MadeAndRemoved),
        (Removes, _) | (_, Removes) => Some(Clash::Removed),
        (Makes, Mentions) | (Mentions, Makes) => None,
        (Makes, _) | (_, Makes) => Some(Clash::Made),
        // The second one finds what it wants.
        (Changes, Changes) if same => None,
        (Changes, Changes) => Some(Clash::BothChange),
        (Retypes, NeedsAsIs | Keys | Mentions) | (NeedsAsIs | Keys | Mentions, Retypes) => {
            Some(Clash::Changed)
        }
        (Nulls, Keys) | (Keys, Nulls) => Some(Clash::Changed),
        (Keys, Keys)
        | (
            Changes | Retypes | Nulls | Keys | NeedsAsIs | Needs | Mentions,
            Changes | Retypes | Nulls | Keys | NeedsAsIs | Needs | Mentions,
        ) => None,
    }
}

/// Where SQL of one operation names what the other one removes or, if the database keeps the SQL,
/// changes.
fn in_words(reader: &Footprint, other: &Footprint) -> Vec<Contact> {
    let Some(words) = &reader.words else { return Vec::new() };
    let names = |name: &String| words.names.contains(name);
    let is_named = |thing: &Thing| match thing {
        Thing::Relation((_, name)) => names(name),
        Thing::Column((_, table), column) => names(table) && names(column),
        _ => false,
    };
    let clash = |how: How| match how {
        How::Removes => Some(Clash::Removed),
        How::Retypes if words.is_kept => Some(Clash::Changed),
        _ => None,
    };
    let found = other.touches.iter().filter(|touch| is_named(&touch.thing));
    found.filter_map(|touch| Some(contact(clash(touch.how)?, touch))).collect()
}
