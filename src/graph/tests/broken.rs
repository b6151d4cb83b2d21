//! Files that make no graph.

use std::fmt::Write;

use super::super::{GraphError, Places, Revision, RevisionGraph};
use super::revisions;
use crate::error::Source;

/// The revisions of `text`, each with the places of its names in a file `<id>.toml`.
fn files(text: &str) -> Vec<Revision> {
    revisions(text).into_iter().map(file).collect()
}

fn file(mut revision: Revision) -> Revision {
    let mut text = String::new();
    let mut line = |key: &str, names: &[String]| {
        write!(text, "{key} =").unwrap();
        let spans: Vec<_> = names
            .iter()
            .map(|name| {
                let start = text.len() + 1;
                write!(text, " {name}").unwrap();
                Some(start..text.len())
            })
            .collect();
        text.push('\n');
        spans
    };
    let id = line("revision", std::slice::from_ref(&revision.id));
    let lists = [&revision.parents, &revision.depends_on, &revision.labels];
    let keys = ["down_revision", "depends_on", "branch_labels"];
    let spans: Vec<_> = keys.into_iter().zip(lists).map(|(key, names)| line(key, names)).collect();
    revision.path = format!("{}.toml", revision.id).into();
    let source = Source::new(&revision.path, text);
    let place = |span: &Option<std::ops::Range<usize>>| span.clone().map(|span| source.place(span));
    revision.places = Places {
        id: place(&id[0]),
        parents: spans[0].iter().map(place).collect(),
        depends_on: spans[1].iter().map(place).collect(),
        labels: spans[2].iter().map(place).collect(),
        replaces: Vec::new(),
    };
    revision
}

/// Everything that is wrong with `revisions`: message, hint, and the places with their line.
fn errors(revisions: Vec<Revision>) -> String {
    let errors = RevisionGraph::new(revisions).unwrap_err();
    errors.iter().map(describe).collect::<Vec<_>>().join("\n")
}

fn describe(error: &GraphError) -> String {
    let mut text = error.to_string();
    for place in error.places() {
        let source = &place.source.text;
        let line = source[..place.span.start].lines().count();
        let word = &source[place.span.clone()];
        write!(text, "\n  {}:{line} {word}", place.path().display()).unwrap();
    }
    text + "\n  hint: " + &error.hint().unwrap_or_default()
}

#[test]
fn a_missing_parent() {
    assert_eq!(
        errors(files(
            "e517276bb1c2<-780739b227a7; new1=(e517276bb1c3); new2(lib)=(zz); new3=(lib)"
        )),
        "revision `new1` comes after `e517276bb1c3`, which does not exist
  new1.toml:2 e517276bb1c3
  hint: did you mean `e517276bb1c2`?
revision `new2` comes after `zz`, which does not exist
  new2.toml:2 zz
  hint: bring back the file of `zz`, or name a revision that exists
revision `new3` comes after `lib`, which does not exist
  new3.toml:2 lib
  hint: did you mean `new2`?"
    );
}

#[test]
fn what_is_missing_is_not_taken_for_the_revision_that_names_it() {
    assert_eq!(
        errors(files("u2=(u1); v2=(); v2~>v1")),
        "revision `u2` comes after `u1`, which does not exist
  u2.toml:2 u1
  hint: bring back the file of `u1`, or name a revision that exists
revision `v2` depends on `v1`, which does not exist
  v2.toml:3 v1
  hint: bring back the file of `v1`, or name a revision that exists"
    );
}

#[test]
fn a_missing_dependency() {
    assert_eq!(
        errors(files("a(accounts)<-b; x; x~>account; y; y~>zzzz")),
        "revision `x` depends on `account`, which does not exist
  x.toml:3 account
  hint: did you mean `accounts`?
revision `y` depends on `zzzz`, which does not exist
  y.toml:3 zzzz
  hint: bring back the file of `zzzz`, or name a revision that exists"
    );
}

#[test]
fn a_parent_twice() {
    assert_eq!(
        errors(files("a; b=(a,a)")),
        "revision `b` names its parent `a` twice
  b.toml:2 a
  hint: name it once"
    );
}

#[test]
fn one_id_in_several_files() {
    let mut revisions = files("a<-b");
    let mut copy = file(revisions[1].clone());
    copy.path = "copy.toml".into();
    revisions.push(copy);
    assert_eq!(
        errors(revisions),
        "revision `b` is in 2 files: `b.toml` and `copy.toml`
  b.toml:1 b
  b.toml:1 b
  hint: give one of them another id, or remove the copy"
    );
}

#[test]
fn a_revision_after_itself() {
    assert_eq!(
        errors(files("a=(a); b<-c; c~>c; d=(b,d)<-e")),
        "revision `a` comes after itself
  a.toml:2 a
  hint: name the revision that comes before it, or none
revision `d` comes after itself
  d.toml:2 d
  hint: name the revision that comes before it, or none
revision `c` depends on itself
  c.toml:3 c
  hint: name a revision of another line, or none"
    );
    assert_eq!(
        errors(files("a(lib); a~>lib")),
        "revision `a` depends on itself
  a.toml:3 lib
  hint: name a revision of another line, or none"
    );
}

#[test]
fn circles() {
    assert_eq!(
        errors(files("a=(c)<-b<-c<-above; x<-y; below<-b")),
        "revisions come after each other in a circle: `a` -> `b` -> `c` -> `a`
  a.toml:2 c
  b.toml:2 a
  c.toml:2 b
  hint: one of them, perhaps `a`, must come after something else"
    );
    assert_eq!(
        errors(files("a<-b(lib); x<-y; a~>y; x~>lib; p=(q); q=(p)")),
        "revisions come after each other in a circle: `a` -> `b` -> `x` -> `y` -> `a`
  a.toml:3 y
  b.toml:2 a
  x.toml:3 lib
  y.toml:2 x
  hint: one of them, perhaps `a`, must come after something else
revisions come after each other in a circle: `p` -> `q` -> `p`
  p.toml:2 q
  q.toml:2 p
  hint: one of them, perhaps `p`, must come after something else"
    );
}

#[test]
fn a_circle_knows_whether_a_dependency_is_part_of_it() {
    let dependency = |text: &str| match RevisionGraph::new(revisions(text)).unwrap_err().as_slice()
    {
        [GraphError::Cycle { dependency, .. }] => *dependency,
        other => panic!("{other:?}"),
    };
    assert!(!dependency("a=(b); b=(a)"));
    assert!(dependency("a<-b; a~>b"));
}

#[test]
fn labels() {
    assert_eq!(
        errors(files("a(lib); b(lib); c(a); d(x,x)")),
        "branch label `a` of revision `c` is the id of a revision
  c.toml:4 a
  hint: choose another label
branch label `lib` is used by `a` and `b`
  a.toml:4 lib
  b.toml:4 lib
  hint: state it on one; all that come after it have it too
branch label `x` is used by `d` and `d`
  d.toml:4 x
  d.toml:4 x
  hint: state it on one; all that come after it have it too"
    );
}

#[test]
fn names() {
    let long = "e".repeat(33);
    let mut odd = revisions(&format!("a-1; head; {long}"));
    odd.push(Revision { id: "a b\u{7}+".to_owned(), ..Revision::default() });
    odd.push(Revision { labels: vec!["x@y".to_owned()], ..Revision::default() });
    assert_eq!(
        errors(odd.into_iter().map(file).collect()),
        format!(
            "`-` may not be part of the name `a-1`
  a-1.toml:1 a-1
  hint: a name may have letters, digits, `_` and `.`, as in `e517276bb1c2`
revision `{long}` has 33 characters, and the version table has room for 32
  {long}.toml:1 {long}
  hint: shorten it here and where other revisions name it
`head` means a place in the graph and cannot be the name of one revision
  head.toml:1 head
  hint: a name may have letters, digits, `_` and `.`, as in `e517276bb1c2`
`\\u{{7}}`, a space, `+` may not be part of the name `a b\\u{{7}}+`
  a b\u{7}+.toml:1 a b\u{7}+
  hint: a name may have letters, digits, `_` and `.`, as in `e517276bb1c2`
the name of a revision or branch is empty
  .toml:1 \n  hint: a name may have letters, digits, `_` and `.`, as in `e517276bb1c2`
`@` may not be part of the name `x@y`
  .toml:4 x@y
  hint: a name may have letters, digits, `_` and `.`, as in `e517276bb1c2`"
        )
    );
}
