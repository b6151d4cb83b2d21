//! `migrations/HEAD`: the heads of the folder in a file, so that two people who add a revision
//! behind the same one change the same line and git stops at it.

use std::ops::Range;
use std::path::PathBuf;

use super::replace::replace;
use super::{Project, ProjectError};
use crate::error::{Mistake, Mistakes, Source};
use crate::graph::{Revision, RevisionGraph};
use crate::script::{self, ReadError};

/// What stands above the heads.
const COMMENT: &str = "\
# The heads of this folder, written by `db`. Where git finds a conflict here, two lines have grown
# from one revision: `db merge heads` or `db rebase` joins them and writes this file anew.
";

impl Project {
    /// The file that holds the heads, if the project wants one.
    pub fn head_file(&self) -> Option<PathBuf> {
        self.options.head_file.then(|| self.migrations().join("HEAD"))
    }

    /// Writes the heads of `graph` to the head file, if the project wants one. A file that says
    /// the same already is left alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_head_file(&self, graph: &RevisionGraph) -> Result<(), ProjectError> {
        let Some(path) = self.head_file() else { return Ok(()) };
        let text = text(graph);
        if std::fs::read_to_string(&path).is_ok_and(|it| it.replace("\r\n", "\n") == text) {
            return Ok(());
        }
        replace(&path, &text).map_err(|source| ProjectError::Write { path, source })
    }

    /// The graph, which the head file agrees with if the project wants one and has it.
    ///
    /// # Errors
    /// As [`Project::graph`], and what is wrong in the head file.
    pub fn graph_at_heads(&self) -> Result<RevisionGraph, ProjectError> {
        let graph = self.graph()?;
        let Some(path) = self.head_file() else { return Ok(graph) };
        let source = match script::read(&path) {
            Ok(source) => source,
            // The next command that writes a revision makes it.
            Err(ReadError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Ok(graph);
            }
            Err(error) => return Err(error.into()),
        };
        match mistake(&source, &graph) {
            None => Ok(graph),
            Some(mistake) => Err(Mistakes(vec![mistake]).into()),
        }
    }
}

fn text(graph: &RevisionGraph) -> String {
    graph.heads().into_iter().fold(COMMENT.to_owned(), |text, head| text + &line(head) + "\n")
}

/// A head with the name of its file.
fn line(head: &Revision) -> String {
    let name = head.path.file_name().unwrap_or_default().to_string_lossy();
    format!("{} {name}", head.id)
}

/// Where the file says something else than the folder.
fn mistake(source: &Source, graph: &RevisionGraph) -> Option<Mistake> {
    let wrong = |span: Range<usize>, message: String| {
        let hint = match graph.heads().len() {
            0 | 1 => "`db heads --write` writes it anew from the folder".to_owned(),
            _ => "`db merge heads` or `db rebase` joins the lines and writes it anew; `db heads \
                  --write` does where they stay apart"
                .to_owned(),
        };
        Some(Mistake::new(message, source.place(span)).hint(hint))
    };
    let lines: Vec<(Range<usize>, &str)> = lines(source);
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let conflict = lines.iter().find(|(_, line)| marks.iter().any(|mark| line.starts_with(mark)));
    if let Some((span, _)) = conflict {
        return wrong(span.clone(), "git left a conflict in the head file".to_owned());
    }
    let said = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    for (span, text) in &lines {
        let id = said(text);
        let message = match graph.get(&id) {
            None => format!("the head file names `{id}`, and there is no such revision"),
            Some(_) if !graph.is_head(&id) => {
                let children: Vec<_> = graph.children(&id).iter().map(|it| it.id.clone()).collect();
                let after = crate::error::list(children, "and");
                format!("the head file names `{id}`, and {after} comes after it")
            }
            Some(revision) if line(revision) != *text => {
                format!(
                    "the head file names another file for `{id}` than {}",
                    revision.path.display()
                )
            }
            Some(_) => continue,
        };
        return wrong(span.clone(), message);
    }
    let missing =
        graph.heads().into_iter().find(|head| lines.iter().all(|(_, it)| said(it) != head.id));
    let end = source.text.trim_end().len();
    missing.and_then(|head| {
        let path = head.path.display();
        wrong(end..end, format!("the head file lacks `{}`, {path}", head.id))
    })
}

/// The lines that are no comments, with their bytes.
fn lines(source: &Source) -> Vec<(Range<usize>, &str)> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let mut at = source.text.len() - text.len();
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if !bare.is_empty() && !bare.starts_with('#') {
            lines.push((at..at + line.trim_end().len(), bare));
        }
        at += line.len();
    }
    lines
}
