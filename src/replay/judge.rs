use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::act::{Act, Upgrade, dialects, text_of};
use super::contact::{Clash, Contact, contacts};
use super::footprint::{Footprint, Key, Thing, key};
use super::rows::{Rows, rows};
use super::schema_of::{Misfit, Replay, replay};
use crate::diff::diff;
use crate::graph::RevisionId;
use crate::operation::{self, Operation, TableChange};
use crate::schema::{ApplyError, Column, Schema, Table};

/// One of two lines that come after the same history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The revision at its end.
    pub head: RevisionId,
    /// Its revisions, in order.
    pub upgrades: Vec<Upgrade>,
}

/// Whether it matters which of two lines runs first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Where it does.
    pub collisions: Vec<Collision>,
    /// What each order ends in, where that differs.
    pub outcomes: Vec<Outcome>,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
}

/// Operations of two lines whose order matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Collision {
    /// Why it does.
    pub clash: Clash,
    /// What it is about, for a person: `column 'user.email'`.
    pub what: String,
    /// The operations of the one line.
    pub left: Vec<Act>,
    /// The operations of the other line.
    pub right: Vec<Act>,
    /// The dialects on which they meet; none are all.
    pub dialects: Vec<String>,
}

/// What comes of an order of two lines.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An operation does not fit behind the other line.
    Fails {
        /// The operation.
        act: Act,
        /// The end of the other line.
        after: RevisionId,
        /// Why.
        error: ApplyError,
    },
    /// The schema ends otherwise.
    Differs {
        /// The end of the line that runs first.
        first: RevisionId,
        /// The end of the line that runs behind it.
        second: RevisionId,
        /// What leads from the end of the other order to the end of this one.
        changes: Vec<String>,
    },
}

/// Something in one of the lines that could not be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct NotJudged {
    /// The first operation of its kind in its revision.
    pub act: Act,
    /// Why not.
    pub why: Why,
}

/// Why an operation could not be judged.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It is SQL, which may do anything.
    RawSql,
    /// It is a program, which may do anything.
    Program,
    /// It does not fit what comes before it in its own line, so something there was not seen.
    Misfit(ApplyError),
    /// It is about rows, and whether they get in the way of the other line shows only in a
    /// database.
    Rows,
}

impl Judgement {
    /// Whether the two lines lead to the same schema in any order.
    pub fn commutes(&self) -> bool {
        self.collisions.is_empty()
    }
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clash.sentence(&self.what))?;
        match self.dialects.is_empty() {
            true => Ok(()),
            false => write!(f, " (on {} only)", self.dialects.join(", ")),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Fails { act, after, error } => {
                let what = act.describe().join(", ");
                write!(f, "with {after} first, {} fails: {error} ({what})", act.revision)
            }
            Outcome::Differs { first, second, changes } => write!(
                f,
                "with {second} last and not {first}, the schema ends otherwise: {}",
                changes.join(", ")
            ),
        }
    }
}

impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::RawSql => write!(f, "raw SQL in {}", self.act.revision),
            Why::Program => {
                write!(f, "{} in {}", self.act.describe().join(", "), self.act.revision)
            }
            Why::Misfit(error) => {
                write!(f, "{} in {}: {error}", self.act.describe().join(", "), self.act.revision)
            }
            Why::Rows => {
                write!(f, "{} in {}", self.act.describe().join(", "), self.act.revision)
            }
        }
    }
}

/// Judges whether it matters which of two lines runs first, behind `shared`, in any dialect that
/// their operations tell apart.
pub fn judge(shared: &[Upgrade], left: &Side, right: &Side) -> Judgement {
    let all = || shared.iter().chain(&left.upgrades).chain(&right.upgrades);
    let dialects = dialects(all());
    let mut judgement = Judgement::default();
    let mut met: Vec<(Collision, Vec<String>)> = Vec::new();
    for dialect in &dialects {
        let base = replay(Schema::default(), shared, dialect.as_deref()).schema;
        let found = Meeting::new(&base, left, right, dialect.as_deref()).judge();
        let name = dialect.clone().unwrap_or_else(|| "others".to_owned());
        for collision in found.collisions {
            match met.iter_mut().find(|(it, _)| *it == collision) {
                Some((_, on)) => on.push(name.clone()),
                None => met.push((collision, vec![name.clone()])),
            }
        }
        add_new(&mut judgement.outcomes, found.outcomes);
        add_new(&mut judgement.not_judged, found.not_judged);
    }
    judgement.collisions = met
        .into_iter()
        .map(|(collision, on)| match on.len() == dialects.len() {
            true => collision,
            false => Collision { dialects: on, ..collision },
        })
        .collect();
    judgement
}

fn add_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for it in more {
        if !all.contains(&it) {
            all.push(it);
        }
    }
}

/// The acts of one line with what they touch.
struct Acts {
    head: RevisionId,
    acts: Vec<Act>,
    footprints: Vec<Footprint>,
    /// The schema behind the line, and what does not fit it.
    own: Replay,
}

impl Acts {
    fn new(base: &Schema, side: &Side, dialect: Option<&str>) -> Acts {
        let acts: Vec<Act> = side.upgrades.iter().flat_map(|it| it.acts(dialect)).collect();
        let mut own = Replay { schema: base.clone(), ..Replay::default() };
        own.carry_out(acts.iter().cloned());
        let footprint = |act: &Act| Footprint::of(&act.operation, dialect);
        let footprints = acts.iter().map(footprint).collect();
        Acts { head: side.head.clone(), acts, footprints, own }
    }

    /// What does not fit behind the other line, and did without it.
    fn misfits_behind(&self, other: &Acts) -> (Schema, Vec<Misfit>) {
        let mut replay = Replay { schema: other.own.schema.clone(), ..Replay::default() };
        replay.carry_out(self.acts.iter().cloned());
        let is_new = |misfit: &Misfit| !self.own.misfits.iter().any(|it| it.act == misfit.act);
        (replay.schema, replay.misfits.into_iter().filter(is_new).collect())
    }

    fn at(&self, places: &BTreeSet<usize>) -> Vec<Act> {
        places.iter().filter_map(|at| self.acts.get(*at)).cloned().collect()
    }

    /// The changes of a table with the places of their acts.
    fn changes<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = (usize, &'a TableChange)> {
        self.acts.iter().enumerate().flat_map(move |(at, act)| {
            let changes = match &act.operation {
                Operation::AlterTable { table: name, changes } if *name == table.name => {
                    &changes[..]
                }
                _ => &[],
            };
            changes.iter().map(move |change| (at, change))
        })
    }

    /// The columns of a table that are still there behind the line and hold something, by the
    /// names that they had before.
    fn kept<'a>(&'a self, table: &'a Table) -> BTreeSet<&'a str> {
        let holds = |it: &&Column| it.generated.is_none();
        let columns = table.columns.iter().filter(holds).map(|it| it.name.as_str());
        let mut names: Vec<(&str, &str)> = columns.map(|name| (name, name)).collect();
        for (_, change) in self.changes(table) {
            match change {
                TableChange::RenameColumn { from, to } => {
                    let renamed = names.iter_mut().filter(|(_, now)| now == from);
                    renamed.for_each(|(_, now)| *now = to);
                }
                TableChange::DropColumn(it) => names.retain(|(_, now)| *now != it.name),
                TableChange::AlterColumn { to, .. } if to.generated.is_some() => {
                    names.retain(|(_, now)| *now != to.name);
                }
                _ => {}
            }
        }
        names.into_iter().map(|(before, _)| before).collect()
    }

    /// The places of the acts that take columns from a table.
    fn drops(&self, table: &Table) -> BTreeSet<usize> {
        let takes = |change: &TableChange| match change {
            TableChange::DropColumn(_) => true,
            TableChange::AlterColumn { to, .. } => to.generated.is_some(),
            _ => false,
        };
        self.changes(table).filter(|(_, change)| takes(change)).map(|(at, _)| at).collect()
    }

    /// The places of the acts that are about one of `tables`; of all where there is none.
    fn about(&self, tables: &BTreeSet<Key>) -> BTreeSet<usize> {
        let is_about =
            |footprint: &Footprint| footprint.table.as_ref().is_some_and(|it| tables.contains(it));
        let found: BTreeSet<usize> =
            (0..self.acts.len()).filter(|at| is_about(&self.footprints[*at])).collect();
        if found.is_empty() { (0..self.acts.len()).collect() } else { found }
    }
}

/// Two lines that meet in one dialect.
struct Meeting<'a> {
    base: &'a Schema,
    left: Acts,
    right: Acts,
    dialect: Option<&'a str>,
}

/// The acts that clash over one thing.
struct Group {
    clash: Clash,
    what: String,
    left: BTreeSet<usize>,
    right: BTreeSet<usize>,
}

impl<'a> Meeting<'a> {
    fn new(base: &'a Schema, left: &Side, right: &Side, dialect: Option<&'a str>) -> Meeting<'a> {
        let left = Acts::new(base, left, dialect);
        let right = Acts::new(base, right, dialect);
        Meeting { base, left, right, dialect }
    }

    fn judge(&self) -> Judgement {
        let mut groups = self.contacts();
        let (row_groups, unknown) = self.rows();
        groups.extend(row_groups);
        groups.extend(self.emptied());
        let outcomes = self.outcomes(&mut groups);
        let mut collisions: Vec<Collision> = Vec::new();
        for group in groups {
            let (left, right) = (self.left.at(&group.left), self.right.at(&group.right));
            // Two columns swap their names: one pair of operations, and one collision.
            if collisions.iter().any(|it| it.left == left && it.right == right) {
                continue;
            }
            let (clash, what) = (group.clash, group.what);
            collisions.push(Collision { clash, what, left, right, dialects: Vec::new() });
        }
        Judgement { collisions, outcomes, not_judged: self.not_judged(unknown) }
    }

    /// Where acts of the two lines touch one thing.
    fn contacts(&self) -> Vec<Group> {
        let mut found: Vec<(Contact, usize, usize)> = Vec::new();
        for (l, r) in self.neighbours() {
            let same = self.left.acts[l].operation == self.right.acts[r].operation;
            let contacts = contacts(&self.left.footprints[l], &self.right.footprints[r], same);
            found.extend(contacts.into_iter().map(|contact| (contact, l, r)));
        }
        let contested: BTreeSet<Key> = found.iter().filter_map(|it| contested(&it.0)).collect();
        let is_within = |contact: &Contact, l: usize, r: usize| {
            let tables = (&self.left.footprints[l].table, &self.right.footprints[r].table);
            let (Some(a), Some(b)) = tables else { return false };
            a == b && contested.contains(a) && contact.thing != Thing::Relation(a.clone())
        };
        let mut groups: BTreeMap<Thing, Group> = BTreeMap::new();
        for (contact, l, r) in found {
            if is_within(&contact, l, r) {
                continue;
            }
            let Contact { clash, thing, what } = contact;
            let new = || Group { clash, what, left: BTreeSet::new(), right: BTreeSet::new() };
            let group = groups.entry(thing).or_insert_with(new);
            // What makes the thing collide first says enough.
            if clash < group.clash {
                group.clash = clash;
                group.left.clear();
                group.right.clear();
            }
            if clash == group.clash {
                group.left.insert(l);
                group.right.insert(r);
            }
        }
        let mut groups: Vec<Group> = groups.into_values().collect();
        groups.sort_by_key(|group| group.left.first().copied());
        groups
    }

    /// The pairs of acts that may meet: those that touch one thing, and those of which one holds
    /// SQL.
    fn neighbours(&self) -> BTreeSet<(usize, usize)> {
        let mut places: BTreeMap<&Thing, Vec<usize>> = BTreeMap::new();
        for (r, footprint) in self.right.footprints.iter().enumerate() {
            footprint.touches.iter().for_each(|it| places.entry(&it.thing).or_default().push(r));
        }
        let mut pairs = BTreeSet::new();
        for (l, footprint) in self.left.footprints.iter().enumerate() {
            let met = footprint.touches.iter().filter_map(|it| places.get(&it.thing));
            pairs.extend(met.flatten().map(|r| (l, *r)));
        }
        let with_words = |acts: &Acts| -> Vec<usize> {
            (0..acts.acts.len()).filter(|at| acts.footprints[*at].words.is_some()).collect()
        };
        for l in with_words(&self.left) {
            pairs.extend((0..self.right.acts.len()).map(|r| (l, r)));
        }
        for r in with_words(&self.right) {
            pairs.extend((0..self.left.acts.len()).map(|l| (l, r)));
        }
        pairs
    }

    /// What becomes of rows; also the acts that add rows of which that cannot be said.
    fn rows(&self) -> (Vec<Group>, Vec<Act>) {
        let (mut groups, mut unknown) = (Vec::new(), Vec::new());
        let is_insert = |act: &Act| matches!(act.operation, Operation::Insert { .. });
        for (l, a) in self.left.acts.iter().enumerate() {
            for (r, b) in self.right.acts.iter().enumerate() {
                if !is_insert(a) && !is_insert(b) {
                    continue;
                }
                match rows(&a.operation, &b.operation, self.base) {
                    Some(Rows::Clash(clash, what)) => {
                        let (left, right) = (BTreeSet::from([l]), BTreeSet::from([r]));
                        groups.push(Group { clash, what, left, right });
                    }
                    Some(Rows::Unknown) => {
                        unknown.extend([a, b].into_iter().filter(|it| is_insert(it)).cloned());
                    }
                    None => {}
                }
            }
        }
        (groups, unknown)
    }

    /// The tables of which each line drops some columns, and both together all: no database has a
    /// table without one.
    fn emptied(&self) -> Vec<Group> {
        let mut groups = Vec::new();
        for table in &self.base.tables {
            let kept = self.left.kept(table);
            let is_left = self.right.kept(table).iter().any(|column| kept.contains(column));
            let (left, right) = (self.left.drops(table), self.right.drops(table));
            if !is_left && !left.is_empty() && !right.is_empty() {
                let what = format!("table '{}'", table.name);
                groups.push(Group { clash: Clash::NothingLeft, what, left, right });
            }
        }
        groups
    }

    /// What each order ends in. What does not fit there and was not seen to collide does so now.
    fn outcomes(&self, groups: &mut Vec<Group>) -> Vec<Outcome> {
        let (right_last, right_misfits) = self.right.misfits_behind(&self.left);
        let (left_last, left_misfits) = self.left.misfits_behind(&self.right);
        let mut outcomes = Vec::new();
        for (second, first, misfits, is_left) in [
            (&self.right, &self.left, right_misfits, false),
            (&self.left, &self.right, left_misfits, true),
        ] {
            for Misfit { act, error } in misfits {
                let at = second.acts.iter().position(|it| *it == act);
                if !at.is_some_and(|at| self.unfit(groups, at, is_left)) {
                    continue;
                }
                outcomes.push(Outcome::Fails { act, after: first.head.clone(), error });
            }
        }
        outcomes.extend(self.difference(groups, left_last, right_last));
        outcomes
    }

    /// Makes a collision of an act that does not fit behind the other line, unless it is in one.
    fn unfit(&self, groups: &mut Vec<Group>, at: usize, is_left: bool) -> bool {
        let is_known = |group: &Group| match is_left {
            true => group.left.contains(&at),
            false => group.right.contains(&at),
        };
        if groups.iter().any(is_known) {
            return false;
        }
        let (own, other) =
            if is_left { (&self.left, &self.right) } else { (&self.right, &self.left) };
        let alone = BTreeSet::from([at]);
        let others = other.about(&own.footprints[at].table.iter().cloned().collect());
        let (left, right) = if is_left { (alone, others) } else { (others, alone) };
        groups.push(Group { clash: Clash::DoesNotFit, what: String::new(), left, right });
        true
    }

    /// How the schemas behind the two orders differ.
    fn difference(
        &self,
        groups: &mut Vec<Group>,
        left_last: Schema,
        right_last: Schema,
    ) -> Option<Outcome> {
        let (left_last, right_last) = (in_any_order(left_last), in_any_order(right_last));
        if left_last == right_last {
            return None;
        }
        let operations = diff(&left_last, &right_last);
        let mut changes = operation::describe(&operations);
        if changes.is_empty() {
            changes.push("a change that has no words".to_owned());
        }
        if groups.is_empty() {
            let of = |schema: &Schema, other: &Schema| -> Vec<Key> {
                let tables = schema.tables.iter().filter(|it| other.table(&it.name) != Some(*it));
                tables.map(|table| key(&table.name)).collect()
            };
            let tables = of(&left_last, &right_last).into_iter().chain(of(&right_last, &left_last));
            let tables: BTreeSet<Key> = tables.collect();
            let (left, right) = (self.left.about(&tables), self.right.about(&tables));
            groups.push(Group { clash: Clash::EndsDiffer, what: String::new(), left, right });
        }
        let (first, second) = (self.left.head.clone(), self.right.head.clone());
        Some(Outcome::Differs { first, second, changes })
    }

    fn not_judged(&self, rows: Vec<Act>) -> Vec<NotJudged> {
        let mut found: Vec<NotJudged> = Vec::new();
        let why = |act: &Act| match &act.operation {
            Operation::Execute(sql) => text_of(sql, self.dialect).map(|_| Why::RawSql),
            Operation::Run { .. } => Some(Why::Program),
            _ => None,
        };
        for side in [&self.left, &self.right] {
            for act in &side.acts {
                let Some(why) = why(act) else { continue };
                let is_said = |it: &NotJudged| {
                    it.act.revision == act.revision && it.why == why && why == Why::RawSql
                };
                if !found.iter().any(is_said) {
                    found.push(NotJudged { act: act.clone(), why });
                }
            }
            for Misfit { act, error } in &side.own.misfits {
                found.push(NotJudged { act: act.clone(), why: Why::Misfit(error.clone()) });
            }
        }
        add_new(
            &mut found,
            rows.into_iter().map(|act| NotJudged { act, why: Why::Rows }).collect(),
        );
        found
    }
}

/// The table that is there or not depending on the order.
fn contested(contact: &Contact) -> Option<Key> {
    match (&contact.thing, contact.clash) {
        (Thing::Relation(key), clash) if clash <= Clash::Made => Some(key.clone()),
        _ => None,
    }
}

/// The schema with everything in the order of its name, the columns of tables too: where a column
/// stands few databases can change, and no comparison asks for it.
fn in_any_order(mut schema: Schema) -> Schema {
    schema.sort();
    for table in &mut schema.tables {
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
    }
    schema
}
