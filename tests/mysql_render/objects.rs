//! Views, triggers, routines, events, sequences.

use super::*;

#[test]
fn objects_change() {
    check_all(&[
        Case {
            name: "a view",
            common: "CREATE TABLE t (a int, b int)",
            from: "CREATE SQL SECURITY INVOKER VIEW v AS SELECT a FROM t",
            to: "CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0 WITH CASCADED CHECK OPTION",
            ..EMPTY
        },
        Case {
            name: "a trigger",
            common: "CREATE TABLE t (a int, b int)",
            from: "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1",
            to: "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW
                 BEGIN SET NEW.b = 2; SET NEW.b = NEW.b + 1; END",
            rows: "INSERT INTO t (a) VALUES (1)",
            query: "SELECT a, b FROM t",
            there: &["1 | 1"],
            back: &["1 | 1"],
            ..EMPTY
        },
        Case {
            name: "routines and an event",
            from: "CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1;
                   CREATE PROCEDURE p() BEGIN SELECT 1; END",
            to: "CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 2;
                 CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DISABLE DO SELECT 1",
            ..EMPTY
        },
        Case {
            name: "a sequence",
            from: "CREATE SEQUENCE s START WITH 5 CACHE 10",
            to: "CREATE SEQUENCE s START WITH 5 INCREMENT BY 2 MAXVALUE 99 CACHE 10 CYCLE",
            only: Some(Flavour::MariaDb),
            ..EMPTY
        },
    ]);
}
