//! Rows that take the place of others.

use super::{check, graph};

#[test]
fn one_line() {
    check(
        &graph("a<-b<-c<-d<-e"),
        "
        stamp base from {d}: [d ->] -> {}
        stamp base from {}: -> {}
        stamp b from {}: [-> b] -> {b}
        stamp b from {d}: [d -> b] -> {b}
        stamp d from {b}: [b -> d] -> {d}
        stamp d from {d}: -> {d}
        stamp head from {d}: [d -> e] -> {e}
        stamp +1 from {d}: [d -> e] -> {e}
        stamp -1 from {d}: [d -> c] -> {c}
        stamp -1 from {a}: [a ->] -> {}
        stamp b from {zz}: error: the database stands at revision `zz`, which has no file; another folder or a newer version of this one wrote it: bring its file back, or say where the database really stands with `db stamp --purge`
        ",
    );
}

#[test]
fn a_fork() {
    check(
        &graph("a<-b; b<-c1(c1branch)<-d1; b<-c2(c2branch)<-d2"),
        "
        stamp b from {c2, d1}: [c2, d1 -> b] -> {b}
        stamp c1branch@base from {c2, d1}: [d1 ->] -> {c2}
        stamp c2branch@head from {c2, d1}: [c2 -> d2] -> {d1, d2}
        stamp c1 from {d2}: [-> c1] -> {c1, d2}
        stamp base from {c2, d1}: [c2 ->] [d1 ->] -> {}
        stamp d1 d2 from {b}: [b -> d1] [-> d2] -> {d1, d2}
        stamp d1 d1 from {b}: [b -> d1] -> {d1}
        stamp head from {b}: error: `head` is 2 revisions: `d1` and `d2`; name one of them, say `heads` where all are meant, or join them with `db merge heads` or `db rebase`
        ",
    );
}

#[test]
fn two_trees() {
    check(
        &graph("a1<-b1; a2<-b2"),
        "
        stamp heads from {}: [-> b1] [-> b2] -> {b1, b2}
        stamp heads from {b1, b2}: -> {b1, b2}
        stamp heads from {a1}: [a1 -> b1] [-> b2] -> {b1, b2}
        stamp a1 from {b1, b2}: [b1 -> a1] -> {a1, b2}
        ",
    );
}

#[test]
fn a_merged_path() {
    check(
        &graph("a<-b; b<-c1<-d1; b<-c2(c2branch)<-d2; e=(d1,d2)<-f"),
        "
        stamp c2 from {e}: [e -> c2] -> {c2}
        stamp a from {e}: [e -> a] -> {a}
        stamp e from {c2}: [c2 -> e] -> {e}
        stamp e from {b}: [b -> e] -> {e}
        stamp c2branch@head from {c2, d1}: [c2, d1 -> f] -> {f}
        stamp e from {c2, d1}: [c2, d1 -> e] -> {e}
        ",
    );
}

#[test]
fn with_dependencies() {
    check(
        &graph("a1(lib1)<-b1<-c1; a2<-b2<-c2; c2~>b1"),
        "
        stamp a1 from {c2}: [c2 -> a1] -> {a1}
        stamp lib1@base from {c1, c2}: [c1 ->] [c2 ->] -> {}
        stamp b2 from {c1}: [-> b2] -> {b2, c1}
        ",
    );
}

/// Alembic ends up at the first of these without a word.
#[test]
fn places_of_which_one_is_part_of_another() {
    check(
        &graph("a<-b<-c; x; x~>b"),
        "
        stamp a c from {}: error: revision `a` is already part of `c`; name only the upper one
        stamp x a from {}: error: revision `a` is already part of `x`; name only the upper one
        stamp x c from {}: [-> x] [-> c] -> {c, x}
        ",
    );
}

/// Alembic also takes away `y`, because it comes after the branch that the place names.
#[test]
fn other_lines_of_the_same_branch_stay() {
    check(&graph("b(lib)<-p<-x; b<-y"), "stamp lib@x from {p, y}: [p -> x] -> {x, y}");
}
