//! In which order tables are created, changed and dropped.
//!
//! One group of changes a table, so that a database which must build it anew does so once. New
//! tables come first and dropped ones last, except where one needs another: a foreign key needs
//! the table it refers to, a table that goes or changes its keys needs those gone that refer to
//! it, and a name must be free before it is taken. Where tables need each other in a ring, a
//! foreign key or an index is parted from its table to break it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::operation::{Operation, TableChange};
use crate::schema::sql::tokens;
use crate::schema::{Name, OptionValue, Table};

/// What is to be done to one table.
#[derive(Debug)]
pub(super) struct Work<'a> {
    pub(super) name: &'a Name,
    /// The table to be created or dropped, without indexes and foreign keys.
    whole: Option<Whole>,
    /// What changes; for a new table what it gets, for an old one what it loses.
    pub(super) changes: Vec<TableChange>,
}

#[derive(Debug)]
enum Whole {
    Created(Table),
    Dropped(Table),
}

impl<'a> Work<'a> {
    pub(super) fn created(table: &'a Table) -> Work<'a> {
        let mut bare = table.clone();
        let keys = std::mem::take(&mut bare.foreign_keys).into_iter();
        let indexes = std::mem::take(&mut bare.indexes).into_iter();
        let changes =
            keys.map(TableChange::AddForeignKey).chain(indexes.map(TableChange::AddIndex));
        Work { name: &table.name, whole: Some(Whole::Created(bare)), changes: changes.collect() }
    }

    pub(super) fn altered(name: &'a Name, changes: Vec<TableChange>) -> Work<'a> {
        Work { name, whole: None, changes }
    }

    pub(super) fn dropped(table: &'a Table) -> Work<'a> {
        let created = Work::created(table);
        let changes = created.changes.iter().rev().map(TableChange::reverse).collect();
        let whole = match created.whole {
            Some(Whole::Created(bare)) => Some(Whole::Dropped(bare)),
            other => other,
        };
        Work { changes, whole, ..created }
    }

    pub(super) fn is_altered(&self) -> bool {
        self.whole.is_none()
    }

    fn is_created(&self) -> bool {
        matches!(self.whole, Some(Whole::Created(_)))
    }

    fn is_dropped(&self) -> bool {
        matches!(self.whole, Some(Whole::Dropped(_)))
    }

    /// Whether more changes than indexes and comments.
    pub(super) fn is_deep(&self) -> bool {
        let shallow = |change: &TableChange| {
            matches!(
                change,
                TableChange::AddIndex(_)
                    | TableChange::DropIndex(_)
                    | TableChange::SetComment { .. }
            )
        };
        self.whole.is_some() || !self.changes.iter().all(shallow)
    }

    /// Whether a foreign key to the table may need what is done to it, or be in its way.
    fn changes_keys(&self) -> bool {
        let keys = self.changes.iter().filter_map(|change| match change {
            TableChange::DropPrimaryKey(key) | TableChange::AddPrimaryKey(key) => {
                Some(&key.columns)
            }
            _ => None,
        });
        // A key that only gets another name stays what it is.
        let keys: Vec<_> = keys.collect();
        let key_stays = matches!(keys[..], [from, to] if from == to);
        let concerns = |change: &TableChange| match change {
            TableChange::DropPrimaryKey(_) | TableChange::AddPrimaryKey(_) => !key_stays,
            other => concerns_keys(other),
        };
        self.whole.is_some() || self.changes.iter().any(concerns)
    }

    /// The names that are free afterwards: of tables, of indexes, and of the keys behind which a
    /// database keeps an index.
    fn frees(&self) -> impl Iterator<Item = String> {
        let own = match &self.whole {
            Some(Whole::Dropped(table)) => names(table),
            _ => Vec::new(),
        };
        own.into_iter().chain(self.changes.iter().filter_map(freed)).map(str::to_lowercase)
    }

    /// The names that must be free before.
    fn takes(&self) -> impl Iterator<Item = String> {
        let own = match &self.whole {
            Some(Whole::Created(table)) => names(table),
            _ => Vec::new(),
        };
        let taken = self.changes.iter().filter_map(|change| match change {
            TableChange::AddIndex(index) => Some(index.name.as_str()),
            TableChange::AddPrimaryKey(key) => key.name.as_deref(),
            TableChange::AddUnique(unique) => unique.name.as_deref(),
            _ => None,
        });
        own.into_iter().chain(taken).map(str::to_lowercase)
    }

    /// The tables that new foreign keys refer to.
    fn refers(&self) -> impl Iterator<Item = &Name> {
        self.changes.iter().filter_map(|change| match change {
            TableChange::AddForeignKey(key) => Some(&key.table),
            _ => None,
        })
    }

    /// The tables that foreign keys which go refer to.
    fn referred(&self) -> impl Iterator<Item = &Name> {
        self.changes.iter().filter_map(|change| match change {
            TableChange::DropForeignKey(key) => Some(&key.table),
            _ => None,
        })
    }

    /// The names in the texts of the options that the table has from its beginning to its end: a
    /// part of another table, or an heir of it, says so there.
    fn mentions(&self) -> BTreeSet<String> {
        let (Some(Whole::Created(table)) | Some(Whole::Dropped(table))) = &self.whole else {
            return BTreeSet::new();
        };
        let texts = table.options.values().filter_map(|value| match value {
            OptionValue::Text(text) => Some(text),
            OptionValue::Boolean(_) | OptionValue::Integer(_) => None,
        });
        texts.flat_map(|text| tokens(text)).filter_map(|token| token.name()).collect()
    }

    /// Parts what `wanted` picks from the rest.
    fn part(&mut self, wanted: impl Fn(&TableChange) -> bool) -> Vec<TableChange> {
        self.changes.extract_if(.., |change| wanted(change)).collect()
    }

    fn operations(self) -> Vec<Operation> {
        let Work { name, whole, changes } = self;
        let mut ops = Vec::new();
        match whole {
            None => push_changes(&mut ops, name, changes),
            Some(Whole::Created(mut table)) => {
                let mut rest = Vec::new();
                for change in changes {
                    match change {
                        TableChange::AddForeignKey(key) => table.foreign_keys.push(key),
                        other => rest.push(other),
                    }
                }
                ops.push(Operation::CreateTable(table));
                push_changes(&mut ops, name, rest);
            }
            Some(Whole::Dropped(mut table)) => {
                let mut rest = Vec::new();
                for change in changes.into_iter() {
                    match change {
                        TableChange::DropForeignKey(key) => table.foreign_keys.insert(0, key),
                        other => rest.push(other),
                    }
                }
                push_changes(&mut ops, name, rest);
                ops.push(Operation::DropTable(table));
            }
        }
        ops
    }
}

/// The name of a table, and those of its keys.
fn names(table: &Table) -> Vec<&str> {
    let key = table.primary_key.iter().filter_map(|it| it.name.as_deref());
    let uniques = table.uniques.iter().filter_map(|it| it.name.as_deref());
    std::iter::once(table.name.name.as_str()).chain(key).chain(uniques).collect()
}

/// The name of an index or a key that goes.
fn freed(change: &TableChange) -> Option<&str> {
    match change {
        TableChange::DropIndex(index) => Some(&index.name),
        TableChange::DropPrimaryKey(key) => key.name.as_deref(),
        TableChange::DropUnique(unique) => unique.name.as_deref(),
        _ => None,
    }
}

fn concerns_keys(change: &TableChange) -> bool {
    match change {
        TableChange::DropUnique(_)
        | TableChange::DropPrimaryKey(_)
        | TableChange::RenameColumn { .. }
        | TableChange::DropColumn(_)
        | TableChange::AlterColumn { .. }
        | TableChange::AddColumn(_)
        | TableChange::AddPrimaryKey(_)
        | TableChange::AddUnique(_) => true,
        TableChange::DropIndex(index) | TableChange::AddIndex(index) => index.unique,
        TableChange::DropForeignKey(_)
        | TableChange::DropCheck(_)
        | TableChange::AddCheck(_)
        | TableChange::AddForeignKey(_)
        | TableChange::SetComment { .. }
        | TableChange::SetOption { .. } => false,
    }
}

/// The operations that do all the work.
pub(super) fn in_order(mut work: Vec<Work>) -> Vec<Operation> {
    work.sort_by_key(|it| (it.is_dropped(), !it.is_created(), it.name));
    let needs = needs(&work);
    let (order, broken) = needs_first(&needs);

    let mut early = Vec::new();
    let mut late = Vec::new();
    for (ahead, needed) in broken {
        let name = work[needed].name;
        let refers =
            |it: &TableChange| matches!(it, TableChange::AddForeignKey(key) if key.table == *name);
        let keys = work[ahead].part(refers);
        push_changes(&mut late, work[ahead].name, keys);
        let name = work[ahead].name;
        let takes: BTreeSet<String> = work[ahead].takes().collect();
        let first = work[needed].part(|it| match it {
            TableChange::DropForeignKey(key) => key.table == *name,
            other => freed(other).is_some_and(|it| takes.contains(&it.to_lowercase())),
        });
        push_changes(&mut early, work[needed].name, first);
    }

    let mut work: BTreeMap<usize, Work> = work.into_iter().enumerate().collect();
    let ordered = order.iter().filter_map(|at| work.remove(at)).flat_map(Work::operations);
    early.into_iter().chain(ordered.collect::<Vec<_>>()).chain(late).collect()
}

fn push_changes(ops: &mut Vec<Operation>, table: &Name, changes: Vec<TableChange>) {
    if !changes.is_empty() {
        ops.push(Operation::AlterTable { table: table.clone(), changes });
    }
}

/// For each piece of work those that must be done before it.
fn needs(work: &[Work]) -> Vec<BTreeSet<usize>> {
    // A table may be dropped and another of its name created: they are told apart by what a key
    // wants of them.
    let there: HashMap<&Name, usize> = (work.iter().enumerate())
        .filter(|(_, it)| !it.is_dropped())
        .map(|(at, it)| (it.name, at))
        .collect();
    let gone: HashMap<&Name, usize> = (work.iter().enumerate())
        .filter(|(_, it)| !it.is_created())
        .map(|(at, it)| (it.name, at))
        .collect();
    let mut freed: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, it) in work.iter().enumerate() {
        it.frees().for_each(|name| freed.entry(name).or_default().push(at));
    }
    let mut needs = vec![BTreeSet::new(); work.len()];
    let mut wholes_of: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); work.len()];
    for (at, it) in work.iter().enumerate() {
        let matters = |other: &usize| *other != at && work[*other].changes_keys();
        needs[at].extend(it.refers().filter_map(|name| there.get(name)).copied().filter(matters));
        for other in it.referred().filter_map(|name| gone.get(name)).copied().filter(matters) {
            needs[other].insert(at);
        }
        let mentions = it.mentions();
        if !mentions.is_empty() {
            let stands_on = |other: &usize| {
                let other = &work[*other];
                other.name != it.name
                    && other.is_created() == it.is_created()
                    && other.whole.is_some()
                    && mentions.contains(&other.name.name)
            };
            for other in (0..work.len()).filter(stands_on) {
                match it.is_created() {
                    true => needs[at].insert(other),
                    false => needs[other].insert(at),
                };
                wholes_of[at].insert(other);
            }
        }
        let freers = it.takes().filter_map(|name| freed.get(&name)).flatten().copied();
        needs[at].extend(freers.filter(|other| *other != at));
    }
    // A key that refers to a table holds on to its parts, too: it comes behind them, and goes first.
    for at in 0..work.len() {
        let wholes = reached(&wholes_of, at);
        if wholes.is_empty() {
            continue;
        }
        let is_whole = |name: &Name, by_name: &HashMap<&Name, usize>| {
            by_name.get(name).is_some_and(|it| wholes.contains(it))
        };
        for other in (0..work.len()).filter(|it| *it != at && !wholes.contains(it)) {
            if work[at].is_created() && work[other].refers().any(|it| is_whole(it, &there)) {
                needs[other].insert(at);
            }
            if work[at].is_dropped() && work[other].referred().any(|it| is_whole(it, &gone)) {
                needs[at].insert(other);
            }
        }
    }
    needs
}

/// Everything that is reached from `start` in steps of `steps`, which may lead in rings.
fn reached(steps: &[BTreeSet<usize>], start: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        let next = steps[at].iter().copied().filter(|it| found.insert(*it));
        open.extend(next.collect::<Vec<_>>());
    }
    found
}

/// Sorts so that what an item needs stands before it, ties in the order of their numbers. Where
/// items need each other in a ring, the first of them goes ahead: the needs this breaks come
/// second.
pub(super) fn needs_first(needs: &[BTreeSet<usize>]) -> (Vec<usize>, BTreeSet<(usize, usize)>) {
    let mut users = vec![Vec::new(); needs.len()];
    for (item, needed) in needs.iter().enumerate() {
        needed.iter().for_each(|it| users[*it].push(item));
    }
    let mut open: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    let mut ready: BTreeSet<usize> = (0..needs.len()).filter(|it| open[*it] == 0).collect();
    let mut waiting: BTreeSet<usize> = (0..needs.len()).collect();
    let mut order = Vec::new();
    let mut broken = BTreeSet::new();
    while let Some(next) = ready.pop_first().or_else(|| waiting.first().copied()) {
        if !waiting.remove(&next) {
            continue;
        }
        broken.extend(needs[next].iter().filter(|it| waiting.contains(it)).map(|it| (next, *it)));
        order.push(next);
        for user in &users[next] {
            open[*user] -= 1;
            if open[*user] == 0 && waiting.contains(user) {
                ready.insert(*user);
            }
        }
    }
    (order, broken)
}
