//! Tables of places, commands and what comes of them, over graphs written as text.

mod broken;
mod drawing;
mod history;
mod naming;
mod replaced;
mod rows;
mod shape;
mod stamp;
mod traversal;

use std::collections::BTreeMap;

use super::{GraphError, Heads, Plan, Revision, RevisionGraph, Step, Target};

/// The revisions that `text` describes, in the order of their ids as files have it.
///
/// Parts are separated by `;`. `a<-b<-c(label)` is a line from the oldest on, `e=(d1,d2)<-f` begins
/// with a merge, and with `x~>y,z` x depends on y and z.
pub(super) fn revisions(text: &str) -> Vec<Revision> {
    let mut revisions: BTreeMap<String, Revision> = BTreeMap::new();
    for part in text.split(';').map(str::trim) {
        if let Some((id, dependencies)) = part.split_once("~>") {
            let dependencies = dependencies.split(',').map(|it| it.trim().to_owned());
            entry(&mut revisions, id).depends_on.extend(dependencies);
            continue;
        }
        let mut below: Option<String> = None;
        for node in part.split("<-") {
            let (node, parents) = node.split_once('=').unwrap_or((node, ""));
            let revision = entry(&mut revisions, node);
            let parents = parents.trim_matches(['(', ')']).split(',');
            let parents = parents.map(str::to_owned).filter(|it| !it.is_empty());
            revision.parents.extend(below.into_iter().chain(parents));
            below = Some(revision.id.clone());
        }
    }
    revisions.into_values().collect()
}

fn entry<'a>(revisions: &'a mut BTreeMap<String, Revision>, node: &str) -> &'a mut Revision {
    let (id, labels) = node.trim().split_once('(').unwrap_or((node.trim(), ""));
    let revision = revisions.entry(id.to_owned()).or_default();
    revision.id = id.to_owned();
    let labels = labels.trim_end_matches(')').split(',').filter(|it| !it.is_empty());
    revision.labels.extend(labels.map(str::to_owned));
    revision
}

/// The graph that `text` describes.
pub(super) fn graph(text: &str) -> RevisionGraph {
    RevisionGraph::new(revisions(text)).unwrap()
}

/// The ids in `{a, b}`.
fn heads(text: &str) -> Heads {
    let ids = text.trim_matches(['{', '}']).split(',').map(str::trim);
    ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

fn show(heads: &Heads) -> String {
    format!("{{{}}}", heads.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
}

fn show_ids<'a>(revisions: impl IntoIterator<Item = &'a Revision>) -> String {
    revisions.into_iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// Runs each line of `cases`, `command from {rows}: outcome`, and compares what comes of it.
///
/// `up T`, `dn T`: steps -> rows; `up-rows T`, `dn-rows T`: the same with [rows that go -> rows that
/// come] behind each step; `stamp T..`: [rows that go -> rows that come] -> rows;
/// `show T`, `history A:B`: revisions. Where something is wrong, the error and its hint.
pub(super) fn check(graph: &RevisionGraph, cases: &str) {
    let cases: Vec<_> = cases.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let outcomes: Vec<_> = cases.iter().map(|case| outcome(graph, case)).collect();
    assert_eq!(outcomes.join("\n"), cases.join("\n"));
}

fn outcome(graph: &RevisionGraph, case: &str) -> String {
    let (command, _) = case.split_once("}:").unwrap();
    let (command, rows) = command.split_once(" from ").unwrap();
    let current = heads(rows);
    let (verb, place) = command.split_once(' ').unwrap();
    let found = match verb {
        "up" => plan(graph.plan_upgrade(&target(place), &current)),
        "dn" => plan(graph.plan_downgrade(&target(place), &current)),
        "up-rows" => step_rows(graph.plan_upgrade(&target(place), &current)),
        "dn-rows" => step_rows(graph.plan_downgrade(&target(place), &current)),
        "stamp" => stamps(graph, place, &current),
        "show" => graph.resolve(&target(place), &current).map(show_ids),
        "history" => graph.history(&place.parse().unwrap(), &current).map(show_ids),
        _ => panic!("no such verb: {verb}"),
    };
    let found = found.unwrap_or_else(|error| describe(&error));
    format!("{command} from {rows}}}: {found}").trim_end().to_owned()
}

fn target(text: &str) -> Target {
    text.parse().unwrap()
}

fn describe(error: &GraphError) -> String {
    format!("error: {error}; {}", error.hint().unwrap_or_default())
}

fn plan(plan: Result<Plan<'_>, GraphError>) -> Result<String, GraphError> {
    let plan = plan?;
    let steps = show_ids(plan.steps.iter().map(|step| step.revision));
    Ok(format!("{steps} -> {}", show(&plan.to)).trim_start().to_owned())
}

fn step_rows(plan: Result<Plan<'_>, GraphError>) -> Result<String, GraphError> {
    let plan = plan?;
    let list = |heads: &Heads| heads.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let step = |step: &Step| {
        let rows = format!("{} -> {}", list(&step.from), list(&step.to));
        format!("{}[{}] ", step.revision.id, rows.trim())
    };
    let steps: String = plan.steps.iter().map(step).collect();
    Ok(format!("{steps}-> {}", show(&plan.to)))
}

fn stamps(graph: &RevisionGraph, places: &str, current: &Heads) -> Result<String, GraphError> {
    let targets: Vec<_> = places.split(' ').map(target).collect();
    let mut rows = current.clone();
    let mut steps = String::new();
    for stamp in graph.plan_stamp(&targets, current)? {
        rows.retain(|row| !stamp.from.contains(row));
        rows.extend(stamp.to.iter().cloned());
        let text = stamp.to_string();
        steps += &format!("[{}] ", text.trim_start_matches("stamp_revision").trim());
    }
    Ok(format!("{steps}-> {}", show(&rows)))
}
