//! What a graph says of itself.

use std::path::PathBuf;

use super::super::{Direction, Heads, Places, Revision, RevisionGraph, ids};
use super::{graph, heads, revisions, show, show_ids};
use crate::script::Header;

/// Each revision with its labels.
fn labels(graph: &RevisionGraph) -> String {
    let line = |it: &Revision| format!("{}({})", it.id, graph.labels_of(&it.id).join(","));
    graph.revisions().iter().map(line).collect::<Vec<_>>().join(" ")
}

#[test]
fn ends_and_forks() {
    let graph = graph("a<-b; b<-c1<-d1; b<-c2<-d2; e=(d1,d2); x<-y; y~>d1; z~>y");
    assert_eq!(show_ids(graph.heads()), "e y z");
    assert_eq!(show_ids(graph.real_heads()), "e z");
    assert_eq!(show_ids(graph.branch_points()), "b");
    assert_eq!(show_ids(graph.children("b")), "c1 c2");
    assert_eq!(show_ids(graph.children("d1")), "e");
    assert_eq!(show_ids(graph.dependants("d1")), "e y");
    assert_eq!(show_ids(graph.dependencies("y")), "d1");
    assert_eq!(show_ids(graph.dependencies("e")), "");
    assert_eq!(show_ids(graph.children("nope")), "");
    assert!(graph.is_head("y") && !graph.is_real_head("y") && graph.is_real_head("z"));
    assert!(graph.is_branch_point("b") && !graph.is_branch_point("d1"));
    assert!(!graph.is_head("nope"));
    assert_eq!(graph.get("d1").map(|it| it.parents.clone()), Some(vec!["c1".to_owned()]));
    assert_eq!(graph.get("nope"), None);
}

#[test]
fn a_dependency_by_label_is_the_revision_that_states_it() {
    let graph = graph("a(lib)<-b; x; x~>lib");
    assert_eq!(show_ids(graph.dependencies("x")), "a");
}

#[test]
fn heads_of_what_has_run() {
    let graph = graph("a<-b; b<-c1; b<-c2; x; x~>c1");
    assert_eq!(show(&graph.effective_heads(&heads("{a, b, c1, x}"))), "{x}");
    assert_eq!(show(&graph.effective_heads(&heads("{a, b, c1, c2}"))), "{c1, c2}");
    assert_eq!(show(&graph.effective_heads(&Heads::new())), "{}");
    assert_eq!(graph.ancestors(&heads("{x}")), Ok(heads("{a, b, c1, x}")));
    assert_eq!(
        graph.ancestors(&heads("{zz}")).map_err(|error| error.to_string()),
        Err("the database stands at revision `zz`, which has no file".to_owned())
    );
    assert_eq!(show(&ids(graph.heads())), "{c1, c2, x}");
}

#[test]
fn what_is_apart() {
    let graph = graph("a<-b; b<-c1; b<-c2; x<-y; m=(c1,y); z; z~>c2; w");
    for (involved, apart) in [
        ("{a}", "{w, x, y}"),
        ("{a, b, c1}", "{w, x, y}"),
        ("{x}", "{a, b, c1, c2, w, z}"),
        ("{w}", "{a, b, c1, c2, m, x, y, z}"),
        ("{}", "{a, b, c1, c2, m, w, x, y, z}"),
    ] {
        assert_eq!(show(&graph.apart_from(&heads(involved))), apart, "{involved}");
    }
}

#[test]
fn labels_cover_a_line() {
    let labels = |text: &str| labels(&graph(text));
    assert_eq!(labels("a<-b(l)<-c<-d"), "a(l) b(l) c(l) d(l)");
    assert_eq!(labels("a<-b<-c1<-d1(l)<-e1; b<-c2"), "a() b() c1(l) c2() d1(l) e1(l)");
    assert_eq!(labels("a<-b(l); b<-c1(k); b<-c2"), "a(l) b(l) c1(k,l) c2(l)");
    assert_eq!(labels("a(k); b(j); c=(a,b)<-d<-e(l)"), "a(k) b(j) c(j,k) d(j,k,l) e(j,k,l)");
    assert_eq!(labels("a(k); b; c(l)=(a,b)"), "a(k) b() c(k,l)");
    assert_eq!(labels("a(l); b; b~>a"), "a(l) b()");
    assert_eq!(labels("a(l,k)<-b"), "a(k,l) b(k,l)");
}

#[test]
fn all_labels() {
    let graph = graph("a(z)<-b(k)");
    let all: Vec<_> = graph.labels().map(|(label, it)| format!("{label} {}", it.id)).collect();
    assert_eq!(all, ["k b", "z a"]);
}

#[test]
fn one_more() {
    let graph = graph("a<-b");
    let more = |text: &str| graph.with(revisions(text).remove(0)).map(|it| show_ids(it.heads()));
    assert_eq!(more("c"), Ok("b c".to_owned()));
    let errors = more("a").unwrap_err();
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors, ["revision `a` is in 2 files: `` and ``"]);
}

#[test]
fn a_revision_from_its_header() {
    let header = Header {
        message: "users table\n\nMore about it.".to_owned(),
        revision: "b".to_owned(),
        down_revision: vec!["a".to_owned()],
        branch_labels: vec!["lib".to_owned()],
        depends_on: vec!["x".to_owned()],
        replaces: vec!["y".to_owned()],
        ..Header::default()
    };
    let revision = Revision::new(&header, "versions/b.toml", Places::default());
    assert_eq!(
        revision,
        Revision {
            id: "b".to_owned(),
            parents: vec!["a".to_owned()],
            depends_on: vec!["x".to_owned()],
            replaces: vec!["y".to_owned()],
            ends: Vec::new(),
            labels: vec!["lib".to_owned()],
            message: "users table\n\nMore about it.".to_owned(),
            created: None,
            path: PathBuf::from("versions/b.toml"),
            source: None,
            places: Places::default(),
        }
    );
    assert_eq!(revision.title(), "users table");
    assert!(!revision.is_merge_point());
}

#[test]
fn steps_as_people_read_them() {
    let mut revisions = revisions("a<-b1; a<-b2; c=(b1,b2); d; d~>c");
    revisions[0].message = "users table".to_owned();
    let graph = RevisionGraph::new(revisions).unwrap();
    let plan = graph.plan_upgrade(&"heads".parse().unwrap(), &Heads::new()).unwrap();
    let steps: Vec<_> = plan.steps.iter().map(ToString::to_string).collect();
    assert_eq!(
        steps,
        [
            "upgrade  -> a, users table",
            "upgrade a -> b2",
            "upgrade a -> b1",
            "upgrade b1, b2 -> c",
            "upgrade  -> d"
        ]
    );
    let rows: Vec<_> =
        plan.steps.iter().map(|step| format!("{} {}", show(&step.from), show(&step.to))).collect();
    assert_eq!(rows, ["{} {a}", "{a} {b2}", "{} {b1}", "{b1, b2} {c}", "{c} {d}"]);
    let plan = graph.plan_downgrade(&"base".parse().unwrap(), &heads("{c}")).unwrap();
    assert_eq!(plan.steps[0].to_string(), "downgrade c -> b1, b2");
    assert_eq!(plan.steps[3].to_string(), "downgrade a -> , users table");
    assert_eq!(plan.steps[3].direction, Direction::Downgrade);
    assert_eq!((show(&plan.from), show(&plan.to)), ("{c}".to_owned(), "{}".to_owned()));
}
