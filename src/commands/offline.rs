//! `--sql`: what a command would run, as a script for the database's own client. The database is
//! not opened: what must be known of it the scripts say, which run on a rehearsal.

mod error;

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::json;

use super::session::who;
use super::standing::place;
use super::way::{Range, Way};
use crate::commands::global::Global;
use crate::dialect::{self, Connection, Dialect};
use crate::error::nearest;
use crate::graph::{
    Acceptance, Anchor, Direction, Heads, Plan, Revision, RevisionGraph, RevisionId, Step, Target,
    ids, in_words,
};
use crate::project::{Project, now_utc};
use crate::run::{
    self, Acceptable, Ledger, PaperHistory, Printer, Programs, RunError, Session, Sheet, TOOL,
    Tables,
};

pub(crate) use error::OfflineError;

/// What commands understand that can write their SQL down.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Offline {
    /// Print the SQL instead of running it; the database is not opened
    #[arg(long)]
    pub(super) sql: bool,
    /// With --sql: the kind of database that it is for [default: that of the address]
    #[arg(long, value_name = "NAME", requires = "sql")]
    dialect: Option<String>,
}

impl Offline {
    /// A range among `ways` that is none of a script's.
    pub(super) fn misplaced<'a>(&self, ways: &'a [Way]) -> Option<&'a Range> {
        ways.iter().filter(|_| !self.sql).find_map(|way| match way {
            Way::Between(range) => Some(range),
            Way::To(_) => None,
        })
    }
}

/// Prints the script that leads from one end of `way` to the other.
pub(super) fn print(
    global: &Global,
    offline: &Offline,
    tag: Option<&str>,
    direction: Direction,
    way: &Way,
) -> Result<()> {
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let range = way.range();
    let tables = match range.from.is_empty() {
        true => Tables::Make,
        false => Tables::Expect,
    };
    let (start, plan) = plan(&graph, &range, direction)?;
    let mut work = Work::new(global, &project, &graph, offline, tag)?;
    work.replay(&start)?;
    if plan.steps.is_empty() {
        return work.answer(&start, &plan.to);
    }
    work.head(&direction.to_string(), &start, &plan.to);
    let steps = plan.steps.iter().map(|step| step.revision.id.clone());
    let involved = graph.ancestors(&start)?.into_iter().chain(steps).collect();
    let apart = with_other_names(&graph, graph.apart_from(&involved));
    let history = project.history()?;
    let accepts = work.acceptable(&start)?;
    let paper =
        PaperHistory::new(&history, &work.sheet, tables, &start, apart, true).accepting(accepts);
    let sheet = work.sheet.clone();
    work.with_session(&sheet, &paper, Programs::Refuse, |session| {
        let announce = |step: &Step| {
            sheet.paragraph();
            sheet.comment(&format!("Running {step}"));
        };
        carry_out(session, &project, &plan, announce, false)
    })?;
    work.answer(&start, &plan.to)
}

/// Prints the script that sets the version table.
pub(super) fn print_stamp(
    global: &Global,
    offline: &Offline,
    tag: Option<&str>,
    ways: &[Way],
    purge: bool,
) -> Result<()> {
    let project = global.project()?;
    let graph = project.graph_at_heads()?;
    let ranges: Vec<Range> = ways.iter().map(Way::range).collect();
    let starts = ranges.iter().map(|range| match range.from.is_empty() {
        true => Ok(None),
        false => start(&graph, range, &Heads::new()).map(Some),
    });
    let starts = starts.collect::<Result<BTreeSet<Option<Heads>>>>()?;
    if starts.len() > 1 {
        return Err(OfflineError::ManyStarts.into());
    }
    let begin = starts.into_iter().next().flatten();
    let tables = match (purge, &begin) {
        (true, _) => Tables::Clear,
        (false, None) => Tables::Make,
        (false, Some(_)) => Tables::Expect,
    };
    let start = begin.filter(|_| !purge).unwrap_or_default();
    let to = |range: &Range| {
        let to = range.to.clone().unwrap_or_else(Target::heads);
        of_graph(&to).cloned()
    };
    let targets = ranges.iter().map(to).collect::<Result<Vec<_>, _>>()?;
    let stamps = graph.plan_stamp(&targets, &start)?;
    let mut end = start.clone();
    stamps.iter().for_each(|stamp| stamp.apply(&mut end));
    let mut work = Work::new(global, &project, &graph, offline, tag)?;
    if stamps.is_empty() && !purge {
        return work.answer(&start, &end);
    }
    work.head("stamp", &start, &end);
    work.sheet.paragraph();
    for stamp in &stamps {
        work.sheet.comment(&format!("Running {stamp}"));
    }
    let history = project.history()?;
    let involved = graph.ancestors(&start)?.into_iter().chain(graph.ancestors(&end)?).collect();
    let apart = with_other_names(&graph, graph.apart_from(&involved));
    let accepts = work.acceptable(&start)?;
    let paper =
        PaperHistory::new(&history, &work.sheet, tables, &start, apart, false).accepting(accepts);
    let sheet = work.sheet.clone();
    work.with_session(&sheet, &paper, Programs::Refuse, |session| {
        Ok(run::stamp(session, &start, &stamps)?)
    })?;
    work.answer(&start, &end)
}

/// These revisions, and what rows may say in their place.
fn with_other_names(graph: &RevisionGraph, mut ids: BTreeSet<RevisionId>) -> BTreeSet<RevisionId> {
    let names = ids.iter().filter_map(|id| graph.get(id)).flat_map(Revision::other_names);
    let names: Vec<RevisionId> = names.cloned().collect();
    ids.extend(names);
    ids
}

/// Where the range begins, and the steps to its other end.
fn plan<'g>(
    graph: &'g RevisionGraph,
    range: &Range,
    direction: Direction,
) -> Result<(Heads, Plan<'g>)> {
    let to = range.to.clone().unwrap_or_else(|| match direction {
        Direction::Upgrade => Target::heads(),
        Direction::Downgrade => Target::base(),
    });
    let to = of_graph(&to)?;
    if range.from.is_empty() && direction == Direction::Downgrade {
        return Err(OfflineError::NoStart { target: to.to_string() }.into());
    }
    // Steps down without a place to count from count from the other end.
    let is_counted = |from: &Target| from.anchor == Anchor::Here && from.steps < 0;
    let other = match range.from.iter().any(is_counted) {
        true => ids(graph.resolve(to, &Heads::new())?),
        false => Heads::new(),
    };
    let start = start(graph, range, &other)?;
    let wrong_way = || OfflineError::WrongWay { range: range.to_string(), direction };
    match direction {
        Direction::Upgrade => {
            let plan = graph.plan_upgrade(to, &start)?;
            if plan.steps.is_empty() && ids(graph.resolve(to, &start)?) != start {
                return Err(wrong_way().into());
            }
            Ok((start, plan))
        }
        Direction::Downgrade => {
            let below = graph.ancestors(&start)?;
            let ends = if to.steps < 0 { Vec::new() } else { graph.resolve(to, &start)? };
            if ends.iter().any(|end| !below.contains(&end.id)) {
                return Err(wrong_way().into());
            }
            let plan = graph.plan_downgrade(to, &start)?;
            Ok((start, plan))
        }
    }
}

/// Where the range begins; steps count from `other`.
fn start(graph: &RevisionGraph, range: &Range, other: &Heads) -> Result<Heads> {
    let mut start = Heads::new();
    for from in &range.from {
        start.extend(ids(graph.resolve(of_graph(from)?, other)?));
    }
    Ok(graph.effective_heads(&graph.ancestors(&start)?))
}

/// The target, if it needs no database to be found.
fn of_graph(target: &Target) -> Result<&Target, OfflineError> {
    match target.anchor {
        Anchor::Current => Err(OfflineError::NeedsDatabase { target: target.to_string() }),
        _ => Ok(target),
    }
}

/// A script in the making.
struct Work<'a> {
    global: &'a Global,
    project: &'a Project,
    graph: &'a RevisionGraph,
    dialect: Box<dyn Dialect>,
    rehearsal: Box<dyn Connection>,
    sheet: Sheet,
    tag: Option<&'a str>,
}

impl<'a> Work<'a> {
    fn new(
        global: &'a Global,
        project: &'a Project,
        graph: &'a RevisionGraph,
        offline: &Offline,
        tag: Option<&'a str>,
    ) -> Result<Work<'a>> {
        let spoken = match &offline.dialect {
            Some(name) => dialect::named(name).ok_or_else(|| OfflineError::UnknownDialect {
                name: name.clone(),
                nearest: nearest(name, dialect::spoken()),
            })?,
            None => dialect::of(&project.url()?.0)?,
        };
        let dialect = spoken.portable();
        let rehearsal = dialect.rehearsal()?;
        let sheet = Sheet::default();
        Ok(Work { global, project, graph, dialect, rehearsal, sheet, tag })
    }

    /// Brings the rehearsal to where the script begins.
    fn replay(&mut self, start: &Heads) -> Result<()> {
        let unread = Sheet::default();
        let (graph, project) = (self.graph, self.project);
        let history = project.history()?;
        let mut heads = Heads::new();
        for id in start {
            let target = Target::from(Anchor::Name(id.clone()));
            let plan = graph.plan_upgrade(&target, &heads)?;
            let paper =
                PaperHistory::new(&history, &unread, Tables::Make, &heads, BTreeSet::new(), true);
            self.with_session(&unread, &paper, Programs::Skip, |session| {
                carry_out(session, project, &plan, |_| (), true)
            })?;
            heads = plan.to;
        }
        Ok(())
    }

    /// The revisions among `start` that replace others, which the database may not know yet.
    fn acceptable(&self, start: &Heads) -> Result<Vec<Acceptable>> {
        let replacing = start.iter().filter_map(|id| self.graph.get(id));
        let replacing = replacing.filter(|it| !it.replaces.is_empty());
        let acceptable = |revision: &Revision| {
            let file = self.project.script(revision)?;
            let names = revision.other_names().to_vec();
            let acceptances = names.iter().map(|row| Acceptance { revision, row: row.clone() });
            let acceptances: Vec<_> = acceptances.map(|it| format!("Accepting {it}")).collect();
            let entry = run::acceptance(&file, now_utc(), &who(self.tag));
            Ok(Acceptable { names, entry, comment: acceptances.join("\n") })
        };
        replacing.map(acceptable).collect()
    }

    /// Writes what stands above the first statement.
    fn head(&self, command: &str, start: &Heads, end: &Heads) {
        let client = self.dialect.client();
        let (from, to) = (in_words(start), in_words(end));
        self.sheet.comment(&format!("{TOOL}: {command} {from} -> {to}"));
        if let Some(tag) = self.tag {
            self.sheet.comment(tag);
        }
        self.sheet.comment(&format!("for {}: {}", self.dialect.title(), client.command));
        self.sheet.lines(client.preamble);
        if let Some(wait) = client.wait.filter(|_| !self.dialect.features().transactional_ddl) {
            self.sheet.statement(wait);
        }
    }

    fn with_session<T>(
        &mut self,
        sheet: &Sheet,
        history: &dyn Ledger,
        programs: Programs,
        work: impl FnOnce(&mut Session) -> Result<T>,
    ) -> Result<T> {
        let dialect = &*self.dialect;
        let who = who(self.tag);
        let is_before = matches!(programs, Programs::Skip);
        let printer = Printer::new(dialect, &mut *self.rehearsal, sheet);
        work(&mut Session {
            dialect,
            db: &mut printer.before_the_script(is_before),
            history,
            transaction: self.project.options.transaction,
            restart: None,
            limits: self.project.limits(),
            programs,
            who: &who,
            now: &now_utc,
            tell: &|_| (),
        })
    }

    /// Hands the whole script out.
    fn answer(&self, from: &Heads, to: &Heads) -> Result<()> {
        let terminal = self.global.terminal();
        let script = self.sheet.take();
        if terminal.json {
            let dialect = self.dialect.name();
            let answer = json!({ "dialect": dialect, "from": from, "to": to, "script": script });
            terminal.answer_json(&answer)?;
        } else {
            terminal.answer_as_it_is(&script)?;
        }
        Ok(())
    }
}

/// Writes the steps of `plan` down. `is_before` says that the script begins behind them.
fn carry_out(
    session: &mut Session,
    project: &Project,
    plan: &Plan,
    announce: impl FnMut(&Step),
    is_before: bool,
) -> Result<()> {
    let scripts = project.scripts_of(plan)?;
    let Session { dialect, db, limits, .. } = session;
    dialect.prepare(*db, limits)?;
    run::carry_out(session, plan, &scripts, announce).map_err(|error| match error {
        // Nothing was run or taken back.
        RunError::Step { revision, operation, cause, .. } => {
            let place = place(&scripts, &revision, &cause);
            OfflineError::Step { revision, operation, is_before, place, cause }.into()
        }
        error => error.into(),
    })
}
