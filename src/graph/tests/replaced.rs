//! Revisions that do the work of others, and runs that one could do the work of.

use super::super::{GraphError, Heads, RevisionGraph, TargetRange};
use super::{check, describe, heads, revisions, show, show_ids};

/// The graph of `text` in which `by` replaces these.
fn replacing(text: &str, replaces: &[(&str, &str)]) -> Result<RevisionGraph, Vec<GraphError>> {
    let mut revisions = revisions(text);
    for (by, ids) in replaces {
        let revision = revisions.iter_mut().find(|it| it.id == *by).unwrap();
        revision.replaces = ids.split(' ').map(str::to_owned).collect();
    }
    RevisionGraph::new(revisions)
}

/// `s` replaces b1, b2 and b3, and stands between `a` and what came after b3.
fn squashed() -> RevisionGraph {
    replacing("a<-s; c=(b3)<-d; x~>b3; a<-x", &[("s", "b1 b2 b3")]).unwrap()
}

#[test]
fn the_last_one_is_another_name() {
    check(
        &squashed(),
        "
        show b3 from {}: s
        show b3+1 from {}: c
        history b3: from {}: d c s
        history :b3 from {}: s a
        up d from {}: a s c d -> {d}
        up heads from {a}: s x c d -> {d, x}
        up d from {c}: d -> {d}
        dn b3 from {d}: d c -> {s}
        dn a from {d}: d c s -> {a}
        stamp b3 from {}: [-> s] -> {s}
        ",
    );
}

#[test]
fn what_was_replaced_has_no_place_of_its_own() {
    check(
        &squashed(),
        "
        show b2 from {}: error: revision `b2` has no file: `s` replaces it; `db show s` shows what does its work
        up b1 from {}: error: revision `b1` has no file: `s` replaces it; `db show s` shows what does its work
        show b from {}: error: `b` is the beginning of `b1`, `b2` and `b3`; write more of it
        up d from {b2}: error: the database stands at `b2`, inside of what `s` replaces; bring back the files that `s` replaces from version control, without that of `s`, run `db upgrade b3`, and go on with the files as they are now
        ",
    );
}

#[test]
fn rows_of_a_version_table() {
    let graph = squashed();
    let accepted = |rows: &str| match graph.accepted(&heads(rows)) {
        Ok(heads) => show(&heads),
        Err(error) => error.to_string(),
    };
    for (rows, expected) in [
        ("{}", "{}"),
        ("{b3}", "{s}"),
        ("{b3, x}", "{s, x}"),
        ("{d, unknown}", "{d, unknown}"),
        ("{b1}", "the database stands at `b1`, inside of what `s` replaces"),
    ] {
        assert_eq!(accepted(rows), expected, "{rows}");
    }
    assert_eq!(show(&graph.ancestors(&heads("{b3}")).unwrap()), "{a, s}");
    let free: Vec<_> = ["b1", "s", "z"].map(|id| graph.is_free(id)).into();
    assert_eq!(free, [false, false, true]);
}

#[test]
fn graphs_that_cannot_be() {
    let errors = |text: &str, replaces: &[(&str, &str)]| -> Vec<String> {
        replacing(text, replaces).unwrap_err().iter().map(describe).collect()
    };
    assert_eq!(
        errors("a<-b<-c; s", &[("s", "a b")]),
        ["error: revision `s` replaces `a` and `b`, and their files are still there: `` and ``; \
             remove the files: version control keeps them",]
    );
    assert_eq!(
        errors("s; t", &[("s", "a b"), ("t", "b")]),
        [
            "error: revision `b` is replaced by `s` and `t`; one of them must go; version control has \
          what was there before"
        ]
    );
    assert_eq!(
        errors("c=(a); s; d~>a", &[("s", "a b")]),
        [
            "error: revision `c` comes after `a`, which is inside of what `s` replaces; let it come \
             after `s`: `down_revision = [\"s\"]`",
            "error: revision `d` depends on `a`, which is inside of what `s` replaces; let it depend \
             on `s`",
        ]
    );
    assert_eq!(
        errors("s", &[("s", "s")]),
        ["error: revision `s` replaces itself; take it out of `replaces`"]
    );
    // Of a file that is to go nothing more is said.
    assert_eq!(errors("b<-c; s", &[("s", "a b")]).len(), 1);
    let after_a = &mut revisions("b=(a)<-c; s");
    after_a.iter_mut().find(|it| it.id == "s").unwrap().replaces = vec!["a".into(), "b".into()];
    assert_eq!(RevisionGraph::new(after_a.clone()).unwrap_err().len(), 1);
    assert_eq!(
        errors("s=(b)", &[("s", "a b")]),
        ["error: revision `s` comes after itself; name the revision that comes before it, or none"]
    );
    assert_eq!(
        errors("s; c(a)", &[("s", "a b")]),
        ["error: branch label `a` of revision `c` is the id of a revision; choose another label"]
    );
}

#[test]
fn the_graph_with_one_that_replaces() {
    let mut squash = revisions("s=(a)").remove(0);
    squash.replaces = vec!["b".to_owned(), "c".to_owned()];
    let graph = super::graph("a<-b<-c<-d").with(squash).unwrap();
    check(&graph, "up head from {}: a s d -> {d}");
}

#[test]
fn a_name_of_what_is_gone_is_no_beginning() {
    check(
        &replacing("s<-abcd; x", &[("s", "ab abc")]).unwrap(),
        "
        show abc from {}: s
        show ab from {}: error: revision `ab` has no file: `s` replaces it; `db show s` shows what does its work
        show abcd from {}: abcd
        show a from {}: abcd
        ",
    );
}

/// What a run is made of: before | revisions | parents | dependencies | labels | replaced.
fn run(graph: &RevisionGraph, range: &str) -> String {
    let range: TargetRange = range.parse().unwrap();
    match graph.run(&range, &Heads::new()) {
        Ok(run) => [
            show_ids(run.before.iter().copied()),
            show_ids(run.revisions.iter().copied()),
            show_ids(run.parents.iter().copied()),
            run.depends_on.join(" "),
            run.labels().join(" "),
            run.replaces().join(" "),
        ]
        .join(" | "),
        Err(error) => describe(&error),
    }
}

#[test]
fn runs() {
    let graph = super::graph("a<-b(line)<-c<-d; b<-e; f=(d,e)<-g; u<-v; c~>v,line; h=(g,w); v<-w");
    for (range, expected) in [
        ("a:b", " | a b |  |  | line | a b"),
        ("c:d", "u v a b | c d | b | v line |  | c d"),
        ("b:g", "u v a | b e c d f g | a | v | line | b e c d f g"),
        ("b:h", "u v w a | b e c d f g h | a w | v | line | b e c d f g h"),
        ("u:v", " | u v |  |  |  | u v"),
    ] {
        assert_eq!(run(&graph, range), expected, "{range}");
    }
}

#[test]
fn runs_that_are_none() {
    let graph = super::graph("a<-b<-c<-d; b<-x; y~>c; u<-v");
    for (range, expected) in [
        (
            "b:b",
            "error: there is nothing to squash: `b` is the only one; `db history` shows the revisions there are",
        ),
        (
            ":",
            "error: `:` has several ends: `d`, `v`, `x` and `y`; name one of them as the end: `db squash START:END`",
        ),
        (
            "a:c",
            "error: revision `x` comes after `b`, which is inside of the run; end the run at `b` or begin it later, or squash what lies beside it too",
        ),
        (
            "c:d",
            "error: revision `y` depends on `c`, which is inside of the run; end the run at `c` or begin it later, or squash what lies beside it too",
        ),
    ] {
        assert_eq!(run(&graph, range), expected, "{range}");
    }
    assert_eq!(
        run(&RevisionGraph::new(Vec::new()).unwrap(), ":"),
        "error: there is nothing to squash: there is no revision; `db history` shows the revisions there are"
    );
}

#[test]
fn a_squash_of_a_squash() {
    let graph = replacing("s<-d<-e", &[("s", "a b c")]).unwrap();
    assert_eq!(run(&graph, "s:d"), " | s d |  |  |  | a b c s d");
    let graph = replacing("z<-s<-e", &[("s", "a b c")]).unwrap();
    assert_eq!(run(&graph, "z:s"), " | z s |  |  |  | z a b c s");
    let range = "z:s".parse().unwrap();
    assert_eq!(graph.run(&range, &Heads::new()).unwrap().ends(), ["c", "s"]);
}

#[test]
fn a_squash_with_two_names() {
    let mut all = revisions("t<-e; f=(c); g=(s)");
    let squash = all.iter_mut().find(|it| it.id == "t").unwrap();
    squash.replaces = ["z", "a", "b", "c", "s"].map(str::to_owned).into();
    squash.ends = ["c", "s"].map(str::to_owned).into();
    let graph = RevisionGraph::new(all).unwrap();
    check(
        &graph,
        "
        show c from {}: t
        show s from {}: t
        show b from {}: error: revision `b` has no file: `t` replaces it; `db show t` shows what does its work
        up heads from {c}: g f e -> {e, f, g}
        up heads from {s}: g f e -> {e, f, g}
        ",
    );
}
