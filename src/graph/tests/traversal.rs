//! Steps and the rows they leave.

use super::{check, graph};

const LINE: &str = "a<-b<-c<-d<-e";
const FORK: &str = "a<-b; b<-c1(c1branch)<-d1; b<-c2(c2branch)<-d2";

#[test]
fn one_line() {
    check(
        &graph(LINE),
        "
        up e from {c}: d e -> {e}
        up c from {}: a b c -> {c}
        up head from {}: a b c d e -> {e}
        up heads from {d}: e -> {e}
        up base from {c}: -> {c}
        up b from {c}: -> {c}
        up c from {c}: -> {c}
        up current from {c}: -> {c}
        dn c from {e}: e d -> {c}
        dn base from {c}: c b a -> {}
        dn base from {}: -> {}
        dn b from {b}: -> {b}
        dn e from {e}: -> {e}
        dn head from {e}: -> {e}
        dn current from {c}: -> {c}
        ",
    );
}

#[test]
fn steps_in_one_line() {
    check(
        &graph(LINE),
        "
        up +2 from {a}: b c -> {c}
        up +1 from {a}: b -> {b}
        up +3 from {b}: c d e -> {e}
        up +1 from {}: a -> {a}
        up base+1 from {}: a -> {a}
        up b+2 from {a}: b c d -> {d}
        up d-2 from {a}: b -> {b}
        up head-1 from {a}: b c d -> {d}
        up head-1 from {e}: -> {e}
        up a-1 from {}: -> {}
        up current+1 from {a}: b -> {b}
        dn -1 from {c}: c -> {b}
        dn -3 from {e}: e d c -> {b}
        dn -1 from {a}: a -> {}
        dn -2 from {b}: b a -> {}
        dn a+2 from {d}: d -> {c}
        dn base+1 from {c}: c b -> {a}
        dn c-2 from {d}: d c b -> {a}
        dn c-3 from {d}: d c b a -> {}
        dn head-2 from {e}: e d -> {c}
        dn current-1 from {e}: e -> {d}
        ",
    );
}

#[test]
fn steps_that_lead_nowhere() {
    check(
        &graph(LINE),
        "
        up +5 from {b}: error: `+5` leads too far: there are fewer than 5 revisions that way; `db history` shows the revisions, `db current` where the database stands
        up head+1 from {b}: error: `head+1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        up d+3 from {b}: error: `d+3` leads too far: there are fewer than 3 revisions that way; `db history` shows the revisions, `db current` where the database stands
        up base-1 from {b}: error: `base-1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        up -2 from {b}: error: `-2` leads down, and an upgrade only goes up; `db downgrade -2` goes down
        dn -5 from {b}: error: `-5` leads too far: there are fewer than 5 revisions that way; `db history` shows the revisions, `db current` where the database stands
        dn -1 from {}: error: `-1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        dn c-4 from {d}: error: `c-4` leads too far: there are fewer than 4 revisions that way; `db history` shows the revisions, `db current` where the database stands
        dn +2 from {b}: error: `+2` leads up, and a downgrade only goes down; `db upgrade +2` goes up
        ",
    );
}

#[test]
fn places_that_are_not_below() {
    check(
        &graph("a<-bb1<-cc1"),
        "
        dn bb from {}: error: `bb` is no place to downgrade to: revision `bb1` has not run here; `db current` shows where the database stands
        dn cc from {bb1}: error: `cc` is no place to downgrade to: revision `cc1` has not run here; `db current` shows where the database stands
        dn cc-1 from {a}: error: `cc-1` is no place to downgrade to: revision `bb1` has not run here; `db current` shows where the database stands
        ",
    );
}

#[test]
fn rows_that_cannot_be() {
    check(
        &graph("a1<-b1<-c1; a2; c1~>a2"),
        "
        up head from {zz}: error: the database stands at revision `zz`, which has no file; another folder or a newer version of this one wrote it: bring its file back, or say where the database really stands with `db stamp --purge`
        dn base from {zz}: error: the database stands at revision `zz`, which has no file; another folder or a newer version of this one wrote it: bring its file back, or say where the database really stands with `db stamp --purge`
        up heads from {a1, b1}: error: revision `a1` is already part of `b1`; `db stamp b1` leaves the rows that are needed
        up heads from {a2, c1}: error: revision `a2` is already part of `c1`; `db stamp c1` leaves the rows that are needed
        stamp c1 from {a2, c1}: [a2 ->] -> {c1}
        dn a1 from {a1, b1}: b1 -> {a1}
        dn base from {a2, c1}: c1 b1 a1 a2 -> {}
        ",
    );
}

#[test]
fn a_fork() {
    check(
        &graph(FORK),
        "
        up d1 from {b}: c1 d1 -> {d1}
        up heads from {a}: b c2 d2 c1 d1 -> {d1, d2}
        up c1branch from {b}: c1 -> {c1}
        up c1branch@head from {b}: c1 d1 -> {d1}
        up c2branch@head-1 from {b}: c2 -> {c2}
        dn a from {d1, d2}: d1 c1 d2 c2 b -> {a}
        dn base from {d1, d2}: d1 c1 d2 c2 b a -> {}
        dn base+2 from {d1, d2}: d1 c1 d2 c2 -> {b}
        dn c2branch@base+2 from {d1, d2}: d2 c2 -> {d1}
        dn c2branch@base+3 from {d1, d2}: d2 -> {c2, d1}
        dn c2 from {d1, d2}: d2 -> {c2, d1}
        dn c2 from {c2, d1}: -> {c2, d1}
        dn d1 from {c2, d1}: -> {c2, d1}
        dn b from {c1, d2}: c1 d2 c2 -> {b}
        dn c1branch@b from {c1, d2}: c1 -> {d2}
        dn c2branch@b from {c1, d2}: d2 c2 -> {c1}
        dn c2@b from {c1, d2}: d2 c2 -> {c1}
        dn d1@b from {c1, d2}: c1 -> {d2}
        dn c1branch@head-1 from {d1, d2}: d1 -> {c1, d2}
        dn c1branch@base from {d1, d2}: d1 c1 d2 c2 b a -> {}
        dn a@b from {d1, d2}: d1 c1 d2 c2 -> {b}
        dn current from {d1, d2}: -> {d1, d2}
        ",
    );
}

#[test]
fn steps_in_a_fork() {
    check(
        &graph(FORK),
        "
        up c2branch@+1 from {c1}: c2 -> {c1, c2}
        up c2branch@+1 from {c1, c2}: d2 -> {c1, d2}
        up c2branch@+3 from {}: a b c2 -> {c2}
        up +1 from {d1}: error: `+1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        up +1 from {c1, c2}: error: `+1` is ambiguous: it could count from `c1` or `c2`; say `c1branch@+1` or `c2branch@+1`
        up +1 from {b}: error: `+1` is ambiguous: the way from `b` forks to `c1` and `c2`; name the revision itself, or stay in one line as with `label@+1`
        up a+2 from {}: error: `a+2` is ambiguous: the way from `b` forks to `c1` and `c2`; name the revision itself, or stay in one line as with `label@+1`
        dn c1branch@-1 from {d1, d2}: d1 -> {c1, d2}
        dn c1branch@-2 from {d1, d2}: d1 c1 -> {d2}
        dn -1 from {d1}: d1 -> {c1}
        dn -2 from {d1}: d1 c1 -> {b}
        dn d2-1 from {c1, d2}: d2 -> {c1, c2}
        dn c2branch@-1 from {c1}: error: `c2branch@-1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        ",
    );
}

/// Alembic takes the first row the database returns. We ask.
#[test]
fn steps_down_from_several_rows() {
    check(
        &graph(FORK),
        "
        dn -1 from {d1, d2}: error: `-1` is ambiguous: it could count from `d1` or `d2`; say `c1branch@-1` or `c2branch@-1`
        dn -1 from {c1, d2}: error: `-1` is ambiguous: it could count from `c1` or `d2`; say `c1branch@-1` or `c2branch@-1`
        dn a@-1 from {c1, d2}: error: `a@-1` is ambiguous: it could count from `c1` or `d2`; say `c1branch@-1` or `c2branch@-1`
        ",
    );
    check(
        &graph("a<-b; b<-c1; b<-c2"),
        "
        dn -1 from {c1, c2}: error: `-1` is ambiguous: it could count from `c1` or `c2`; say `c1@-1` or `c2@-1`
        dn c1@-1 from {c1, c2}: c1 -> {c2}
        ",
    );
}

#[test]
fn two_roots_and_a_merge() {
    check(
        &graph("a1<-b1<-c1; a2<-b2<-c2; d1=(c1,c2); c2<-d2"),
        "
        up d1 from {b1, d2}: c1 d1 -> {d1, d2}
        dn b1 from {d1, d2}: d1 c1 -> {b1, d2}
        ",
    );
}

#[test]
fn three_roots_and_a_merge() {
    check(
        &graph("a1<-b1<-c1; a2<-b2<-c2; a3<-b3<-c3; d1=(c1,c2,c3); c2<-d2; c3<-d3"),
        "
        up d1 from {b1, d2, d3}: c1 d1 -> {d1, d2, d3}
        dn b1 from {d1, d2, d3}: d1 c1 -> {b1, d2, d3}
        up d1 from {b1, b2, d3}: c2 c1 d1 -> {d1, d3}
        up d2 from {d1, d3}: d2 -> {d1, d2, d3}
        ",
    );
}

#[test]
fn twin_merges() {
    check(
        &graph("a<-b1; a<-b2; a<-b3; c1=(b1,b2,b3)<-d1; c2=(b1,b2,b3)<-d2"),
        "
        up b3 from {a}: b3 -> {b3}
        up b1 from {b3}: b1 -> {b1, b3}
        up b2 from {b1, b3}: b2 -> {b1, b2, b3}
        up c2 from {b1, b2, b3}: c2 -> {c2}
        up d2 from {c2}: d2 -> {d2}
        up c1 from {d2}: c1 -> {c1, d2}
        up d1 from {c1, d2}: d1 -> {d1, d2}
        dn c1 from {d1, d2}: d1 -> {c1, d2}
        dn -1 from {c2}: c2 -> {b1, b2, b3}
        ",
    );
}

#[test]
fn overlapping_merges() {
    check(
        &graph("a<-b1; a<-b2; a<-b3; c1=(b1,b2)<-d1; c2=(b2,b3)<-d2"),
        "
        up b2 from {a}: b2 -> {b2}
        up b3 from {b2}: b3 -> {b2, b3}
        up c2 from {b2, b3}: c2 -> {c2}
        up d2 from {c2}: d2 -> {d2}
        up b1 from {d2}: b1 -> {b1, d2}
        up c1 from {b1, d2}: c1 -> {c1, d2}
        up d1 from {c1, d2}: d1 -> {d1, d2}
        ",
    );
}

/// Alembic calls the first of these an ambiguous walk. One step back from a merge is the merge.
#[test]
fn steps_down_from_a_merge() {
    check(
        &graph("a<-b1; a<-b2; c=(b1,b2)<-d"),
        "
        dn -1 from {c}: c -> {b1, b2}
        dn -2 from {d}: d c -> {b1, b2}
        dn c-1 from {d}: d c -> {b1, b2}
        dn -2 from {c}: error: `-2` is ambiguous: the way from `c` forks to `b1` and `b2`; name the revision itself, or stay in one line as with `label@+1`
        stamp -1 from {c}: [c -> b1] [-> b2] -> {b1, b2}
        ",
    );
}

#[test]
fn a_merged_path() {
    check(
        &graph("a<-b; b<-c1<-d1; b<-c2(c2branch)<-d2; e=(d1,d2)<-f"),
        "
        up f from {b}: c2 d2 c1 d1 e f -> {f}
        dn b from {f}: f e d1 c1 d2 c2 -> {b}
        ",
    );
}

#[test]
fn two_trees() {
    check(&graph("a1<-b1; a2<-b2"), "up heads from {}: a2 b2 a1 b1 -> {b1, b2}");
}

#[test]
fn a_dependency_on_another_line() {
    check(
        &graph("a1(lib1)<-b1<-c1<-d1<-e1<-f1; a2<-b2<-c2; c2~>c1"),
        "
        up c2 from {}: a1 b1 c1 a2 b2 c2 -> {c2}
        up d1 from {c2}: d1 -> {c2, d1}
        dn c1 from {c2, d1}: d1 -> {c2}
        dn lib1@-1 from {c2, d1}: d1 -> {c2}
        dn lib1@-1 from {c2}: c2 c1 -> {b1, b2}
        dn c1 from {c2}: -> {c2}
        dn b1 from {c2, d1}: c2 d1 c1 -> {b1, b2}
        stamp b1 from {c2, e1}: [c2, e1 -> b1] -> {b1}
        ",
    );
}

#[test]
fn three_merges_and_a_base_that_depends_on_them() {
    check(
        &graph(
            "a1; a2; a3; b1; b2; c1; c2; c3; \
             amerge=(a1,a2,a3); bmerge=(b1,b2); cmerge=(c1,c2,c3); d1; d1~>a3,b2,c1",
        ),
        "
        dn b2 from {amerge, bmerge, cmerge, d1}: bmerge -> {amerge, b1, cmerge, d1}
        dn d1@base from {amerge, b1, cmerge, d1}: d1 -> {amerge, b1, b2, cmerge}
        dn base from {amerge, b1, b2, cmerge}: amerge a1 b1 b2 cmerge c1 a2 a3 c2 c3 -> {}
        ",
    );
}

#[test]
fn dependencies_both_ways() {
    check(
        &graph("a1<-a2<-a3; a1<-b1<-b2<-b3; b2~>a2; a3~>b1"),
        "
        dn b1 from {a3, b2}: b2 -> {a3}
        up heads from {}: a1 b1 a2 b2 b3 a3 -> {a3, b3}
        ",
    );
}

#[test]
fn a_dependency_on_the_parent() {
    check(
        &graph("a1<-a2; a2~>a1"),
        "
        up a2 from {}: a1 a2 -> {a2}
        dn a1 from {a2}: a2 -> {a1}
        ",
    );
}

#[test]
fn a_dependency_said_twice() {
    check(
        &graph("a1<-a2<-a3; b1<-b2<-b3<-b4; b2~>a3; b4~>a3"),
        "
        dn b3 from {b4}: b4 -> {b3}
        up b4 from {}: a1 a2 a3 b1 b2 b3 b4 -> {b4}
        ",
    );
}

#[test]
fn a_merge_with_a_base_that_depends_on_its_other_parent() {
    check(
        &graph("a1; b1; b1~>a1; bmerge=(a1,b1)"),
        "
        up b1 from {a1}: b1 -> {b1}
        up bmerge from {b1}: bmerge -> {bmerge}
        dn a1 from {bmerge}: bmerge -> {b1}
        dn b1 from {bmerge}: bmerge -> {b1}
        ",
    );
}

#[test]
fn a_dependency_by_label() {
    check(
        &graph("a1<-b1<-c1(c1lib); a2<-b2<-c2; c2~>c1lib"),
        "up c2 from {a2}: a1 b1 c1 b2 c2 -> {c2}",
    );
}

#[test]
fn a_fork_with_a_dependency_between_its_lines() {
    check(
        &graph(&format!("{FORK}; d2~>c1")),
        "
        dn c2branch@b from {d1, d2}: d2 c2 -> {d1}
        dn c1branch@b from {d1, d2}: d1 d2 c1 -> {c2}
        ",
    );
}

#[test]
fn a_line_that_another_holds() {
    check(
        &graph("x1(x)<-x2; y1(y)<-y2; y2~>x1"),
        "
        dn x@-1 from {x2, y2}: x2 -> {y2}
        dn x@-1 from {x1, y2}: y2 x1 -> {y1}
        dn x@-1 from {y2}: y2 x1 -> {y1}
        ",
    );
}

#[test]
fn several_bases_with_dependencies() {
    check(
        &graph(
            "base1; a1a(b_1)=(base1)<-a1b; a2a=(base1)<-a2b; base2; b1a=(base2)<-b1b; \
             b2a(b_2)=(base2)<-b2b; base3(b_3)<-a3(c)<-b3; c2; d2=(c2); b2a~>a3; c2~>b3",
        ),
        "
        up b_2@head from {}: base3 a3 base2 b2a b2b -> {b2b}
        dn b_2@base from {a1b, b1b, b2b}: b1b b1a b2b b2a base2 -> {a1b, a3}
        dn b_3@base from {a1b, b1b, b2b, d2}: b2b b2a d2 c2 b3 a3 base3 -> {a1b, b1b}
        ",
    );
}
