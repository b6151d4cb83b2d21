//! Revisions beside a drawing of their graph.

use std::env;
use std::iter::{once, repeat};
use std::process::ExitCode;

use anyhow::Result;

use super::line;
use crate::graph::{Heads, Revision, RevisionGraph, Row, Strokes};
use crate::terminal::{ACTION, Terminal};

/// Answers with a drawing of `revisions`, newest first.
pub(super) fn answer(
    terminal: &Terminal,
    graph: &RevisionGraph,
    revisions: &[&Revision],
    current: Option<&Heads>,
) -> Result<ExitCode> {
    let strokes = strokes();
    let mut lines = Vec::new();
    for row in graph.draw(revisions, strokes) {
        let is_current = current.is_some_and(|heads| heads.contains(&row.revision.id));
        let node = node(strokes, is_current);
        match terminal.verbose {
            true => lines.extend(block(&row, &node, graph, current)),
            false => {
                let text = line::drawn(graph, &row, current);
                lines.push(format!("{}{node}{} {text}", row.left, row.right));
                lines.extend(row.link);
            }
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if !lines.is_empty() {
        terminal.answer(lines.join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// All that is to be said of a revision, beside its strokes, and a line without words.
fn block(row: &Row, node: &str, graph: &RevisionGraph, current: Option<&Heads>) -> Vec<String> {
    let count = |text: &str| text.chars().count();
    let width = |text: &String| count(text);
    let first = count(&row.left) + 1 + count(&row.right);
    let link = row.link.as_ref().map_or(0, width);
    let widest = first.max(link).max(width(&row.beside));
    let pad = |strokes: &str, length: usize| format!("{strokes}{}", " ".repeat(widest - length));
    let strokes = once(pad(&format!("{}{node}{}", row.left, row.right), first))
        .chain(row.link.iter().map(|it| pad(it, width(it))))
        .chain(repeat(pad(&row.beside, width(&row.beside))));
    let block = line::block(graph, row.revision, current);
    let said = block.lines().chain(once(""));
    said.zip(strokes).map(|(said, it)| format!("{it} {said}").trim_end().to_owned()).collect()
}

/// The sign of a revision.
fn node(strokes: Strokes, is_current: bool) -> String {
    let sign = match (strokes, is_current) {
        (Strokes::Box, false) => "○",
        (Strokes::Box, true) => "◉",
        (Strokes::Ascii, false) => "o",
        (Strokes::Ascii, true) => "@",
    };
    match is_current {
        true => format!("{ACTION}{sign}{ACTION:#}"),
        false => sign.to_owned(),
    }
}

/// The strokes that can be shown: where the locale says that letters are not UTF-8, the plain
/// ones. Its variables are those of POSIX, the first that is set decides,
/// <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02>.
fn strokes() -> Strokes {
    let set = |name| env::var(name).ok().filter(|it| !it.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    match locale.map(|it| it.to_lowercase().replace('-', "")) {
        Some(locale) if !locale.contains("utf8") => Strokes::Ascii,
        _ => Strokes::Box,
    }
}
