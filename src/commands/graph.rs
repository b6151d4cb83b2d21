//! The command `db graph`.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use serde_json::{Value, json};

use super::global::Picture;
use super::history::Part;
use super::{line, tree};
use crate::commands::global::Global;
use crate::graph::{Heads, Revision, RevisionGraph};

/// Draw the revisions: for the terminal, or as a picture in dot or mermaid
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    part: Part,
}

/// Draws the revisions in the form that `--format` asks for.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let terminal = global.terminal();
    let project = global.project()?;
    let graph = project.graph()?;
    let (revisions, current) = args.part.of(&terminal, &project, &graph)?;
    let current = current.as_ref();
    let picture = Drawn { graph: &graph, revisions: &revisions, current };
    match global.picture() {
        Some(Picture::Dot) => terminal.answer(picture.dot())?,
        Some(Picture::Mermaid) => terminal.answer(picture.mermaid())?,
        None if terminal.json => terminal.answer_json(&picture.json())?,
        None => return tree::answer(&terminal, &graph, &revisions, current),
    }
    Ok(ExitCode::SUCCESS)
}

/// What a picture shows.
struct Drawn<'a> {
    graph: &'a RevisionGraph,
    revisions: &'a [&'a Revision],
    current: Option<&'a Heads>,
}

/// A line from what must run before to what needs it.
struct Edge<'a> {
    from: &'a str,
    to: &'a str,
    is_dependency: bool,
}

impl Drawn<'_> {
    /// The lines between the revisions of the picture.
    fn edges(&self) -> Vec<Edge<'_>> {
        let shown: HashSet<&str> = self.revisions.iter().map(|it| it.id.as_str()).collect();
        let edges = self.revisions.iter().flat_map(|revision| {
            let to = revision.id.as_str();
            let parents = revision.parents.iter();
            let parents = parents.map(move |from| Edge { from, to, is_dependency: false });
            let needs = self.graph.dependencies(to).into_iter();
            parents.chain(needs.map(move |it| Edge { from: &it.id, to, is_dependency: true }))
        });
        edges.filter(|edge| shown.contains(edge.from)).collect()
    }

    /// The words in a node: the id with its marks, and the title.
    fn words(&self, revision: &Revision) -> [String; 2] {
        [line::marked(self.graph, revision, self.current), revision.title().to_owned()]
    }

    /// The newest on top, as in `history`. <https://graphviz.org/doc/info/lang.html>
    fn dot(&self) -> String {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let mut out = "digraph revisions {\n    rankdir = BT\n    node [shape = box]\n".to_owned();
        for revision in self.revisions {
            let words = self.words(revision).map(|it| quoted(&it)).join("\\n");
            let label = words.trim_end_matches("\\n");
            let _ = writeln!(out, "    \"{}\" [label = \"{label}\"]", quoted(&revision.id));
        }
        for Edge { from, to, is_dependency } in self.edges() {
            let style = if is_dependency { " [style = dotted]" } else { "" };
            let _ = writeln!(out, "    \"{}\" -> \"{}\"{style}", quoted(from), quoted(to));
        }
        out + "}"
    }

    /// The newest on top. Nodes are numbered: an id might be a word of the language.
    /// <https://mermaid.js.org/syntax/flowchart.html>
    fn mermaid(&self) -> String {
        let quoted = |text: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            text.replace('#', "#35;").replace('"', "#quot;")
        };
        let numbers: HashMap<&str, usize> =
            self.revisions.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        let number = |id: &str| numbers.get(id).copied().unwrap_or_default();
        let mut out = "flowchart BT".to_owned();
        for (at, revision) in self.revisions.iter().enumerate() {
            let words = self.words(revision).map(|it| quoted(&it)).join("<br/>");
            let _ = write!(out, "\n    r{at}[\"{}\"]", words.trim_end_matches("<br/>"));
        }
        for Edge { from, to, is_dependency } in self.edges() {
            let arrow = if is_dependency { "-.->" } else { "-->" };
            let _ = write!(out, "\n    r{} {arrow} r{}", number(from), number(to));
        }
        out
    }

    fn json(&self) -> Value {
        let object = |it: &&Revision| line::object(self.graph, it, self.current);
        let revisions: Vec<Value> = self.revisions.iter().map(object).collect();
        let edge =
            |it: Edge<'_>| json!({ "from": it.from, "to": it.to, "dependency": it.is_dependency });
        let edges: Vec<Value> = self.edges().into_iter().map(edge).collect();
        json!({ "revisions": revisions, "edges": edges })
    }
}
