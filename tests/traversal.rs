//! The traversal tables of the graph, through the binary and on real databases: which revisions
//! run, in which order, and the rows that the version table holds then.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use support::project::{Project, query};

const FORK: &str = "a<-b; b<-c1(c1branch)<-d1; b<-c2(c2branch)<-d2";

/// What a script's header says: parents, labels, dependencies.
#[derive(Default)]
struct Header {
    parents: Vec<String>,
    labels: Vec<String>,
    depends_on: Vec<String>,
}

/// Writes the scripts of a graph: `a<-b(label)` is a line, `e=(c,d)` a merge, and with `x~>y` x
/// depends on y.
fn project(graph: &str) -> Project {
    let mut headers: BTreeMap<String, Header> = BTreeMap::new();
    let words = |text: &str| -> Vec<String> {
        let words = text.trim_matches(['(', ')']).split(',').map(str::trim);
        words.filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    for part in graph.split(';').map(str::trim) {
        if let Some((id, needs)) = part.split_once("~>") {
            headers.entry(id.to_owned()).or_default().depends_on.extend(words(needs));
            continue;
        }
        let mut below = Vec::new();
        for node in part.split("<-") {
            let (node, parents) = node.split_once('=').unwrap_or((node, ""));
            let (id, labels) = node.split_once('(').unwrap_or((node, ""));
            let header = headers.entry(id.to_owned()).or_default();
            header.parents.append(&mut below);
            header.parents.extend(words(parents));
            header.labels.extend(words(labels));
            below.push(id.to_owned());
        }
    }
    let project = Project::new("");
    for (id, Header { parents, labels, depends_on }) in headers {
        let text = format!(
            "revision = {id:?}\ndown_revision = {parents:?}\nbranch_labels = {labels:?}\ndepends_on = {depends_on:?}\n"
        );
        project.write(&format!("migrations/versions/{id}.toml"), &text);
    }
    project
}

/// Runs each line of `cases`, `command from {rows}: outcome`, in a database of its own.
fn check(graph: &str, cases: &str) {
    let project = project(graph);
    let cases: Vec<_> = cases.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let outcomes: Vec<_> =
        cases.iter().enumerate().map(|(at, case)| outcome(&project, at, case)).collect();
    assert_eq!(outcomes.join("\n"), cases.join("\n"));
}

fn outcome(project: &Project, at: usize, case: &str) -> String {
    let (command, _) = case.split_once("}:").unwrap();
    let (command, rows) = command.split_once(" from {").unwrap();
    let url = format!("--url sqlite:///{at}.db");
    if !rows.is_empty() {
        project.ok(&format!("stamp -q {} {url}", rows.replace(',', " ")));
    }
    let (verb, place) = command.split_once(' ').unwrap();
    let verb = match verb {
        "up" => "upgrade",
        "dn" => "downgrade",
        other => other,
    };
    let (code, out, err) = project.run(&format!("{verb} {place} {url}"));
    let rest = match code {
        Some(0) => {
            assert_eq!(out, "");
            let steps: Vec<_> = err.lines().map(step).collect();
            format!("{} -> {{{}}}", steps.join(" "), heads(project, at))
        }
        _ => err.lines().map(|line| format!("{line}; ")).collect::<String>(),
    };
    let rest = rest.trim().trim_end_matches(';');
    format!("{command} from {{{rows}}}: {rest}")
}

/// The revision that a line of talk is about: `Running downgrade b -> a`, or all of a stamp's.
fn step(line: &str) -> String {
    let words: Vec<_> = line.split("Running ").nth(1).unwrap().splitn(2, ' ').collect();
    let (from, to) = words[1].split_once("->").unwrap();
    match words[0] {
        "upgrade" => to.trim().to_owned(),
        "downgrade" => from.trim().to_owned(),
        _ => format!("[{}]", words[1].trim()),
    }
}

fn heads(project: &Project, at: usize) -> String {
    let path = project.path(&format!("{at}.db"));
    if !path.exists() {
        return String::new();
    }
    let db = rusqlite::Connection::open(path).unwrap();
    let exists = query(&db, "SELECT 1 FROM sqlite_schema WHERE name = 'limbeck_version'");
    match exists.is_empty() {
        true => String::new(),
        false => query(&db, "SELECT version_num FROM limbeck_version ORDER BY 1")
            .iter()
            .map(|row| row.trim_matches('"').to_owned())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

#[test]
fn one_line() {
    check(
        "a<-b<-c<-d<-e",
        "
        up e from {c}: d e -> {e}
        up c from {}: a b c -> {c}
        up base from {c}: -> {c}
        up +2 from {a}: b c -> {c}
        up b+2 from {a}: b c d -> {d}
        up d-2 from {a}: b -> {b}
        up head-1 from {e}: -> {e}
        dn c from {e}: e d -> {c}
        dn base from {c}: c b a -> {}
        dn base from {}: -> {}
        dn e from {e}: -> {e}
        dn -3 from {e}: e d c -> {b}
        dn a+2 from {d}: d -> {c}
        dn c-2 from {d}: d c b -> {a}
        dn -1 from {a}: a -> {}
        stamp base from {d}: [d ->] -> {}
        up -2 from {b}: error: `-2` leads down, and an upgrade only goes up; hint: `db downgrade -2` goes down
        dn -5 from {b}: error: `-5` leads too far: there are fewer than 5 revisions that way; hint: `db history` shows the revisions, `db current` where the database stands
        dn d from {b}: error: `d` is no place to downgrade to: revision `d` has not run here; hint: `db current` shows where the database stands
        ",
    );
}

#[test]
fn a_fork() {
    check(
        FORK,
        "
        up heads from {a}: b c2 d2 c1 d1 -> {d1, d2}
        up c2branch@head-1 from {b}: c2 -> {c2}
        up c2branch@+1 from {c1}: c2 -> {c1, c2}
        up c2branch@+3 from {}: a b c2 -> {c2}
        dn a from {d1,d2}: d1 c1 d2 c2 b -> {a}
        dn c2branch@base+2 from {d1,d2}: d2 c2 -> {d1}
        dn c2 from {d1,d2}: d2 -> {c2, d1}
        dn c1branch@b from {c1,d2}: c1 -> {d2}
        dn c2branch@b from {c1,d2}: d2 c2 -> {c1}
        dn d1@b from {c1,d2}: c1 -> {d2}
        dn c1branch@-1 from {d1,d2}: d1 -> {c1, d2}
        dn c1branch@head-1 from {d1,d2}: d1 -> {c1, d2}
        dn d2-1 from {c1,d2}: d2 -> {c1, c2}
        dn d1 from {c2,d1}: -> {c2, d1}
        dn -1 from {d1,d2}: error: `-1` is ambiguous: it could count from `d1` or `d2`; hint: say `c1branch@-1` or `c2branch@-1`
        up +1 from {c1,c2}: error: `+1` is ambiguous: it could count from `c1` or `c2`; hint: say `c1branch@+1` or `c2branch@+1`
        up head from {b}: error: `head` is 2 revisions: `d1` and `d2`; hint: name one of them, say `heads` where all are meant, or join them with `db merge heads` or `db rebase`
        stamp b from {c2,d1}: [c2, d1 -> b] -> {b}
        stamp c1branch@base from {c2,d1}: [d1 ->] -> {c2}
        stamp c2branch@head from {c2,d1}: [c2 -> d2] -> {d1, d2}
        stamp d1 d2 from {b}: [b -> d1] [-> d2] -> {d1, d2}
        stamp heads from {b}: [b -> d1] [-> d2] -> {d1, d2}
        stamp b d1 from {}: error: revision `b` is already part of `d1`; hint: name only the upper one
        ",
    );
}

#[test]
fn merges() {
    check(
        "a1<-b1<-c1; a2<-b2<-c2; d1=(c1,c2); c2<-d2",
        "
        up d1 from {b1,d2}: c1 d1 -> {d1, d2}
        dn b1 from {d1,d2}: d1 c1 -> {b1, d2}
        dn -1 from {d1}: d1 -> {c1, c2}
        ",
    );
    check(
        "a<-b; b<-c1<-d1; b<-c2(c2branch)<-d2; e=(d1,d2)<-f",
        "
        up f from {b}: c2 d2 c1 d1 e f -> {f}
        dn b from {f}: f e d1 c1 d2 c2 -> {b}
        stamp c2 from {e}: [e -> c2] -> {c2}
        stamp c2branch@head from {c2,d1}: [c2, d1 -> f] -> {f}
        ",
    );
}

#[test]
fn twin_merges_and_overlapping_ones() {
    check(
        "a<-b1; a<-b2; a<-b3; c1=(b1,b2,b3)<-d1; c2=(b1,b2,b3)<-d2",
        "
        up b2 from {b1,b3}: b2 -> {b1, b2, b3}
        up c2 from {b1,b2,b3}: c2 -> {c2}
        up c1 from {d2}: c1 -> {c1, d2}
        dn c1 from {d1,d2}: d1 -> {c1, d2}
        ",
    );
    check(
        "a<-b1; a<-b2; a<-b3; c1=(b1,b2)<-d1; c2=(b2,b3)<-d2",
        "
        up c2 from {b2,b3}: c2 -> {c2}
        up b1 from {d2}: b1 -> {b1, d2}
        up c1 from {b1,d2}: c1 -> {c1, d2}
        ",
    );
}

#[test]
fn dependencies() {
    check(
        "a1(lib1)<-b1<-c1<-d1<-e1<-f1; a2<-b2<-c2; c2~>c1",
        "
        up c2 from {}: a1 b1 c1 a2 b2 c2 -> {c2}
        dn c1 from {c2,d1}: d1 -> {c2}
        dn lib1@-1 from {c2}: c2 c1 -> {b1, b2}
        stamp b1 from {c2,e1}: [c2, e1 -> b1] -> {b1}
        ",
    );
    check(
        "a1; a2; a3; b1; b2; c1; c2; c3; amerge=(a1,a2,a3); bmerge=(b1,b2); cmerge=(c1,c2,c3); d1; d1~>a3,b2,c1",
        "
        dn b2 from {amerge,bmerge,cmerge,d1}: bmerge -> {amerge, b1, cmerge, d1}
        dn d1@base from {amerge,b1,cmerge,d1}: d1 -> {amerge, b1, b2, cmerge}
        dn base from {amerge,b1,b2,cmerge}: amerge a1 b1 b2 cmerge c1 a2 a3 c2 c3 -> {}
        ",
    );
    check("a1<-a2<-a3; a1<-b1<-b2<-b3; b2~>a2; a3~>b1", "dn b1 from {a3,b2}: b2 -> {a3}");
    check(
        "x1(x)<-x2; y1(y)<-y2; y2~>x1",
        "
        dn x@-1 from {x2,y2}: x2 -> {y2}
        dn x@-1 from {y2}: y2 x1 -> {y1}
        ",
    );
}
