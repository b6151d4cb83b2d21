//! Whether it matters which of several lines runs first: what `merge` and `rebase` ask.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::Result;
use serde_json::{Value, json};

use crate::graph::{Heads, Revision, RevisionGraph, RevisionId};
use crate::project::Project;
use crate::replay::{self, Act, Judgement, Side, Upgrade};
use crate::script::ScriptFile;
use crate::terminal::Terminal;

/// Two lines and what was found about their order.
#[derive(Debug)]
pub(super) struct Pair {
    left: RevisionId,
    right: RevisionId,
    judgement: Judgement,
}

/// Judges each two of the lines that end at `heads`. Two of which one comes after the other have
/// their order already.
///
/// # Errors
/// Everything that is wrong in the scripts of the lines and of what comes before them.
pub(super) fn judge(
    project: &Project,
    graph: &RevisionGraph,
    heads: &[&Revision],
) -> Result<Vec<Pair>> {
    let lines: Vec<BTreeSet<RevisionId>> = heads
        .iter()
        .map(|head| graph.ancestors(&Heads::from([head.id.clone()])))
        .collect::<Result<_, _>>()?;
    let revisions = graph.in_order(&lines.iter().flatten().cloned().collect());
    let scripts = project.scripts(&revisions)?;
    let upgrade = |(revision, file): (&&Revision, ScriptFile)| {
        let (revision, path) = (revision.id.clone(), revision.path.clone());
        (revision.clone(), Upgrade { revision, path, entries: file.script.upgrade })
    };
    let all: BTreeMap<RevisionId, Upgrade> = revisions.iter().zip(scripts).map(upgrade).collect();
    let upgrades = |ids: BTreeSet<RevisionId>| -> Vec<Upgrade> {
        let of = |revision: &Revision| all.get(&revision.id).cloned();
        graph.in_order(&ids).into_iter().filter_map(of).collect()
    };
    let mut pairs = Vec::new();
    for (at, left) in lines.iter().enumerate() {
        for (other, right) in lines.iter().enumerate().skip(at + 1) {
            let side = |head: usize, own: &BTreeSet<RevisionId>, not: &BTreeSet<RevisionId>| Side {
                head: heads[head].id.clone(),
                upgrades: upgrades(own - not),
            };
            let (left_side, right_side) = (side(at, left, right), side(other, right, left));
            if left_side.upgrades.is_empty() || right_side.upgrades.is_empty() {
                continue;
            }
            let shared = upgrades(left & right);
            let judgement = replay::judge(&shared, &left_side, &right_side);
            pairs.push(Pair { left: left_side.head, right: right_side.head, judgement });
        }
    }
    Ok(pairs)
}

impl Pair {
    /// Whether there is nothing to say but that the two commute.
    fn is_clean(&self) -> bool {
        self.judgement.commutes() && self.judgement.not_judged.is_empty()
    }

    /// What was found, in a sentence.
    fn sentence(&self) -> String {
        let Pair { left, right, judgement } = self;
        let not_judged = list(judgement.not_judged.iter());
        match (judgement.commutes(), judgement.not_judged.is_empty()) {
            (true, true) => {
                format!("{left} and {right} commute: either order ends in the same schema")
            }
            (true, false) => {
                format!("{left} and {right} commute but for what was not judged: {not_judged}")
            }
            (false, _) => {
                let collisions = list(judgement.collisions.iter());
                format!("{left} and {right} do not commute, `--force` joined them: {collisions}")
            }
        }
    }

    /// Everything that collides, with the operations of both lines and what each order ends in.
    fn details(&self) -> String {
        let mut out = String::new();
        for collision in &self.judgement.collisions {
            let _ = writeln!(out, "  {collision}");
            for act in collision.left.iter().chain(&collision.right) {
                for line in act.describe() {
                    let path = act.path.display();
                    let _ = writeln!(out, "    {} ({path}): {line}", act.revision);
                }
            }
        }
        for outcome in &self.judgement.outcomes {
            let _ = writeln!(out, "  {outcome}");
        }
        out
    }
}

fn list<T: ToString>(items: impl Iterator<Item = T>) -> String {
    items.map(|it| it.to_string()).collect::<Vec<_>>().join("; ")
}

/// What was found about all of them, a sentence each; those about which there is nothing more to say
/// are in one together. With each whether it is a warning.
pub(super) fn sentences(pairs: &[Pair]) -> Vec<(String, bool)> {
    let (clean, others): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|it| it.is_clean());
    let mut sentences: Vec<_> = others.iter().map(|it| (it.sentence(), true)).collect();
    match (&clean[..], others.is_empty()) {
        ([], _) => {}
        ([only], _) => sentences.push((only.sentence(), false)),
        (several, true) => {
            let heads = several.iter().flat_map(|it| [it.left.as_str(), it.right.as_str()]);
            let mut heads = Vec::from_iter(BTreeSet::from_iter(heads));
            let last = heads.pop().unwrap_or_default();
            let heads = heads.join(", ");
            let all = format!("{heads} and {last} commute: any order ends in the same schema");
            sentences.push((all, false));
        }
        (several, false) => {
            let number = several.len();
            let rest =
                format!("the other {number} pairs commute: any order ends in the same schema");
            sentences.push((rest, false));
        }
    }
    sentences
}

/// Refuses lines whose order matters, unless that is taken on purpose. Says what was found.
///
/// # Errors
/// [`Collide`].
pub(super) fn require(terminal: &Terminal, pairs: &[Pair], force: bool, retry: &str) -> Result<()> {
    if !force && pairs.iter().any(|pair| !pair.judgement.commutes()) {
        return Err(Collide::new(pairs, retry).into());
    }
    for (sentence, is_warning) in sentences(pairs) {
        match is_warning {
            true => terminal.warn(sentence),
            false => terminal.talk(sentence),
        }
    }
    Ok(())
}

/// What was found, for programs.
pub(super) fn object(pairs: &[Pair]) -> Value {
    let act = |act: &Act| {
        json!({
            "revision": act.revision,
            "path": act.path,
            "operations": act.describe(),
        })
    };
    let acts = |all: &[Act]| all.iter().map(act).collect::<Vec<_>>();
    let collisions = pairs.iter().flat_map(|pair| {
        pair.judgement.collisions.iter().map(|it| {
            json!({
                "between": [pair.left, pair.right],
                "clash": it.clash.word(),
                "what": it.to_string(),
                "dialects": it.dialects,
                "left": acts(&it.left),
                "right": acts(&it.right),
            })
        })
    });
    let outcomes = pairs.iter().flat_map(|pair| &pair.judgement.outcomes);
    let not_judged = pairs.iter().flat_map(|pair| &pair.judgement.not_judged).map(|it| {
        json!({
            "revision": it.act.revision,
            "path": it.act.path,
            "what": it.to_string(),
        })
    });
    json!({
        "commutes": pairs.iter().all(|pair| pair.judgement.commutes()),
        "collisions": collisions.collect::<Vec<_>>(),
        "outcomes": outcomes.map(ToString::to_string).collect::<Vec<_>>(),
        "not_judged": not_judged.collect::<Vec<_>>(),
    })
}

/// Lines whose order matters.
#[derive(Debug, thiserror::Error)]
#[error("{heads} do not commute: it matters which of them runs first")]
pub(crate) struct Collide {
    heads: String,
    details: String,
    retry: String,
}

impl Collide {
    fn new(pairs: &[Pair], retry: &str) -> Collide {
        let pairs: Vec<&Pair> = pairs.iter().filter(|it| !it.judgement.commutes()).collect();
        let mut heads: Vec<&RevisionId> = Vec::new();
        for head in pairs.iter().flat_map(|pair| [&pair.left, &pair.right]) {
            if !heads.contains(&head) {
                heads.push(head);
            }
        }
        Collide {
            heads: crate::error::list(heads, "and"),
            details: pairs.iter().map(|pair| pair.details()).collect(),
            retry: retry.to_owned(),
        }
    }

    /// Lines that follow the message.
    pub(crate) fn details(&self) -> &str {
        &self.details
    }

    pub(crate) fn hint(&self) -> Option<String> {
        Some(format!("change one of the scripts, or {}", self.retry))
    }
}
