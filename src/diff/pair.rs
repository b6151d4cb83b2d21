//! The one way in which two lists of anything are matched.

use std::collections::HashMap;
use std::hash::Hash;

/// Two lists matched by a key, each side in its own order.
#[derive(Debug)]
pub(super) struct Pairs<'a, T> {
    pub(super) dropped: Vec<&'a T>,
    pub(super) kept: Vec<(&'a T, &'a T)>,
    pub(super) added: Vec<&'a T>,
}

/// Matches by a key that is unique on each side.
pub(super) fn pair<'a, T, K: Eq + Hash>(
    from: &'a [T],
    to: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Pairs<'a, T> {
    let mut rest: HashMap<K, &T> = from.iter().map(|item| (key(item), item)).collect();
    let mut pairs = Pairs { dropped: Vec::new(), kept: Vec::new(), added: Vec::new() };
    for item in to {
        match rest.remove(&key(item)) {
            Some(before) => pairs.kept.push((before, item)),
            None => pairs.added.push(item),
        }
    }
    pairs.dropped.extend(from.iter().filter(|item| rest.contains_key(&key(item))));
    pairs
}

/// Matches things that no database alters in place: a change is a drop and an add.
pub(super) fn changed<'a, T: PartialEq, K: Eq + Hash>(
    from: &'a [T],
    to: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Pairs<'a, T> {
    let mut pairs = pair(from, to, key);
    for (before, after) in pairs.kept.extract_if(.., |(before, after)| before != after) {
        pairs.dropped.push(before);
        pairs.added.push(after);
    }
    pairs
}

/// As `changed`, for constraints, which a database may keep without a name: one that is unnamed
/// on either side is the same as one that says the same.
pub(super) fn constraints<'a, T: PartialEq>(
    from: &'a [T],
    to: &'a [T],
    name: impl Fn(&'a T) -> Option<&'a str> + Copy,
    same: impl Fn(&T, &T) -> bool,
) -> Pairs<'a, T> {
    let mut pairs = Pairs { dropped: Vec::new(), kept: Vec::new(), added: to.iter().collect() };
    let named: HashMap<&str, &T> = to.iter().filter_map(|it| Some((name(it)?, it))).collect();
    let take = |added: &mut Vec<&'a T>, wanted: &dyn Fn(&'a T) -> bool| {
        added.iter().position(|it| wanted(it)).map(|at| added.remove(at))
    };
    // Names first, so that an unnamed one does not take the place of a named one.
    let mut rest = Vec::new();
    for before in from {
        let by_name = name(before).and_then(|name| named.get(name));
        match by_name.and_then(|_| take(&mut pairs.added, &|it| name(it) == name(before))) {
            Some(after) if before == after => pairs.kept.push((before, after)),
            Some(after) => {
                pairs.dropped.push(before);
                pairs.added.push(after);
            }
            None => rest.push(before),
        }
    }
    for before in rest {
        let unnamed =
            |it: &'a T| (name(before).is_none() || name(it).is_none()) && same(before, it);
        match take(&mut pairs.added, &unnamed) {
            Some(after) => pairs.kept.push((before, after)),
            None => pairs.dropped.push(before),
        }
    }
    pairs
}
