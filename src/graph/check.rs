//! Revisions to a graph, or everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::replaced::{Replaced, replaced, settle};
use super::walk::{Edges, members};
use super::{Anchor, GraphError, Revision, RevisionGraph, RevisionId};
use crate::error::{Place, nearest_few};
use crate::script::ID_LIMIT;

impl RevisionGraph {
    /// The graph of `revisions`, given in the order of their files.
    ///
    /// # Errors
    /// Everything that is wrong: names that cannot be, doubles, missing parents and
    /// dependencies, circles.
    pub fn new(mut revisions: Vec<Revision>) -> Result<RevisionGraph, Vec<GraphError>> {
        let mut errors: Vec<_> = revisions.iter().flat_map(wrong_names).collect();
        let index = index(&revisions, &mut errors);
        let replaced = replaced(&revisions, &index, &mut errors);
        settle(&mut revisions, &replaced);
        let labels = labels(&revisions, &index, &replaced, &mut errors);
        let names = Names { index: &index, labels: &labels, replaced: &replaced };
        let lines = Edges::new(parents(&revisions, &names, &mut errors));
        let needs = Edges::new(needs(&revisions, &names, &lines, &mut errors));
        errors.extend(cycles(&revisions, &lines, &needs));
        if !errors.is_empty() {
            return Err(errors);
        }
        let labels: Vec<_> = labels.into_iter().collect();
        let inherited = inherited(&labels, &lines);
        Ok(RevisionGraph { revisions, index, replaced, labels, lines, needs, inherited })
    }

    /// The same graph with one more revision, in the place of those that it replaces.
    ///
    /// # Errors
    /// Everything that would be wrong with it, as in [`RevisionGraph::new`].
    pub fn with(&self, revision: Revision) -> Result<RevisionGraph, Vec<GraphError>> {
        let replaced: BTreeSet<&RevisionId> = revision.replaces.iter().collect();
        let stays = |it: &&Revision| !replaced.contains(&it.id);
        let others: Vec<Revision> = self.revisions.iter().filter(stays).cloned().collect();
        RevisionGraph::new(others.into_iter().chain([revision]).collect())
    }
}

/// What names mean.
struct Names<'a> {
    index: &'a HashMap<RevisionId, usize>,
    labels: &'a BTreeMap<String, usize>,
    replaced: &'a HashMap<RevisionId, Replaced>,
}

impl Names<'_> {
    fn ids(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// The ids that `parent`, which is none, was likely meant to be.
    fn nearest_ids(&self, revisions: &[Revision], parent: &str) -> Vec<RevisionId> {
        match self.labels.get(parent) {
            Some(&at) => vec![revisions[at].id.clone()],
            None => owned(nearest_few(parent, self.ids())),
        }
    }

    /// The error of `id`, a revision that names one of which only another does the work; it is
    /// not the last of those, which would be another name for it.
    fn inner(
        &self,
        revisions: &[Revision],
        (id, name): (&RevisionId, &str),
        dependency: bool,
        places: &[Place],
    ) -> Option<GraphError> {
        let by = self.replaced.get(name)?.by;
        Some(GraphError::InnerReplaced {
            id: id.clone(),
            name: name.to_owned(),
            by: revisions[by].id.clone(),
            dependency,
            places: places.to_vec(),
        })
    }

    /// The ids or labels that `name`, which is neither, was likely meant to be.
    fn nearest(&self, name: &str) -> Vec<String> {
        let names = self.ids().chain(self.labels.keys().map(String::as_str));
        owned(nearest_few(name, names))
    }
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// What is wrong with the names that `revision` brings.
fn wrong_names(revision: &Revision) -> Vec<GraphError> {
    let id_places = Vec::from_iter(revision.places.id.clone());
    let length = revision.id.chars().count();
    let too_long = (length > ID_LIMIT)
        .then(|| GraphError::IdTooLong { id: revision.id.clone(), places: id_places.clone() });
    let labels = revision.labels.iter().enumerate();
    let labels = labels
        .filter_map(|(at, label)| wrong_name(label, Vec::from_iter(revision.label_place(at))));
    wrong_name(&revision.id, id_places).into_iter().chain(too_long).chain(labels).collect()
}

fn wrong_name(name: &str, places: Vec<Place>) -> Option<GraphError> {
    if name.is_empty() {
        return Some(GraphError::EmptyName { places });
    }
    if Anchor::WORDS.contains(&name) {
        return Some(GraphError::ReservedName { name: name.to_owned(), places });
    }
    let mut characters: Vec<_> = name.chars().filter(|it| is_illegal(*it)).collect();
    characters.sort_unstable();
    characters.dedup();
    let illegal = !characters.is_empty();
    illegal.then(|| GraphError::IllegalName { name: name.to_owned(), characters, places })
}

/// Whether a target could not be read if a name had this character.
fn is_illegal(character: char) -> bool {
    matches!(character, '@' | '-' | '+' | ':')
        || character.is_whitespace()
        || character.is_control()
}

/// The place of each id; the first one where there are several.
fn index(revisions: &[Revision], errors: &mut Vec<GraphError>) -> HashMap<RevisionId, usize> {
    let mut index: HashMap<RevisionId, usize> = HashMap::with_capacity(revisions.len());
    let mut copies: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, revision) in revisions.iter().enumerate() {
        match index.get(&revision.id) {
            Some(&first) => copies.entry(first).or_insert_with(|| vec![first]).push(at),
            None => {
                index.insert(revision.id.clone(), at);
            }
        }
    }
    errors.extend(copies.into_iter().map(|(first, copies)| {
        let copies = copies.iter().map(|&at| &revisions[at]);
        GraphError::Duplicate {
            id: revisions[first].id.clone(),
            paths: copies.clone().map(|copy| copy.path.clone()).collect(),
            places: copies.filter_map(|copy| copy.places.id.clone()).collect(),
        }
    }));
    index
}

/// The revision that states each label.
fn labels(
    revisions: &[Revision],
    index: &HashMap<RevisionId, usize>,
    replaced: &HashMap<RevisionId, Replaced>,
    errors: &mut Vec<GraphError>,
) -> BTreeMap<String, usize> {
    let mut stated: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, revision) in revisions.iter().enumerate() {
        for (number, label) in revision.labels.iter().enumerate() {
            stated.entry(label).or_default().push((at, number));
        }
    }
    for (&label, by) in &stated {
        let id = |&(at, _): &(usize, usize)| revisions[at].id.clone();
        let place = |&(at, number): &(usize, usize)| revisions[at].label_place(number);
        if index.contains_key(label) || replaced.contains_key(label) {
            errors.extend(by.iter().map(|one| GraphError::LabelIsRevision {
                label: label.to_owned(),
                id: id(one),
                places: Vec::from_iter(place(one)),
            }));
        }
        if by.len() > 1 {
            errors.push(GraphError::DuplicateLabel {
                label: label.to_owned(),
                ids: by.iter().map(id).collect(),
                places: by.iter().filter_map(place).collect(),
            });
        }
    }
    let first = |(label, by): (&str, Vec<(usize, usize)>)| Some((label.to_owned(), by.first()?.0));
    stated.into_iter().filter_map(first).collect()
}

/// The parents of each revision.
fn parents(
    revisions: &[Revision],
    names: &Names<'_>,
    errors: &mut Vec<GraphError>,
) -> Vec<Vec<usize>> {
    let mut lines = Vec::with_capacity(revisions.len());
    for revision in revisions {
        let mut found: Vec<usize> = Vec::with_capacity(revision.parents.len());
        for (number, parent) in revision.parents.iter().enumerate() {
            let id = revision.id.clone();
            let places = Vec::from_iter(revision.parent_place(number));
            if *parent == id {
                errors.push(GraphError::SelfLoop { id, dependency: false, places });
                continue;
            }
            match names.index.get(parent) {
                Some(at) if found.contains(at) => {
                    let parent = parent.clone();
                    errors.push(GraphError::RepeatedParent { id, parent, places });
                }
                Some(&at) => found.push(at),
                // Its file is to go, which was said already.
                None if names.replaced.contains_key(&id) => {}
                None => {
                    let inner = names.inner(revisions, (&id, parent), false, &places);
                    errors.push(inner.unwrap_or_else(|| {
                        let mut nearest = names.nearest_ids(revisions, parent);
                        nearest.retain(|it| *it != id);
                        let parent = parent.clone();
                        GraphError::MissingParent { id, parent, nearest, places }
                    }));
                }
            }
        }
        lines.push(found);
    }
    lines
}

/// The parents of each revision and then the dependencies that are no parents.
fn needs(
    revisions: &[Revision],
    names: &Names<'_>,
    lines: &Edges,
    errors: &mut Vec<GraphError>,
) -> Vec<Vec<usize>> {
    let mut needs = lines.down.clone();
    for (revision, found) in revisions.iter().zip(&mut needs) {
        for (number, dependency) in revision.depends_on.iter().enumerate() {
            let id = revision.id.clone();
            let places = Vec::from_iter(revision.dependency_place(number));
            match names.index.get(dependency).or_else(|| names.labels.get(dependency)) {
                Some(&at) if revisions[at].id == id => {
                    errors.push(GraphError::SelfLoop { id, dependency: true, places });
                }
                Some(at) if found.contains(at) => {}
                Some(&at) => found.push(at),
                // Its file is to go, which was said already.
                None if names.replaced.contains_key(&id) => {}
                None => {
                    let inner = names.inner(revisions, (&id, dependency), true, &places);
                    errors.push(inner.unwrap_or_else(|| {
                        let mut nearest = names.nearest(dependency);
                        nearest.retain(|it| *it != id);
                        let dependency = dependency.clone();
                        GraphError::MissingDependency { id, dependency, nearest, places }
                    }));
                }
            }
        }
    }
    needs
}

/// Circles that share no member; at least one of each group of revisions that come after each
/// other.
fn cycles(revisions: &[Revision], lines: &Edges, needs: &Edges) -> Vec<GraphError> {
    let mut cycles = Circles::new(needs);
    for start in 0..revisions.len() {
        cycles.search(start);
    }
    let found = cycles.found.into_iter();
    found.map(|cycle| describe_cycle(revisions, lines, cycle)).collect()
}

/// A search in depth for ways down that lead back to where they came from.
struct Circles<'a> {
    needs: &'a Edges,
    /// The way down to the revision at hand; with each the number of the next edge to try.
    way: Vec<(usize, usize)>,
    /// The place on the way, of those that are on it.
    on_way: Vec<Option<usize>>,
    seen: Vec<bool>,
    in_circle: Vec<bool>,
    found: Vec<Vec<usize>>,
}

impl Circles<'_> {
    fn new(needs: &Edges) -> Circles<'_> {
        let count = needs.down.len();
        Circles {
            needs,
            way: Vec::new(),
            on_way: vec![None; count],
            seen: vec![false; count],
            in_circle: vec![false; count],
            found: Vec::new(),
        }
    }

    fn search(&mut self, start: usize) {
        if !self.seen[start] {
            self.enter(start);
        }
        while let Some((at, edge)) = self.way.last_mut() {
            let next = self.needs.down[*at].get(*edge).copied();
            *edge += 1;
            match next {
                Some(next) if !self.seen[next] => self.enter(next),
                Some(next) => self.close(next),
                None => {
                    self.on_way[*at] = None;
                    self.way.pop();
                }
            }
        }
    }

    fn enter(&mut self, at: usize) {
        self.seen[at] = true;
        self.on_way[at] = Some(self.way.len());
        self.way.push((at, 0));
    }

    /// Notes the circle that an edge to `next` closes, if it does and is news.
    fn close(&mut self, next: usize) {
        let Some(start) = self.on_way[next] else { return };
        let circle: Vec<_> = self.way[start..].iter().map(|(at, _)| *at).collect();
        if circle.iter().any(|&at| self.in_circle[at]) {
            return;
        }
        circle.iter().for_each(|&at| self.in_circle[at] = true);
        self.found.push(circle);
    }
}

/// `circle` leads down; the message leads up and begins with the first file.
fn describe_cycle(revisions: &[Revision], lines: &Edges, mut circle: Vec<usize>) -> GraphError {
    circle.reverse();
    let first = circle.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(place, _)| place);
    circle.rotate_left(first);
    let below = circle.iter().cycle().skip(circle.len() - 1);
    let edges: Vec<_> = circle.iter().copied().zip(below.copied()).collect();
    let is_dependency = |&(at, below): &(usize, usize)| !lines.down[at].contains(&below);
    GraphError::Cycle {
        ids: circle.iter().map(|&at| revisions[at].id.clone()).collect(),
        dependency: edges.iter().any(is_dependency),
        places: edges
            .iter()
            .filter_map(|edge| place_of(&revisions[edge.0], &revisions[edge.1]))
            .collect(),
    }
}

/// Where `revision` names `below`, as its parent or, by id or label, as a dependency.
fn place_of(revision: &Revision, below: &Revision) -> Option<Place> {
    let parent = revision.parents.iter().position(|parent| *parent == below.id);
    let means = |name: &String| *name == below.id || below.labels.contains(name);
    let dependency = || revision.depends_on.iter().position(means);
    match parent {
        Some(at) => revision.parent_place(at),
        None => revision.dependency_place(dependency()?),
    }
}

/// The places in `labels` of those that each revision has: a label covers the revision that states
/// it, all of its descendants, and its ancestors back to but not including the nearest branch point
/// or merge.
fn inherited(labels: &[(String, usize)], lines: &Edges) -> Vec<Vec<usize>> {
    let mut inherited = vec![Vec::new(); lines.down.len()];
    for (label, &(_, stated)) in labels.iter().enumerate() {
        members(&lines.above(&[stated])).for_each(|at| inherited[at].push(label));
        let mut below = only_parent(lines, stated);
        while let Some(at) = below.filter(|&at| lines.up[at].len() == 1) {
            if lines.down[at].len() > 1 {
                break;
            }
            inherited[at].push(label);
            below = only_parent(lines, at);
        }
    }
    inherited
}

/// The parent of `at`, unless it is a base or a merge.
fn only_parent(lines: &Edges, at: usize) -> Option<usize> {
    match lines.down[at].as_slice() {
        [parent] => Some(*parent),
        _ => None,
    }
}
