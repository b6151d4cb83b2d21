//! What each step does to the rows of the version table: the rules of Alembic's table, one by one.

use super::{check, graph};

#[test]
fn the_rows_of_each_step() {
    check(
        &graph("a<-b; b<-c1<-d1; b<-c2<-d2; e=(d1,d2)<-f; x; y; y~>d1"),
        "
        up-rows a from {}: a[-> a] -> {a}
        up-rows b from {a}: b[a -> b] -> {b}
        up-rows c1 from {b}: c1[b -> c1] -> {c1}
        up-rows c2 from {c1}: c2[-> c2] -> {c1, c2}
        up-rows e from {d1, d2}: e[d1, d2 -> e] -> {e}
        up-rows x from {e}: x[-> x] -> {e, x}
        up-rows y from {d1}: y[d1 -> y] -> {y}
        up-rows y from {e}: y[-> y] -> {e, y}
        dn-rows d1 from {e}: e[e -> d1, d2] -> {d1, d2}
        dn-rows c2 from {c1, d2}: d2[d2 -> c2] -> {c1, c2}
        dn-rows c2@b from {c1, c2}: c2[c2 ->] -> {c1}
        dn-rows b from {c1, c2}: c1[c1 ->] c2[c2 -> b] -> {b}
        dn-rows base from {a}: a[a ->] -> {}
        dn-rows d1 from {e, y}: e[e -> d2] -> {d2, y}
        dn-rows y@base from {e, y}: y[y ->] -> {e}
        dn-rows y@base from {y}: y[y -> d1] -> {d1}
        ",
    );
}
