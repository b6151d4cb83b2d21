use std::collections::{BTreeMap, BTreeSet};

use super::act::{Act, Upgrade, dialects, text_of};
use super::contact::{Clash, Contact, contacts};
use super::judgement::{Collision, Judgement, NotJudged, Outcome, Why};
use super::line::{Line, Side};
use super::rows::{Rows, rows};
use super::schema_of::{Misfit, replay};
use super::touch::{Key, Thing, key};
use crate::diff::diff;
use crate::operation::{self, Operation, TableChange};
use crate::schema::Schema;

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

/// Two lines that meet in one dialect.
struct Meeting<'a> {
    base: &'a Schema,
    left: Line,
    right: Line,
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
        let left = Line::new(base, left, dialect);
        let right = Line::new(base, right, dialect);
        Meeting { base, left, right, dialect }
    }

    fn judge(&self) -> Judgement {
        let (mut groups, contested) = self.contacts();
        let (row_groups, unknown) = self.rows();
        groups.extend(row_groups);
        groups.extend(self.emptied());
        let outcomes = self.outcomes(&mut groups, &contested);
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

    /// Where acts of the two lines touch one thing; also the tables that are there or not depending
    /// on the order. What is within one of these is not told beside it.
    fn contacts(&self) -> (Vec<Group>, BTreeSet<Key>) {
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
        (groups, contested)
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
        let with_words = |line: &Line| -> Vec<usize> {
            (0..line.acts.len()).filter(|at| line.footprints[*at].words.is_some()).collect()
        };
        for l in with_words(&self.left) {
            pairs.extend((0..self.right.acts.len()).map(|r| (l, r)));
        }
        for r in with_words(&self.right) {
            pairs.extend((0..self.left.acts.len()).map(|l| (l, r)));
        }
        pairs
    }

    /// What becomes of rows; also the acts on rows of which that cannot be said.
    fn rows(&self) -> (Vec<Group>, Vec<Act>) {
        let (mut groups, mut unknown) = (Vec::new(), Vec::new());
        let is_of_rows =
            |act: &Act| matches!(act.operation, Operation::Insert { .. } | Operation::Fill { .. });
        for (l, a) in self.left.acts.iter().enumerate() {
            for (r, b) in self.right.acts.iter().enumerate() {
                if !is_of_rows(a) && !is_of_rows(b) {
                    continue;
                }
                match rows(&a.operation, &b.operation, self.base) {
                    Some(Rows::Clash(clash, what)) => {
                        let (left, right) = (BTreeSet::from([l]), BTreeSet::from([r]));
                        groups.push(Group { clash, what, left, right });
                    }
                    Some(Rows::Unknown) => {
                        unknown.extend([a, b].into_iter().filter(|it| is_of_rows(it)).cloned());
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
    fn outcomes(&self, groups: &mut Vec<Group>, contested: &BTreeSet<Key>) -> Vec<Outcome> {
        let (right_last, right_misfits) = self.right.misfits_behind(&self.left);
        let (left_last, left_misfits) = self.left.misfits_behind(&self.right);
        let fits = right_misfits.is_empty() && left_misfits.is_empty();
        let mut outcomes = Vec::new();
        for (second, first, misfits, is_left) in [
            (&self.right, &self.left, right_misfits, false),
            (&self.left, &self.right, left_misfits, true),
        ] {
            for Misfit { act, error } in misfits {
                let at = second.acts.iter().position(|it| *it == act);
                let at = at.filter(|at| !second.is_about(*at, contested));
                if at.is_some_and(|at| self.unfit(groups, at, is_left)) {
                    outcomes.push(Outcome::Fails { act, after: first.head.clone(), error });
                }
            }
        }
        let (left_last, right_last) = (in_any_order(left_last), in_any_order(right_last));
        if left_last != right_last {
            let mut operations = diff(&left_last, &right_last);
            if !fits || !contested.is_empty() {
                // What one of the two orders never comes to is no difference.
                operations.retain_mut(|operation| is_of_both(operation, contested));
            }
            outcomes.extend(self.difference(&operations));
            if groups.is_empty() {
                groups.push(self.unexplained(&left_last, &right_last));
            }
        }
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

    /// What leads from the schema in which the left line runs last to the other one.
    fn difference(&self, operations: &[Operation]) -> Option<Outcome> {
        let changes = operation::describe(operations);
        let (first, second) = (self.left.head.clone(), self.right.head.clone());
        (!changes.is_empty()).then_some(Outcome::Differs { first, second, changes })
    }

    /// The collision of lines that end otherwise in the other order, for a reason that no two of
    /// their operations show.
    fn unexplained(&self, left_last: &Schema, right_last: &Schema) -> Group {
        let of = |schema: &Schema, other: &Schema| -> Vec<Key> {
            let tables = schema.tables.iter().filter(|it| other.table(&it.name) != Some(*it));
            tables.map(|table| key(&table.name)).collect()
        };
        let tables = of(left_last, right_last).into_iter().chain(of(right_last, left_last));
        let tables: BTreeSet<Key> = tables.collect();
        let (left, right) = (self.left.about(&tables), self.right.about(&tables));
        Group { clash: Clash::EndsDiffer, what: String::new(), left, right }
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

/// Leaves of an operation what changes something that is there in both orders; whether anything is
/// left.
fn is_of_both(operation: &mut Operation, contested: &BTreeSet<Key>) -> bool {
    match operation {
        Operation::Replace { .. } | Operation::AlterEnum { .. } => true,
        Operation::AlterTable { table, changes } if !contested.contains(&key(table)) => {
            changes.retain(|change| {
                matches!(
                    change,
                    TableChange::AlterColumn { .. }
                        | TableChange::SetComment { .. }
                        | TableChange::SetOption { .. }
                )
            });
            !changes.is_empty()
        }
        _ => false,
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
