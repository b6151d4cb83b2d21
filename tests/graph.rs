//! What holds for every graph of revisions.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod support;

use std::collections::BTreeSet;

use limbeck::graph::{
    Direction, GraphError, Heads, Plan, Revision, RevisionGraph, RevisionId, Row, Strokes, Target,
    TargetRange,
};
use proptest::prelude::*;
use proptest::sample::Index;
use support::law::cases;

/// What a revision of a random graph is made of: parents and dependencies among those before it,
/// whether it states a label, and where its file stands among the others.
type Seed = (Vec<Index>, Vec<Index>, bool, u16);

fn any_graph() -> impl Strategy<Value = RevisionGraph> {
    let seed = (
        prop::collection::vec(any::<Index>(), 0..3),
        prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(any::<Index>(), 1..3)],
        prop::bool::weighted(0.2),
        any::<u16>(),
    );
    prop::collection::vec(seed, 1..25).prop_map(|seeds| build(&seeds))
}

fn build(seeds: &[Seed]) -> RevisionGraph {
    let id = |at: usize| format!("{:04x}{at:02}", seeds[at].3);
    let some = |picks: &[Index], at: usize| -> Vec<RevisionId> {
        let picks = if at == 0 { &[] } else { picks };
        let picked: BTreeSet<_> = picks.iter().map(|pick| pick.index(at)).collect();
        picked.into_iter().map(id).collect()
    };
    let mut revisions: Vec<_> = seeds
        .iter()
        .enumerate()
        .map(|(at, (parents, depends_on, has_label, _))| Revision {
            id: id(at),
            parents: some(parents, at),
            depends_on: some(depends_on, at),
            labels: if *has_label { vec![format!("label{at}")] } else { vec![] },
            ..Revision::default()
        })
        .collect();
    revisions.sort_by(|a, b| a.id.cmp(&b.id));
    RevisionGraph::new(revisions).unwrap()
}

/// A graph and a place in it where a database may stand.
fn any_place() -> impl Strategy<Value = (RevisionGraph, Heads)> {
    place(0..4)
}

/// The same, where at least one revision has run.
fn any_place_above_base() -> impl Strategy<Value = (RevisionGraph, Heads)> {
    place(1..4)
}

fn place(runs: std::ops::Range<usize>) -> impl Strategy<Value = (RevisionGraph, Heads)> {
    (any_graph(), prop::collection::vec(any::<Index>(), runs)).prop_map(|(graph, picks)| {
        let heads = picks.iter().map(|pick| pick.get(graph.revisions()).id.clone()).collect();
        let applied = graph.ancestors(&heads).unwrap();
        let heads = graph.effective_heads(&applied);
        (graph, heads)
    })
}

fn needs(graph: &RevisionGraph, id: &str) -> BTreeSet<RevisionId> {
    let parents = graph.get(id).unwrap().parents.iter().cloned();
    parents.chain(graph.dependencies(id).into_iter().map(|it| it.id.clone())).collect()
}

/// The revision and all that it needs.
fn below(graph: &RevisionGraph, id: &RevisionId) -> BTreeSet<RevisionId> {
    graph.ancestors(&Heads::from([id.clone()])).unwrap()
}

/// Follows `plan` from what has run before it, and checks every step on the way.
fn follow(graph: &RevisionGraph, plan: &Plan<'_>) -> BTreeSet<RevisionId> {
    let mut applied = graph.ancestors(&plan.from).unwrap();
    let mut heads = plan.from.clone();
    for step in &plan.steps {
        let id = &step.revision.id;
        match step.direction {
            Direction::Upgrade => {
                assert!(needs(graph, id).is_subset(&applied), "{id} before what it needs");
                assert!(applied.insert(id.clone()), "{id} ran twice");
            }
            Direction::Downgrade => {
                assert!(applied.remove(id), "{id} had not run");
                let above = graph.dependants(id).into_iter().find(|it| applied.contains(&it.id));
                assert_eq!(above, None, "{id} is still needed");
            }
        }
        assert!(step.from.is_subset(&heads), "{id} takes away rows that are not there");
        assert!(step.to.is_disjoint(&heads), "{id} adds rows that are there");
        step.apply(&mut heads);
        assert_eq!(heads, graph.effective_heads(&applied), "after {id}");
    }
    assert_eq!(heads, plan.to);
    applied
}

fn target(text: &str) -> Target {
    text.parse().unwrap()
}

fn upgrade(graph: &RevisionGraph, to: &str, from: &Heads) -> Heads {
    let plan = graph.plan_upgrade(&target(to), from).unwrap();
    follow(graph, &plan);
    plan.to
}

/// Where the strokes of a drawing lead: each revision and those that it needs, read off it as an
/// eye would.
fn read_off(rows: &[Row<'_>]) -> BTreeSet<(RevisionId, RevisionId)> {
    let mut found = BTreeSet::new();
    // The revisions from which a stroke comes, for each column.
    let mut open: Vec<BTreeSet<RevisionId>> = Vec::new();
    for row in rows {
        let id = &row.revision.id;
        let column = row.left.chars().count() / 2;
        let next = open.len().max(column + 1);
        open.resize(next, BTreeSet::new());
        let from = std::mem::take(&mut open[column]);
        found.extend(from.into_iter().map(|from| (from, id.clone())));
        let beside: Vec<char> = row.beside.chars().collect();
        let goes_on = |at: usize| beside.get(at * 2).is_some_and(|it| *it != ' ');
        let link: Vec<char> = row.link.iter().flat_map(|it| it.chars()).collect();
        let is_level = |at: usize| link.get(at).is_some_and(|it| "─╌".contains(*it));
        let mut ends = vec![column];
        let right = (column + 1..).take_while(|at| is_level(at * 2 - 1));
        let left = (0..column).rev().take_while(|at| is_level(at * 2 + 1));
        ends.extend(right.chain(left).filter(|at| "├┤╮╭┬┼".contains(link[at * 2])));
        for end in ends.into_iter().filter(|at| goes_on(*at)) {
            let next = open.len().max(end + 1);
            open.resize(next, BTreeSet::new());
            open[end].insert(id.clone());
        }
    }
    assert!(open.iter().all(BTreeSet::is_empty), "strokes without an end: {open:?}");
    found
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_drawing_shows_what_needs_what(graph in any_graph(), pick: Index) {
        let from = &pick.get(graph.revisions()).id;
        for range in [":".to_owned(), format!("{from}:"), format!(":{from}")] {
            let shown = graph.history(&range.parse().unwrap(), &Heads::new()).unwrap();
            let rows = graph.draw(&shown, Strokes::Box);
            let said = rows.iter().flat_map(|row| {
                let needs = row.parents.iter().chain(&row.depends_on);
                needs.map(|it| (row.revision.id.clone(), (*it).to_owned()))
            });
            let drawn: BTreeSet<_> = read_off(&rows).into_iter().chain(said).collect();
            let all = shown.iter().flat_map(|it| {
                needs(&graph, &it.id).into_iter().map(|need| (it.id.clone(), need))
            });
            prop_assert_eq!(drawn, all.collect::<BTreeSet<_>>());
            prop_assert_eq!(rows.len(), shown.len());
        }
    }

    #[test]
    fn everything_runs_once_and_after_what_it_needs((graph, heads) in any_place()) {
        let plan = graph.plan_upgrade(&Target::heads(), &heads).unwrap();
        let applied = follow(&graph, &plan);
        prop_assert_eq!(applied.len(), graph.revisions().len());
        prop_assert_eq!(plan.to, limbeck::graph::ids(graph.real_heads()));
    }

    #[test]
    fn up_and_down_again_leaves_nothing((graph, heads) in any_place()) {
        let top = upgrade(&graph, "heads", &heads);
        let plan = graph.plan_downgrade(&Target::base(), &top).unwrap();
        prop_assert_eq!(follow(&graph, &plan), BTreeSet::new());
        prop_assert_eq!(plan.to, Heads::new());
    }

    #[test]
    fn down_and_up_again_is_the_same_place((graph, heads) in any_place_above_base(), pick: Index) {
        let applied: Vec<_> = graph.ancestors(&heads).unwrap().into_iter().collect();
        let plan = graph.plan_downgrade(&target(pick.get(&applied).as_str()), &heads).unwrap();
        let pick = pick.get(&applied);
        // What only depends on it has it still.
        let children = graph.revisions().iter().filter(|it| it.parents.contains(pick));
        let children = limbeck::graph::ids(children);
        let stays = |it: &&RevisionId| below(&graph, it).is_disjoint(&children);
        let left: BTreeSet<RevisionId> = applied.iter().filter(stays).cloned().collect();
        prop_assert_eq!(follow(&graph, &plan), left);
        let back = heads.iter().fold(plan.to, |from, head| upgrade(&graph, head, &from));
        prop_assert_eq!(back, heads);
    }

    #[test]
    fn two_hops_are_one((graph, heads) in any_place(), pick: Index) {
        let one = graph.plan_upgrade(&Target::heads(), &heads).unwrap();
        let stop = &pick.get(graph.revisions()).id;
        let first = graph.plan_upgrade(&target(stop), &heads).unwrap();
        let second = graph.plan_upgrade(&Target::heads(), &first.to).unwrap();
        let ids = |plans: &[&Plan<'_>]| -> BTreeSet<RevisionId> {
            plans.iter().flat_map(|plan| &plan.steps).map(|it| it.revision.id.clone()).collect()
        };
        prop_assert_eq!(ids(&[&one]), ids(&[&first, &second]));
        prop_assert_eq!(one.steps.len(), first.steps.len() + second.steps.len());
        prop_assert_eq!(one.to, second.to);
    }

    #[test]
    fn an_upgrade_to_where_it_stands_is_nothing((graph, heads) in any_place_above_base(), pick: Index) {
        let applied: Vec<_> = graph.ancestors(&heads).unwrap().into_iter().collect();
        let plan = graph.plan_upgrade(&target(pick.get(&applied).as_str()), &heads).unwrap();
        prop_assert_eq!((plan.steps, plan.to), (vec![], heads));
    }

    #[test]
    fn a_stamp_leaves_rows_that_do_not_overlap((graph, heads) in any_place(), pick: Index) {
        let id = &pick.get(graph.revisions()).id;
        let mut rows = heads.clone();
        for stamp in graph.plan_stamp(&[target(id)], &heads).unwrap() {
            rows.retain(|row| !stamp.from.contains(row));
            rows.extend(stamp.to);
        }
        let overlaps = |it: &RevisionId| below(&graph, it).contains(id) || below(&graph, id).contains(it);
        let apart = heads.iter().filter(|it| !overlaps(it)).cloned();
        prop_assert_eq!(&rows, &apart.chain([id.clone()]).collect());
        prop_assert_eq!(graph.effective_heads(&graph.ancestors(&rows).unwrap()), rows);
    }

    #[test]
    fn history_shows_everything_newest_first(graph in any_graph()) {
        let history = graph.history(&TargetRange::default(), &Heads::new()).unwrap();
        prop_assert_eq!(history.len(), graph.revisions().len());
        let mut seen = BTreeSet::new();
        for revision in history {
            prop_assert!(needs(&graph, &revision.id).is_disjoint(&seen));
            seen.insert(revision.id.clone());
        }
    }

    #[test]
    fn heads_that_another_needs_are_refused((graph, mut heads) in any_place(), pick: Index) {
        let applied: Vec<_> = graph.ancestors(&heads).unwrap().into_iter().collect();
        prop_assume!(applied.len() > heads.len());
        let inner: Vec<_> = applied.into_iter().filter(|id| !heads.contains(id)).collect();
        let id = pick.get(&inner).clone();
        heads.insert(id.clone());
        match graph.plan_upgrade(&Target::heads(), &heads) {
            Err(GraphError::Overlap { id: found, current: true, .. }) => prop_assert_eq!(found, id),
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn a_target_is_read_and_written_alike(text in "([a-z0-9]{1,4}@)?([a-z0-9]{0,5})([+-][1-9])?") {
        if let Ok(target) = text.parse::<Target>() {
            prop_assert_eq!(target.to_string(), text);
        }
    }

    #[test]
    fn whatever_is_typed_has_an_answer(
        (graph, heads) in any_place(),
        text in "(label[0-9]?@|[0-9a-f]{1,3}@)?(head|heads|base|current|label[0-9]?|[0-9a-f]{1,3})?([+-][0-9])?",
        other in "\\PC*",
    ) {
        for text in [text.as_str(), other.as_str()] {
            if let Ok(target) = text.parse::<Target>() {
                let _ = graph.resolve(&target, &heads);
                let _ = graph.plan_stamp(std::slice::from_ref(&target), &heads);
                if let Ok(plan) = graph.plan_upgrade(&target, &heads) {
                    follow(&graph, &plan);
                }
                if let Ok(plan) = graph.plan_downgrade(&target, &heads) {
                    follow(&graph, &plan);
                }
            }
            for text in [format!("{text}:"), format!(":{text}"), format!("{text}:{text}")] {
                if let Ok(range) = text.parse::<TargetRange>() {
                    let _ = graph.history(&range, &heads);
                }
            }
        }
    }
}

fn chain(length: usize) -> Vec<Revision> {
    let id = |at: usize| format!("r{at:06}");
    let revision = |at: usize| Revision {
        id: id(at),
        parents: if at == 0 { vec![] } else { vec![id(at - 1)] },
        ..Revision::default()
    };
    (0..length).map(revision).collect()
}

#[test]
fn a_line_of_fifty_thousand() {
    let mut revisions = chain(50_000);
    revisions[0].labels.push("trunk".to_owned());
    let graph = RevisionGraph::new(revisions).unwrap();
    let plan = graph.plan_upgrade(&Target::head(), &Heads::new()).unwrap();
    assert_eq!(plan.steps.len(), 50_000);
    assert_eq!(plan.to, Heads::from(["r049999".to_owned()]));
    let down = graph.plan_downgrade(&target("trunk@head-49999"), &plan.to).unwrap();
    assert_eq!((down.steps.len(), down.to), (49_999, Heads::from(["r000000".to_owned()])));
    let history = graph.history(&"-10:".parse().unwrap(), &Heads::new()).unwrap();
    assert_eq!(history.len(), 11);
    assert_eq!(graph.labels_of("r049999"), ["trunk"]);
}

#[test]
fn a_circle_of_fifty_thousand() {
    let mut revisions = chain(50_000);
    revisions[0].parents.push("r049999".to_owned());
    let errors: Vec<_> = RevisionGraph::new(revisions).unwrap_err();
    assert_eq!(
        errors.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["revisions come after each other in a circle: `r000000` -> `r000001` -> `r000002` -> \
          `r000003` -> `r000004` -> `r000005` -> `r000006` -> `r000007` -> 49992 more -> `r000000`"]
    );
}

/// Every run of the graph, and the graph in which one revision does the work of it.
fn squashed(graph: &RevisionGraph) -> Vec<(BTreeSet<RevisionId>, RevisionId, RevisionGraph)> {
    let ends = || graph.revisions().iter().map(|it| it.id.as_str());
    let ranges = ends().flat_map(|to| ends().chain([""]).map(move |from| format!("{from}:{to}")));
    let squash = |range: String| {
        let run = graph.run(&range.parse().unwrap(), &Heads::new()).ok()?;
        let squash = Revision {
            id: "squash".to_owned(),
            parents: run.parents.iter().map(|it| it.id.clone()).collect(),
            depends_on: run.depends_on.clone(),
            labels: run.labels(),
            replaces: run.replaces(),
            ..Revision::default()
        };
        let ids = run.revisions.iter().map(|it| it.id.clone()).collect();
        Some((ids, run.end()?.id.clone(), graph.with(squash).unwrap()))
    };
    ranges.filter_map(squash).collect()
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_squash_stands_where_its_run_stood((graph, heads) in any_place()) {
        let applied = graph.ancestors(&heads).unwrap();
        for (run, end, squashed) in squashed(&graph) {
            let accepted = squashed.accepted(&heads);
            if !applied.is_disjoint(&run) && !run.is_subset(&applied) {
                let is_inside = matches!(accepted, Err(GraphError::Inside { .. }));
                prop_assert!(is_inside, "{:?} in {:?}", accepted, run);
                continue;
            }
            let accepted = accepted.unwrap();
            let mut expected: BTreeSet<_> = applied.difference(&run).cloned().collect();
            expected.extend(applied.contains(&end).then(|| "squash".to_owned()));
            prop_assert_eq!(squashed.ancestors(&accepted).unwrap(), expected.clone());
            prop_assert_eq!(squashed.effective_heads(&expected), accepted.clone());
            prop_assert_eq!(squashed.ancestors(&heads).unwrap(), expected);
            let plan = squashed.plan_upgrade(&Target::heads(), &accepted).unwrap();
            prop_assert_eq!(follow(&squashed, &plan).len(), squashed.revisions().len());
        }
    }
}
