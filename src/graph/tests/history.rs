//! Ranges.

use super::{check, graph};

#[test]
fn one_line() {
    check(
        &graph("a<-b<-c<-d<-e"),
        "
        history : from {}: e d c b a
        history b:d from {}: d c b
        history :c from {}: c b a
        history c: from {}: e d c
        history c:c from {}: c
        history base:c from {}: c b a
        history a:base from {}: error: the range `a:base` does not lead up one line: `a` is not below `base`; the older end comes first, and both are in one line
        history :base from {}:
        history -2: from {}: e d c
        history -5: from {}: e d c b a
        history -2:d from {}: d c b
        history b:+2 from {}: d c b
        history :+2 from {}: b a
        history head-1: from {}: e d
        history b:current from {d}: d c b
        history current: from {d}: e d
        history current-1:current from {d}: d c
        history -1:current from {d}: d c
        history current:+1 from {c}: d c
        history d:b from {}: error: the range `d:b` does not lead up one line: `d` is not below `b`; the older end comes first, and both are in one line
        history -6: from {}: error: `-6` leads too far: there are fewer than 6 revisions that way; `db history` shows the revisions, `db current` where the database stands
        history c:+3 from {}: error: `+3` leads too far: there are fewer than 3 revisions that way; `db history` shows the revisions, `db current` where the database stands
        history +1: from {}: error: `+1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        history :-1 from {}: error: `-1` leads too far: there is no revision that way; `db history` shows the revisions, `db current` where the database stands
        history -1:+1 from {}: error: both ends of the range `-1:+1` count from the other one; name one of them
        ",
    );
}

#[test]
fn a_diamond() {
    check(
        &graph("a<-b1; a<-b2; c=(b1,b2)<-d"),
        "
        history : from {}: d c b1 b2 a
        history b1: from {}: d c b1
        history b2:c from {}: c b2
        history a:c from {}: c b1 b2 a
        history b1:b2 from {}: error: the range `b1:b2` does not lead up one line: `b1` is not below `b2`; the older end comes first, and both are in one line
        ",
    );
}

#[test]
fn several_heads() {
    check(
        &graph("a<-b; b<-c1(c1branch)<-d1; b<-c2(c2branch)<-d2"),
        "
        history : from {}: d1 c1 d2 c2 b a
        history b: from {}: d1 c1 d2 c2 b
        history c1: from {}: d1 c1
        history c1branch@base: from {}: d1 c1 b a
        history c1branch@base:c1branch@head from {}: d1 c1 b a
        history c1branch@-2: from {}: d1 c1 b
        history c1branch: from {}: d1 c1
        history c1branch@b:c1branch@head from {}: d1 c1 b
        history c1branch@b: from {}: d1 c1 b
        history c1branch@b:d2 from {}: error: revision `d2` is not in the line of `c1branch`; `db show d2` shows the branches it is in
        history b:c2branch@+1 from {}: c2 b
        history current: from {c1, c2}: d1 c1 d2 c2
        history -1: from {}: error: `-1` is ambiguous: it could count from `d1` or `d2`; say `c1branch@-1` or `c2branch@-1`
        ",
    );
}

#[test]
fn dependencies_come_along_from_base() {
    check(
        &graph("a1(lib)<-b1<-c1; a2<-b2<-c2; b2~>b1"),
        "
        history :b2 from {}: b2 a2 b1 a1
        history a2:b2 from {}: b2 a2
        history a2: from {}: c2 b2 a2
        history lib@base: from {}: c1 b1 a1
        history b1: from {}: c1 b1
        ",
    );
}
