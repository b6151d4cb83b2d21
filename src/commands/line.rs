//! How commands show a revision: in a line, as a block, as JSON.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde_json::{Value, json};

use crate::graph::{Heads, Revision, RevisionGraph, Row};
use crate::terminal::ID;

/// What stands behind a revision in parentheses: `(posts) (head) (current)`.
fn marks(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> String {
    let labels = mark(&graph.labels_of(&revision.id).join(", "));
    let branch_point = if graph.is_branch_point(&revision.id) { " (branchpoint)" } else { "" };
    let merge_point = if revision.is_merge_point() { " (mergepoint)" } else { "" };
    format!("{labels}{}{branch_point}{merge_point}", place(graph, revision, current))
}

/// Whether it is a head, and whether the database stands there.
fn place(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> String {
    let id = revision.id.as_str();
    let head = match (graph.is_real_head(id), graph.is_head(id)) {
        (true, _) => " (head)",
        (false, true) => " (effective head)",
        (false, false) => "",
    };
    let is_current = current.is_some_and(|heads| heads.contains(id));
    format!("{head}{}", if is_current { " (current)" } else { "" })
}

/// Words in parentheses, if there are any.
fn mark(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" ({words})") }
}

/// `, posts table`.
fn title(revision: &Revision) -> String {
    match revision.title() {
        "" => String::new(),
        title => format!(", {title}"),
    }
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
fn short(graph: &RevisionGraph, revision: &Revision) -> String {
    format!("{ID}{}{ID:#}{}", revision.id, marks(graph, revision, None))
}

/// `780739b227a7 (head)`, with its title where more is to be said.
pub(super) fn child(graph: &RevisionGraph, revision: &Revision, verbose: bool) -> String {
    let title = if verbose { title(revision) } else { String::new() };
    short(graph, revision) + &title
}

/// `780739b227a7 (posts) (head)`, without colours: the labels are those that it states itself.
pub(super) fn marked(
    graph: &RevisionGraph,
    revision: &Revision,
    current: Option<&Heads>,
) -> String {
    let labels = mark(&revision.labels.join(", "));
    let place = place(graph, revision, current);
    format!("{}{labels}{place}{}", revision.id, replaces(revision))
}

/// `e517276bb1c2 -> 780739b227a7 (head), posts table`.
pub(super) fn long(graph: &RevisionGraph, revision: &Revision, current: Option<&Heads>) -> String {
    let parents = match revision.parents.is_empty() {
        true => "<base>".to_owned(),
        false => revision.parents.join(", "),
    };
    let needs = mark(&revision.depends_on.join(", "));
    let marks = marks(graph, revision, current) + &replaces(revision);
    let title = title(revision);
    format!("{parents}{needs} -> {ID}{}{ID:#}{marks}{title}", revision.id)
}

/// `780739b227a7 (posts) (head), posts table`: a revision beside a drawing, which shows already
/// what it comes after and which revisions have its label, too.
pub(super) fn drawn(graph: &RevisionGraph, row: &Row, current: Option<&Heads>) -> String {
    let revision = row.revision;
    let labels = mark(&revision.labels.join(", "));
    let (place, title) = (place(graph, revision, current), title(revision));
    let replaces = replaces(revision);
    let undrawn = |word: &str, ids: &[&str]| match ids {
        [] => String::new(),
        _ => format!(" ({word} {})", ids.join(", ")),
    };
    let parents = undrawn("after", &row.parents);
    let needs = undrawn("depends on", &row.depends_on);
    format!("{ID}{}{ID:#}{labels}{place}{replaces}{title}{parents}{needs}", revision.id)
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
