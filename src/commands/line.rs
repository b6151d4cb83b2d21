//! How commands show a revision: in a line, as a block, as JSON.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde_json::{Value, json};

use crate::graph::{Heads, Revision, RevisionGraph};
use crate::terminal::ID;

/// What stands behind a revision in parentheses: `(posts) (head) (current)`.
fn marks(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> String {
    let id = revision.id.as_str();
    let mut marks = String::new();
    let mut mark = |holds: bool, word: &str| {
        if holds {
            marks.push_str(&format!(" ({word})"));
        }
    };
    let labels = graph.labels_of(id);
    mark(!labels.is_empty(), &labels.join(", "));
    mark(graph.is_real_head(id), "head");
    mark(graph.is_head(id) && !graph.is_real_head(id), "effective head");
    mark(current.is_some_and(|heads| heads.contains(id)), "current");
    mark(graph.is_branch_point(id), "branchpoint");
    mark(revision.is_merge_point(), "mergepoint");
    marks
}

/// A time as scripts write it.
fn rfc3339(time: DateTime<FixedOffset>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// `(replaces e517276bb1c2, 780739b227a7)`; of many only the first and the last.
fn replaces(revision: &Revision) -> String {
    match &revision.replaces[..] {
        [] => String::new(),
        [first, .., last] if revision.replaces.len() > 3 => {
            format!(" (replaces {} from {first} to {last})", revision.replaces.len())
        }
        few => format!(" (replaces {})", few.join(", ")),
    }
}

/// `780739b227a7 (head)`.
pub(super) fn short(graph: &RevisionGraph, revision: &Revision) -> String {
    format!("{ID}{}{ID:#}{}", revision.id, marks(graph, revision, None))
}

/// `e517276bb1c2 -> 780739b227a7 (head), posts table`.
pub(super) fn long(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> String {
    let parents = match revision.parents.is_empty() {
        true => "<base>".to_owned(),
        false => revision.parents.join(", "),
    };
    let needs = match revision.depends_on.is_empty() {
        true => String::new(),
        false => format!(" ({})", revision.depends_on.join(", ")),
    };
    let title = match revision.title() {
        "" => String::new(),
        title => format!(", {title}"),
    };
    let marks = marks(graph, revision, current) + &replaces(revision);
    format!("{parents}{needs} -> {ID}{}{ID:#}{marks}{title}", revision.id)
}

/// Everything about a revision, a fact a line, and its message.
pub(super) fn block(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> String {
    let id = revision.id.as_str();
    let mut lines = vec![format!("Rev: {ID}{id}{ID:#}{}", marks(graph, revision, current))];
    match &revision.parents[..] {
        [] => lines.push("Parent: <base>".to_owned()),
        [parent] => lines.push(format!("Parent: {parent}")),
        parents => lines.push(format!("Merges: {}", parents.join(", "))),
    }
    if !revision.depends_on.is_empty() {
        lines.push(format!("Also depends on: {}", revision.depends_on.join(", ")));
    }
    if !revision.replaces.is_empty() {
        lines.push(format!("Replaces: {}", revision.replaces.join(", ")));
    }
    if graph.is_branch_point(id) {
        let children: Vec<_> = graph.children(id).iter().map(|it| it.id.as_str()).collect();
        lines.push(format!("Branches into: {}", children.join(", ")));
    }
    let labels = graph.labels_of(id);
    if !labels.is_empty() {
        lines.push(format!("Branch names: {}", labels.join(", ")));
    }
    if let Some(created) = revision.created {
        lines.push(format!("Created: {}", rfc3339(created)));
    }
    lines.push(format!("Path: {}", revision.path.display()));
    lines.push(String::new());
    lines.extend(revision.message.lines().map(|line| format!("    {line}").trim_end().to_owned()));
    lines.join("\n")
}

/// A revision in a line or, where more is to be said, as a block.
pub(super) fn brief(graph: &RevisionGraph, revision: &Revision, verbose: bool) -> String {
    match verbose {
        true => block(graph, revision, None),
        false => short(graph, revision),
    }
}

/// Puts together what was made of several revisions: blocks with an empty line in between.
pub(super) fn join(parts: &[String], verbose: bool) -> String {
    parts.join(if verbose { "\n\n" } else { "\n" })
}

/// Everything about a revision.
pub(super) fn object(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> Value {
    let id = revision.id.as_str();
    let mut object = json!({
        "revision": id,
        "down_revision": revision.parents,
        "depends_on": revision.depends_on,
        "replaces": revision.replaces,
        "branch_labels": graph.labels_of(id),
        "message": revision.message,
        "created": revision.created.map(rfc3339),
        "path": revision.path,
        "head": graph.is_head(id),
        "branch_point": graph.is_branch_point(id),
        "merge_point": revision.is_merge_point(),
    });
    if let Some(current) = current {
        object["current"] = current.contains(id).into();
    }
    object
}
