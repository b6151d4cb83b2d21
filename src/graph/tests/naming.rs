//! Every way to name a place.

use super::super::{GraphError, RevisionGraph, Target};
use super::{check, describe, graph, heads, show_ids, target};

const FORK: &str = "a<-b; b<-c1(c1branch)<-d1; b<-c2(c2branch)<-d2";

#[test]
fn words() {
    check(
        &graph(FORK),
        "
        show heads from {}: d1 d2
        show base from {b}:
        show current from {c1, d2}: c1 d2
        show c1branch from {}: c1
        show c1branch@head from {}: d1
        show c1branch@heads from {}: d1
        show a@heads from {}: d1 d2
        show c1branch@base from {}:
        show c1branch@current from {c1, d2}: c1
        show c1branch@b from {}: b
        show c1branch@d1 from {}: d1
        show c1branch@c1branch from {}: c1
        show d1@a from {}: a
        show +1 from {c1}: d1
        show -1 from {c1}: b
        show -2 from {c1}: a
        show -3 from {c1}:
        show -4 from {c1}: error: `-4` leads too far: there are fewer than 4 revisions that way; `db history` shows the revisions, `db current` where the database stands
        show -1 from {a}:
        show c1-1 from {}: b
        show b+1 from {}: error: `b+1` is ambiguous: the way from `b` forks to `c1` and `c2`; name the revision itself, or stay in one line as with `label@+1`
        show c2branch@b+2 from {}: d2
        show c2branch@+1 from {d1}: c2
        show c2branch@head-1 from {}: c2
        show heads-1 from {}: error: `heads` is 2 revisions: `d1` and `d2`; name one of them, say `heads` where all are meant, or join them with `db merge heads` or `db rebase`
        show head from {}: error: `head` is 2 revisions: `d1` and `d2`; name one of them, say `heads` where all are meant, or join them with `db merge heads` or `db rebase`
        show a@head from {}: error: `a@head` is 2 revisions: `d1` and `d2`; name one of them, say `heads` where all are meant, or join them with `db merge heads` or `db rebase`
        show c1branch@d2 from {}: error: revision `d2` is not in the line of `c1branch`; `db show d2` shows the branches it is in
        show nope@head from {}: error: no revision or branch is named `nope`; `db history` shows the revisions there are
        show HEAD from {}: error: no revision or branch is named `HEAD`; did you mean `head`?
        show c1brnch from {}: error: no revision or branch is named `c1brnch`; did you mean `c1branch`?
        show current from {zz}: error: the database stands at revision `zz`, which has no file; another folder or a newer version of this one wrote it: bring its file back, or say where the database really stands with `db stamp --purge`
        ",
    );
}

#[test]
fn an_empty_graph() {
    check(
        &RevisionGraph::new(Vec::new()).unwrap(),
        "
        show head from {}:
        show heads from {}:
        up head from {}: -> {}
        up heads from {}: -> {}
        dn base from {}: -> {}
        dn head from {}: -> {}
        stamp head from {}: -> {}
        history : from {}:
        up +1 from {}: error: `+1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        show head-1 from {}: error: `head-1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        ",
    );
}

#[test]
fn heads_that_another_line_depends_on() {
    check(
        &graph("a1<-b1; a2<-b2; b2~>b1"),
        "
        show heads from {}: b2
        show head from {}: error: `head` is 2 revisions: `b1` and `b2`; name one of them, say `heads` where all are meant, or join them with `db merge heads` or `db rebase`
        show b1@head from {}: b1
        show b1@heads from {}: b1
        up b1@head from {}: a1 b1 -> {b1}
        ",
    );
}

#[test]
fn prefixes() {
    check(
        &graph("user<-user_foo; abc123<-abd456(someline)<-someid"),
        "
        show user from {}: user
        show user_ from {}: user_foo
        show us from {}: error: `us` is the beginning of `user` and `user_foo`; write more of it
        show abc from {}: abc123
        show ab from {}: error: `ab` is the beginning of `abc123` and `abd456`; write more of it
        show some from {}: error: `some` is the beginning of `someid` and `someline`; write more of it
        show somel from {}: abd456
        show somel@head from {}: someid
        show user_@us from {}: error: `us` is the beginning of `user` and `user_foo`; write more of it
        ",
    );
    check(
        &graph("a1<-some1(abranch); e1<-some2(ebranch); x1(x1lib)<-x2"),
        "
        show abranch@some from {}: some1
        show ebranch@some from {}: some2
        show ebranch@a from {}: error: `a` is the beginning of `a1` and `abranch`; write more of it
        show ebranch@x2 from {}: error: revision `x2` is not in the line of `ebranch`; `db show x2` shows the branches it is in
        show x1l from {}: x1
        ",
    );
}

/// A label and the revision that states it may begin alike.
#[test]
fn a_prefix_of_one_revision_twice() {
    check(&graph("ab12(ab_line)<-cd"), "show ab from {}: ab12");
}

#[test]
fn many_candidates_are_counted() {
    let line: Vec<_> = (10..30).map(|at| format!("ab{at}")).collect();
    check(
        &graph(&line.join("<-")),
        "show ab from {}: error: `ab` is the beginning of `ab10`, `ab11`, `ab12`, `ab13`, `ab14`, `ab15`, `ab16`, `ab17` and 12 more; write more of it",
    );
}

#[test]
fn one_revision() {
    let graph = graph(FORK);
    let one = |text: &str, rows: &str| {
        let found = graph.resolve_one(&target(text), &heads(rows));
        match found {
            Ok(found) => found.map_or("base".to_owned(), |it| it.id.clone()),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(one("c1b", "{}"), "c1");
    assert_eq!(one("base", "{}"), "base");
    assert_eq!(one("heads", "{}"), "`heads` is 2 revisions: `d1` and `d2`");
    assert_eq!(one("current", "{c1, c2}"), "`current` is 2 revisions: `c1` and `c2`");
}

#[test]
fn parents_of_a_new_revision() {
    let graph = graph(FORK);
    let parents = |targets: &str, splice: bool| {
        let targets: Vec<Target> = targets.split(' ').map(target).collect();
        match graph.parents_for(&targets, splice, &heads("{d1}")) {
            Ok(parents) => show_ids(parents),
            Err(error) => describe(&error),
        }
    };
    assert_eq!(parents("c1branch@head", false), "d1");
    assert_eq!(parents("current", false), "d1");
    assert_eq!(parents("base", false), "");
    assert_eq!(parents("heads", false), "d1 d2");
    assert_eq!(parents("d2 d1", false), "d2 d1");
    assert_eq!(parents("c1", true), "c1");
    assert_eq!(parents("-1", true), "c1");
    assert_eq!(
        parents("head", false),
        "error: `head` is 2 revisions: `d1` and `d2`; name one of them, say `heads` where all are \
         meant, or join them with `db merge heads` or `db rebase`"
    );
    assert_eq!(
        parents("c1", false),
        "error: revision `c1` is not a head: `d1` comes after it; `--splice` starts a branch there"
    );
    assert_eq!(
        parents("b", false),
        "error: revision `b` is not a head: `c1` and `c2` come after it; `--splice` starts a \
         branch there"
    );
    assert_eq!(
        parents("d1 c1branch@head", false),
        "error: revision `d1` is named twice; name it once"
    );
}

#[test]
fn errors_about_places_have_no_file() {
    let error = GraphError::Unknown { text: "x".to_owned(), nearest: Vec::new() };
    assert_eq!(error.places(), &[]);
}
