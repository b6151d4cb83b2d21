//! How a person sees an error: what went wrong, why, where, and what to do.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};

use crate::commands::{
    AskError, BaselineError, BeforehandError, Collide, EditError, FileTaken, HalfDoneGone,
    HeadsError, InitError, InspectError, NewScriptError, NoConsent, NotUpToDate, NothingDeclared,
    OfflineError, PlanError, RebaseError, StandsInside, Stopped, UnknownHead,
};
use crate::dialect::url::{UrlError, redact};
use crate::dialect::{DbError, Unsupported};
use crate::diff::RenameError;
use crate::error::{Mistake, Mistakes, Place};
use crate::graph::{GraphError, TargetError};
use crate::models::ModelsError;
use crate::models::sql::SqlError;
use crate::project::ProjectError;
use crate::proof::{ProofError, UnequalError};
use crate::question::FillError;
use crate::run::{Cause, RunError};
use crate::script::sql::Unwritable;
use crate::script::{FileNameError, IdError, ReadError};
use crate::squash::ManyDialects;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const HINT: Style = AnsiColor::BrightCyan.on_default().bold();
const BOLD: Style = Style::new().bold();

/// The whole of `error` as text, with colours; the stream that it is written to strips them
/// where there is no use for them.
pub fn print(error: &anyhow::Error) -> String {
    let mut out = String::new();
    let (mut hint, mut lead, mut note) = (None, None, None);
    let mut is_placed = false;
    let mut said = Vec::new();
    for (depth, cause) in error.chain().enumerate() {
        if let Some(mistakes) = mistakes(cause) {
            let gap = if out.is_empty() { "" } else { "\n" };
            return out + gap + &all(&mistakes);
        }
        if let Some(ProjectError::Graph(errors)) = cause.downcast_ref() {
            let said: Vec<String> = errors.iter().map(of_graph).collect();
            return out + &said.join("\n");
        }
        let facts = facts(cause);
        let message = cause.to_string();
        // An error that only passes on its source says the same again.
        if said.last() != Some(&message) {
            if depth == 0 {
                let _ = writeln!(out, "{ERROR}error{ERROR:#}{BOLD}: {message}{BOLD:#}");
            } else {
                let _ = writeln!(out, "caused by: {message}");
            }
            said.push(message);
        }
        out.push_str(&without_passwords(facts.details, 0..0).0);
        facts.places.iter().for_each(|place| excerpt(&mut out, place));
        is_placed |= !facts.places.is_empty();
        // A statement that its file shows already is not shown twice.
        if let Some((sql, at)) = facts.statement.filter(|_| !is_placed) {
            statement(&mut out, sql, at);
        }
        hint = facts.hint.or(hint);
        lead = facts.lead.or(lead);
        note = facts.note.or(note);
    }
    let lines = [("note", note), ("hint", hint.as_deref()), ("hint", lead)];
    for (word, line) in lines.into_iter().filter_map(|(word, line)| Some((word, line?))) {
        let _ = writeln!(out, "{HINT}{word}{HINT:#}: {line}");
    }
    out
}

/// The mistakes in files that an error is about, if it is about any.
fn mistakes(error: &(dyn std::error::Error + 'static)) -> Option<Vec<Mistake>> {
    let of_project = |error: &ProjectError| match error {
        ProjectError::Mistakes(Mistakes(all))
        | ProjectError::Models(ModelsError::Mistakes(Mistakes(all)))
        | ProjectError::Read(ReadError::Mistakes(Mistakes(all))) => Some(all.clone()),
        _ => None,
    };
    if let Some(SqlError::Mistakes(Mistakes(all))) = error.downcast_ref() {
        return Some(all.clone());
    }
    if let Some(Mistakes(all)) = error.downcast_ref() {
        return Some(all.clone());
    }
    if let Some(ReadError::Mistakes(Mistakes(all))) = error.downcast_ref() {
        return Some(all.clone());
    }
    error.downcast_ref().and_then(of_project)
}

/// Several mistakes, each an error of its own.
fn all(mistakes: &[Mistake]) -> String {
    let one = |it: &Mistake| said(&it.message, it.place.as_slice(), it.hint.as_deref());
    mistakes.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// An error between files, with every file that makes it.
fn of_graph(error: &GraphError) -> String {
    /// More files than this say no more.
    const FEW: usize = 8;
    let places = error.places();
    said(&error.to_string(), &places[..places.len().min(FEW)], error.hint().as_deref())
}

fn said(message: &str, places: &[Place], hint: Option<&str>) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{ERROR}error{ERROR:#}{BOLD}: {message}{BOLD:#}");
    places.iter().for_each(|place| excerpt(&mut out, place));
    if let Some(hint) = hint {
        let _ = writeln!(out, "{HINT}hint{HINT:#}: {hint}");
    }
    out
}

/// What an error knows beside its message.
#[derive(Default)]
struct Facts<'a> {
    /// Lines that follow the message.
    details: &'a str,
    hint: Option<String>,
    /// What leads on, whatever the hint says.
    lead: Option<&'a str>,
    /// What is so now.
    note: Option<&'a str>,
    places: &'a [Place],
    /// The statement that failed, and the byte at which the database points.
    statement: Option<(&'a str, Option<usize>)>,
}

/// What `error` knows. An error of a chain can only be asked whether it is of this type or that, so
/// every type that knows more than its message stands here, with what it knows.
fn facts<'a>(error: &'a (dyn std::error::Error + 'static)) -> Facts<'a> {
    macro_rules! ask {
        ($($ty:ty: $($fact:ident),+;)*) => {
            $(if let Some(error) = error.downcast_ref::<$ty>() {
                return Facts { $($fact: error.$fact(),)+ ..Facts::default() };
            })*
        };
    }
    ask! {
        AskError: hint;
        BeforehandError: hint;
        // As the source of another error it is in its box.
        Box<Cause>: hint, statement;
        Cause: hint, statement;
        Collide: hint, details;
        DbError: hint, statement;
        EditError: hint;
        FileNameError: hint;
        FillError: hint;
        GraphError: hint, places;
        HalfDoneGone: hint;
        HeadsError: hint;
        IdError: hint;
        FileTaken: hint;
        BaselineError: hint;
        InitError: hint;
        InspectError: hint;
        ManyDialects: hint;
        ModelsError: hint, details;
        NewScriptError: hint;
        NoConsent: hint;
        NotUpToDate: hint;
        NothingDeclared: hint;
        OfflineError: hint, places;
        PlanError: hint, places;
        ProjectError: hint, details, statement;
        ProofError: hint;
        RebaseError: hint, details;
        RenameError: hint;
        RunError: hint;
        StandsInside: hint;
        Stopped: hint, lead, note, places;
        TargetError: hint;
        UnequalError: hint;
        UnknownHead: hint;
        Unsupported: hint;
        Unwritable: hint;
        UrlError: hint;
    }
    Facts::default()
}

/// The line of a file with a caret.
fn excerpt(out: &mut String, place: &Place) {
    let (text, span) = without_passwords(&place.source.text, place.span.clone());
    let start = floor(&text, span.start);
    let end = floor(&text, span.end).max(start);
    let annotation = AnnotationKind::Primary.span(start..end);
    let path = place.source.path.display().to_string();
    let snippet = Snippet::source(&*text).path(path).annotation(annotation);
    render(out, snippet);
}

/// The text without the passwords in its addresses, and where `span` is in it.
fn without_passwords(text: &str, span: Range<usize>) -> (String, Range<usize>) {
    let is_over = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`');
    let (mut out, mut span, mut rest) = (String::new(), span, text);
    while let Some(at) = rest.find("//") {
        let begin = rest[..at].rfind(is_over).map_or(0, |before| before + 1);
        let end = rest[at..].find(is_over).map_or(rest.len(), |length| at + length);
        out.push_str(&rest[..begin]);
        // From here on `out` and the text differ, and places behind move with it.
        let (before, after) = (out.len(), out.len() + end - begin);
        out.push_str(&redact(&rest[begin..end]));
        let moved = |place: usize| match place {
            _ if place <= before => place,
            _ if place >= after => place - after + out.len(),
            _ => place.min(out.len()),
        };
        span = moved(span.start)..moved(span.end);
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out, span)
}

/// A statement, with a caret where the database points.
fn statement(out: &mut String, sql: &str, at: Option<usize>) {
    let lines: Vec<&str> = sql.lines().collect();
    let shown = match lines.len() {
        0..=12 => sql.to_owned(),
        more => format!("{}\n-- and {} lines more", lines[..12].join("\n"), more - 12),
    };
    match at.filter(|at| *at < shown.len()) {
        Some(at) => {
            let at = floor(&shown, at);
            let word = shown[at..].find(|c: char| !(c.is_alphanumeric() || c == '_'));
            let end = at + word.unwrap_or(shown.len() - at).max(1);
            let annotation = AnnotationKind::Primary.span(at..floor(&shown, end).max(at));
            render(out, Snippet::source(&shown).path("statement").annotation(annotation));
        }
        None => {
            for line in shown.lines() {
                let _ = writeln!(out, "   | {line}");
            }
        }
    }
}

fn render(out: &mut String, snippet: Snippet<annotate_snippets::Annotation>) {
    // The title is said already, in our own words.
    let group = Group::with_level(Level::ERROR).element(snippet);
    let _ = writeln!(out, "{}", Renderer::styled().render(&[group]).trim_end());
}

/// The nearest place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
