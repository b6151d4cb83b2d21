//! What is the same, and what is not.

use super::*;
use crate::dialect::mysql::Flavour;

fn judged(flavour: Flavour, declared: &str, live: &str) -> bool {
    let dialect = MySql { flavour, ..MySql::default() };
    same(&dialect, declared, live, Sense::Truth)
}

const BOTH: [Flavour; 2] = [Flavour::MySql, Flavour::MariaDb];

/// What the servers write of a check.
#[test]
fn what_the_servers_write_is_known() {
    for (declared, on_mariadb, on_mysql) in [
        ("a > 0", "`a` > 0", "(`a` > 0)"),
        ("a != 1 && b = 'x'", "`a` <> 1 and `b` = 'x'", "((`a` <> 1) and (`b` = _utf8mb4'x'))"),
        ("s = 'it''s'", "`s` = 'it\\'s'", "(`s` = _utf8mb4'it\\'s')"),
        ("s = \"x\"", "`s` = 'x'", "(`s` = _utf8mb4'x')"),
        ("s like 'a\\_%'", "`s` like 'a\\\\_%'", "(`s` like _utf8mb4'a\\\\_%')"),
        ("not (s like 'a%')", "`s`  not like 'a%'", "(not((`s` like _utf8mb4'a%')))"),
        ("s not like 'a%'", "`s`  not like 'a%'", "(not((`s` like _utf8mb4'a%')))"),
        ("s rlike 'a'", "`s` regexp 'a'", "regexp_like(`s`,_utf8mb4'a')"),
        ("not a", "`a` = 0", "(0 = `a`)"),
        ("!a and b", "`a` = 0 and `b` <> 0", "((0 = `a`) and (0 <> `b`))"),
        ("not (a > 1 xor b < 2)", "`a` <= 1 xor `b` < 2", "((`a` <= 1) xor (`b` < 2))"),
        ("not (a = 1 or not b = 2)", "`a` <> 1 and `b` = 2", "((`a` <> 1) and (`b` = 2))"),
        (
            "a or (b and (c and a))",
            "`a` <> 0 or `b` <> 0 and `c` <> 0 and `a` <> 0",
            "((0 <> `a`) or ((0 <> `b`) and (0 <> `c`) and (0 <> `a`)))",
        ),
        (
            "not (s like 'a' xor a >= b)",
            "(!(`s` like 'a')) xor `a` >= `b`",
            "(`s` like _utf8mb4'a') xor (`a` < `b`)",
        ),
        ("a is true", "`a` is true", "((0 <> `a`) is true)"),
        ("((a is not true)) is not true", "`a` is true", "((0 <> `a`) is true)"),
        ("(a = 1) is unknown", "`a` = 1 is null", "((`a` = 1) is null)"),
        ("not (a is null)", "`a` is not null", "(`a` is not null)"),
        ("isnull(a)", "`a` is null", "(`a` is null)"),
        ("a = b = c", "`a` = `b` = `c`", "((`a` = `b`) = `c`)"),
        ("(a > 1) = (b > 2)", "`a` > 1 = (`b` > 2)", "((`a` > 1) = (`b` > 2))"),
        ("a in (1)", "`a` = 1", "(`a` = 1)"),
        ("a not in (1, 2)", "`a` not in (1,2)", "(`a` not in (1,2))"),
        (
            "a between b + 1 and c * 2 or a",
            "`a` between `b` + 1 and `c` * 2 or `a` <> 0",
            "((`a` between (`b` + 1) and (`c` * 2)) or (0 <> `a`))",
        ),
        ("a % 2 = mod(b, 3)", "`a` MOD 2 = `b` MOD 3", "((`a` % 2) = (`b` % 3))"),
        ("a > -1", "`a` > -1", "(`a` > -(1))"),
        ("a > .5", "`a` > 0.5", "(`a` > 0.5)"),
        ("007 > a", "7 > `a`", "(7 > `a`)"),
        ("b'101' = a", "0x05 = `a`", "(0x05 = `a`)"),
        ("t.a > 0", "`a` > 0", "(`a` > 0)"),
        ("app.t.a > 0", "`a` > 0", "(`a` > 0)"),
        ("LOWER(s) = 'x'", "lcase(`s`) = 'x'", "(lower(`s`) = _utf8mb4'x')"),
        (
            "substring(s from 1 for 2) = 'x'",
            "substr(`s`,1,2) = 'x'",
            "(substr(`s`,1,2) = _utf8mb4'x')",
        ),
        ("length(s) > 1", "octet_length(`s`) > 1", "(length(`s`) > 1)"),
        (
            "cast(a as char) = 'x'",
            "cast(`a` as char charset utf8mb4) = 'x'",
            "(cast(`a` as char charset utf8mb4) = _utf8mb4'x')",
        ),
        (
            "binary s = 'x'",
            "cast(`s` as char charset binary) = 'x'",
            "(cast(`s` as char charset binary) = _utf8mb4'x')",
        ),
        (
            "date_add(d, interval 1 day) > d",
            "`d` + interval 1 day > `d`",
            "((`d` + interval 1 day) > `d`)",
        ),
        ("d > date '2020-01-01'", "`d` > DATE'2020-01-01'", "(`d` > DATE'2020-01-01')"),
        (
            "trim('a' from s) = 'x'",
            "trim(both 'a' from `s`) = 'x'",
            "(trim(_utf8mb4'a' from `s`) = _utf8mb4'x')",
        ),
        ("instr(s, 'a') > 1", "locate('a',`s`) > 1", "(locate(_utf8mb4'a',`s`) > 1)"),
        (
            "case when a then b end + 1 > 1",
            "case when `a` then `b` end + 1 > 1",
            "(((case when `a` then `b` end) + 1) > 1)",
        ),
        (
            "s collate utf8mb4_bin = 'x'",
            "`s` collate utf8mb4_bin = 'x'",
            "((`s` collate utf8mb4_bin) = _utf8mb4'x')",
        ),
        ("a = true", "`a` = 1", "(`a` = true)"),
        ("a and true", "`a` <> 0 and 1", "((0 <> `a`) and true)"),
        ("a = b -- why\n", "`a` = `b`", "(`a` = `b`)"),
    ] {
        assert!(judged(Flavour::MariaDb, declared, on_mariadb), "{declared}   {on_mariadb}");
        assert!(judged(Flavour::MySql, declared, on_mysql), "{declared}   {on_mysql}");
    }
    assert!(judged(
        Flavour::MySql,
        "j->>'$.a' = 'x'",
        "(json_unquote(json_extract(`j`,_utf8mb4'$.a')) = _utf8mb4'x')"
    ));
}

#[test]
fn anything_else_is_a_doubt() {
    for (declared, live) in [
        ("a > 0", "`a` > 1"),
        ("a > 0", "`b` > 0"),
        ("a > 0", "`a` >= 0"),
        ("a > 0", "0 > `a`"),
        ("a - (b - c) > 0", "`a` - `b` - `c` > 0"),
        ("a or b and c", "(`a` <> 0 or `b` <> 0) and `c` <> 0"),
        ("not a and b", "not (`a` <> 0 and `b` <> 0)"),
        ("not a + 1", "`a` = 0 + 1"),
        ("!a + 1", "!(`a` + 1)"),
        ("a and not b xor c", "`a` <> 0 and not (`b` <> 0 xor `c`)"),
        ("not a > 1 xor b > 2", "`a` > 1 xor `b` > 2"),
        ("(a > 1 or b) xor c", "`a` > 1 or `b` xor `c`"),
        ("-a ^ b > 0", "-(`a` ^ `b`) > 0"),
        ("a ^ b * c > 0", "`a` ^ (`b` * `c`) > 0"),
        ("a | b & c > 0", "(`a` | `b`) & `c` > 0"),
        ("a << b + c > 0", "(`a` << `b`) + `c` > 0"),
        ("s = 'A'", "`s` = 'a'"),
        ("s = 'a '", "`s` = 'a'"),
        ("s = '5'", "`s` = 5"),
        ("a = 1", "`a` = 1.0"),
        ("a = 100000", "`a` = 1e5"),
        ("s = 'a\\\\_'", "`s` = 'a_'"),
        ("s = _latin1'a'", "`s` = 'a'"),
        ("s like 'a' escape '!'", "`s` like 'a'"),
        ("cast(a as char(3)) = 'x'", "cast(`a` as char(4) charset utf8mb4) = 'x'"),
        ("cast(a as char) = 'x'", "cast(`a` as char charset latin1) = 'x'"),
        ("cast(a as signed) = 1", "cast(`a` as unsigned) = 1"),
        ("d + interval 1 day > d", "`d` + interval 1 week > `d`"),
        ("d + interval 1 day > d", "`d` - interval 1 day > `d`"),
        ("substr(s, 1) = 'x'", "substr(`s`,1,2) = 'x'"),
        ("trim(leading 'a' from s) = 'x'", "trim(both 'a' from `s`) = 'x'"),
        ("locate('a', s) > 1", "locate(`s`,'a') > 1"),
        ("a is true", "`a` is false"),
        ("a is not true", "`a` is true"),
        ("a <=> 1", "`a` = 1"),
        ("not (a <=> 1)", "`a` <> 1"),
        ("a between 1 and 2", "`a` not between 1 and 2"),
        ("a between 1 and 2 and b", "`a` between 1 and (2 and `b`)"),
        ("(a, b) in ((1, 2))", "`a` in (1,2)"),
        ("json_extract(j, '$.a') = 'x'", "json_unquote(json_extract(`j`,'$.a')) = 'x'"),
        ("case when a then b else c end", "case `a` when `b` then `c` end"),
        ("now() > d", "now(6) > `d`"),
        ("`true`", "true"),
        ("x'41' = s", "'A' = `s`"),
        ("f.a(b)", "`a`(`b`)"),
        ("(a", "a"),
        ("a = (select 1)", "`a` = 1"),
        ("not not 5 = a", "5 = `a` = 0"),
        ("json_value(j, '$.a') = 1", "json_value(`j`, '$.a' returning char(512)) = 1"),
    ] {
        for flavour in BOTH {
            assert!(!judged(flavour, declared, live), "{declared}   {live}");
        }
    }
    // Only MariaDB writes one for the other.
    assert!(!judged(Flavour::MySql, "json_array(true) = j", "json_array(1) = `j`"));
    let value = |a, b| same(&MySql::default(), a, b, Sense::Value);
    assert!(value("a + (b)", "(`a` + `b`)"));
    assert!(!value("a", "(0 <> `a`)"));
    assert!(!value("not not a", "`a`"));
}

#[test]
fn the_mode_is_heeded() {
    let with = |mode: &str| MySql { mode: Mode::of(mode), ..MySql::default() };
    let same = |mode: &str, a, b| same(&with(mode), a, b, Sense::Truth);
    assert!(same("", "a || b", "((0 <> `a`) or (0 <> `b`))"));
    assert!(!same("PIPES_AS_CONCAT", "a || b", "((0 <> `a`) or (0 <> `b`))"));
    assert!(same("PIPES_AS_CONCAT", "a || b", "concat(`a`,`b`)"));
    assert!(same("ANSI_QUOTES", "\"a\" = 'b'", "`a` = 'b'"));
    assert!(same("", "\"a\" = b", "'a' = `b`"));
    assert!(!same("NO_BACKSLASH_ESCAPES", "a = 'b\\\\c'", "`a` = 'b\\c'"));
}

#[test]
fn what_is_too_long_or_too_deep_is_a_doubt() {
    for text in ["(", "not ", "- ", "a + ", "a and ", "case ", "f(", "a between a and "] {
        let long = format!("{}a", text.repeat(100_000));
        assert!(!judged(Flavour::MySql, &long, "a"));
        let nearly = format!("{}a", text.repeat(999 / text.split_whitespace().count().max(1) / 2));
        assert!(!judged(Flavour::MySql, &nearly, "b"));
    }
}

#[test]
fn columns_lose_their_table() {
    for (text, plain) in [
        ("t.a > 0 and `t`.`b` = app.t.c", "a > 0 and `b` = c"),
        ("'t.a' = 1.5 + t.a", "'t.a' = 1.5 + a"),
        ("sys.f(t.a)", "sys.f(a)"),
    ] {
        assert_eq!(unqualified(text, Mode::default()), plain);
    }
}
