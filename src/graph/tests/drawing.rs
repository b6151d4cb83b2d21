//! Drawings of every shape.

use super::super::drawing::{Row, Strokes};
use super::super::{Heads, RevisionGraph, TargetRange};
use super::{graph, revisions};

/// The drawing as lines: a node, its id, and in words what has no stroke.
fn lines(rows: &[Row]) -> String {
    let words = |word: &str, ids: &[&str]| match ids {
        [] => String::new(),
        _ => format!(" ({word} {})", ids.join(", ")),
    };
    let row = |row: &Row| {
        let (id, left, right) = (&row.revision.id, &row.left, &row.right);
        let said = words("after", &row.parents) + &words("needs", &row.depends_on);
        let link = row.link.iter().map(|link| format!("{link}\n")).collect::<String>();
        format!("{left}○{right} {id}{said}\n{link}")
    };
    rows.iter().map(row).collect()
}

fn drawn(graph: &RevisionGraph, range: &str) -> String {
    let range: TargetRange = range.parse().unwrap();
    let all = graph.history(&range, &Heads::new()).unwrap();
    format!("\n{}", lines(&graph.draw(&all, Strokes::Box)))
}

/// Compares the drawing of the whole graph that `text` describes, indented as it stands here.
#[track_caller]
fn check(text: &str, expected: &str) {
    let drawn = drawn(&graph(text), ":");
    let expected = expected.replace(&format!("\n{}", " ".repeat(8)), "\n");
    assert_eq!(drawn, expected.trim_end_matches(' '));
}

#[test]
fn one_line() {
    check(
        "a",
        "
        ○ a
",
    );
    check(
        "a<-b<-c",
        "
        ○ c
        ○ b
        ○ a
",
    );
}

#[test]
fn branches() {
    check(
        "a<-b<-c<-d; b<-e<-f; b<-g",
        "
        ○ d
        ○ c
        │ ○ f
        │ ○ e
        ├─╯
        │ ○ g
        ├─╯
        ○ b
        ○ a
",
    );
}

#[test]
fn merges() {
    check(
        "a<-b<-c<-e=(d)<-f; b<-d",
        "
        ○ f
        ○ e
        ├─╮
        ○ │ c
        │ ○ d
        ├─╯
        ○ b
        ○ a
",
    );
    check(
        "a; b; c; d=(a,b,c)<-e",
        "
        ○ e
        ○ d
        ├─┬─╮
        ○ │ │ a
          ○ │ b
            ○ c
",
    );
    check(
        "a<-c=(b)<-e=(d)<-f; b<-d",
        "
        ○ f
        ○ e
        ├─╮
        ○ │ c
        ├─│─╮
        ○ │ │ a
          ○ │ d
          ╰─┤
            ○ b
",
    );
}

#[test]
fn several_bases() {
    check(
        "a; b; c",
        "
        ○ a

        ○ b

        ○ c
",
    );
    check(
        "a1<-b1; a2<-b2; a3<-b3; a1<-c1",
        "
        ○ b1
        │ ○ c1
        ├─╯
        │ ○ b3
        │ ○ a3
        │
        │ ○ b2
        │ ○ a2
        ○ a1
",
    );
}

#[test]
fn dependencies_are_dotted() {
    check(
        "a1<-b1<-c1; a2<-b2<-c2; b2~>b1; a3~>c1",
        "
        ○ a3
        ┊
        ○ c1
        │ ○ c2
        │ ○ b2
        ├╌┤
        │ ○ a2
        ○ b1
        ○ a1
",
    );
    check(
        "a; b~>a; c~>a,b",
        "
        ○ c
        ├╌╮
        ┊ ○ b
        ├╌╯
        ○ a
",
    );
    // A parent's stroke goes on as one where a dependency's was there first.
    check(
        "a<-b<-c; d~>a; b~>d",
        "
        ○ c
        ○ b
        ├╌╮
        │ ○ d
        ├╌╯
        ○ a
",
    );
}

#[test]
fn strokes_that_cross_do_not_meet() {
    check(
        "a<-b1<-c1<-d=(c2,c3)<-e; a<-b2<-c2; a<-b3<-c3; b1<-x; b3<-y<-z; y~>x",
        "
        ○ e
        ○ d
        ├─┬─╮
        ○ │ │ c1
        │ │ │ ○ z
        │ │ │ ○ y
        │ │ │ ├╌╮
        │ │ ○ │ ┊ c3
        │ │ ╰─┤ ┊
        │ ○   │ ┊ c2
        │ ○   │ ┊ b2
        │ │   │ ○ x
        ├─│───│─╯
        ○ │   │ b1
        ╰─┤   │
          │   ○ b3
          ├───╯
          ○ a
",
    );
    check(
        "a<-m=(b)<-n=(c)<-o=(d); b<-c<-d; a<-b",
        "
        ○ o
        ├─╮
        ○ │ n
        ├─│─╮
        ○ │ │ m
        ├─│─│─╮
        │ ○ │ │ d
        │ ╰─┤ │
        │   ○ │ c
        │   ╰─┤
        │     ○ b
        ├─────╯
        ○ a
",
    );
}

#[test]
fn what_leads_out_of_the_drawing_is_said() {
    let graph = graph("a<-b<-c<-d; b<-e<-f=(d); x1<-x2; c~>x1");
    let both = [drawn(&graph, "c:"), drawn(&graph, "e:f"), drawn(&graph, ":x2")].concat();
    let expected = "
○ f (after e)
○ d
○ c (after b) (needs x1)

○ f (after d)
○ e (after b)

○ x2
○ x1
";
    assert_eq!(both, expected);
    assert_eq!(lines(&graph.draw(&[], Strokes::Box)), "");
}

#[test]
fn characters_that_every_terminal_has() {
    let graph = graph("a<-b1<-c1<-d=(c2,c3)<-e; a<-b2<-c2; a<-b3<-c3; b1<-x; b3<-y<-z; y~>x");
    let all = graph.history(&TargetRange::default(), &Heads::new()).unwrap();
    let drawn = lines(&graph.draw(&all, Strokes::Ascii)).replace('○', "o");
    let expected = "
o e
o d
+-+-.
o | | c1
| | | o z
| | | o y
| | | +..
| | o | : c3
| | `-+ :
| o   | : c2
| o   | : b2
| |   | o x
+-|---|-'
o |   | b1
`-+   |
  |   o b3
  +---'
  o a
";
    assert_eq!(format!("\n{drawn}"), expected);
}

/// Thirty lines that only meet at their ends.
#[test]
fn a_drawing_is_as_wide_as_can_be_followed() {
    let sides: Vec<_> = (10..40).map(|at| format!("a<-b{at}")).collect();
    let parents: Vec<_> = (10..40).map(|at| format!("b{at}")).collect();
    let text = format!("{}; c=({})", sides.join("; "), parents.join(","));
    check(
        &text,
        "
        ○ c (after b30, b31, b32, b33, b34, b35, b36, b37, b38, b39)
        ├─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─┬─╮
        ○ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ b10
        │ ○ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ b11
        ├─╯ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │
        │   ○ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ b12
        ├───╯ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │
        │     ○ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ b13
        ├─────╯ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │
        │       ○ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │ b14
        ├───────╯ │ │ │ │ │ │ │ │ │ │ │ │ │ │ │
        │         ○ │ │ │ │ │ │ │ │ │ │ │ │ │ │ b15
        ├─────────╯ │ │ │ │ │ │ │ │ │ │ │ │ │ │
        │           ○ │ │ │ │ │ │ │ │ │ │ │ │ │ b16
        ├───────────╯ │ │ │ │ │ │ │ │ │ │ │ │ │
        │             ○ │ │ │ │ │ │ │ │ │ │ │ │ b17
        ├─────────────╯ │ │ │ │ │ │ │ │ │ │ │ │
        │               ○ │ │ │ │ │ │ │ │ │ │ │ b18
        ├───────────────╯ │ │ │ │ │ │ │ │ │ │ │
        │                 ○ │ │ │ │ │ │ │ │ │ │ b19
        ├─────────────────╯ │ │ │ │ │ │ │ │ │ │
        │                   ○ │ │ │ │ │ │ │ │ │ b20
        ├───────────────────╯ │ │ │ │ │ │ │ │ │
        │                     ○ │ │ │ │ │ │ │ │ b21
        ├─────────────────────╯ │ │ │ │ │ │ │ │
        │                       ○ │ │ │ │ │ │ │ b22
        ├───────────────────────╯ │ │ │ │ │ │ │
        │                         ○ │ │ │ │ │ │ b23
        ├─────────────────────────╯ │ │ │ │ │ │
        │                           ○ │ │ │ │ │ b24
        ├───────────────────────────╯ │ │ │ │ │
        │                             ○ │ │ │ │ b25
        ├─────────────────────────────╯ │ │ │ │
        │                               ○ │ │ │ b26
        ├───────────────────────────────╯ │ │ │
        │                                 ○ │ │ b27
        ├─────────────────────────────────╯ │ │
        │                                   ○ │ b28
        ├───────────────────────────────────╯ │
        │                                     ○ b29
        ├─────────────────────────────────────╯
        │ ○ b30
        ├─╯
        │ ○ b31
        ├─╯
        │ ○ b32
        ├─╯
        │ ○ b33
        ├─╯
        │ ○ b34
        ├─╯
        │ ○ b35
        ├─╯
        │ ○ b36
        ├─╯
        │ ○ b37
        ├─╯
        │ ○ b38
        ├─╯
        │ ○ b39
        ├─╯
        ○ a
",
    );
}

/// Many branches, one after the other, take no more room than one.
#[test]
fn lanes_are_used_again() {
    let mut all = vec!["m0".to_owned()];
    for at in 1..300 {
        all.push(format!("m{}<-s{at}; m{}<-m{at}=(s{at})", at - 1, at - 1));
    }
    let graph = RevisionGraph::new(revisions(&all.join("; "))).unwrap();
    let all = graph.history(&TargetRange::default(), &Heads::new()).unwrap();
    let rows = graph.draw(&all, Strokes::Box);
    let widest = rows.iter().map(|it| it.beside.chars().count()).max();
    assert_eq!((rows.len(), widest), (599, Some(3)));
}
