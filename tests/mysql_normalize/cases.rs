//! What is declared, and other ways to write the same.

/// A case: its name, its models, and other ways to write the same.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) models: &'static str,
    pub(crate) also: &'static [&'static str],
}

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "texts",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
empty = { type = "string(9)", default = "" }
quote = { type = "string(9)", default = "it's" }
back = { type = "string(9)", default = "a\\b\"" }
line = { type = "string(9)", default = "a\nb" }
null = { type = "string(9)", default = "NULL" }
long = { type = "text", default = "it's" }
umlaut = { type = "string(9)", default = "ä😀?" }
digits = { type = "string(9)", default = "5" }
code = { type = "char(3)", default = "abc" }
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
empty = { type = "string(9)", default = { sql = "''" } }
quote = { type = "string(9)", default = { sql = "'it\\'s'" } }
back = { type = "string(9)", default = { sql = "'a\\\\b\"'" } }
line = { type = "string(9)", default = { sql = "'a\\nb'" } }
null = { type = "string(9)", default = { sql = "'NULL'" } }
long = { type = "text", default = { sql = "('it''s')" } }
umlaut = { type = "string(9)", default = { sql = "_utf8mb4'ä😀?'" } }
digits = { type = "string(9)", default = 5 }
code = { type = "char(3)", default = { sql = "(\"abc\")" } }
"#],
    },
    Case {
        name: "numbers and truth",
        models: r#"
[t.columns]
id = { type = "big_integer unsigned", primary_key = true, identity = {} }
yes = { type = "boolean", nullable = false, default = true }
no = { type = "boolean", default = false }
whole = { type = "integer", default = 1 }
negative = { type = "small_integer", default = -7 }
unsigned = { type = "integer unsigned", default = 4294967295 }
price = { type = "numeric(10, 2)", default = 1.0 }
exact = { type = "numeric(10, 2)", default = 3.55 }
single = { type = "float", default = 1.5 }
double = { type = "double", default = 0.1 }
large = { type = "double", default = 15000000000.0 }
"#,
        also: &[r#"
[t.columns]
id = { type = "big_integer unsigned", primary_key = true, identity = {} }
yes = { type = "boolean", nullable = false, default = 1 }
no = { type = "boolean", default = { sql = "false" } }
whole = { type = "integer", default = { sql = "(1)" } }
negative = { type = "small_integer", default = { sql = "-(7)" } }
unsigned = { type = "integer unsigned", default = { sql = "'4294967295'" } }
price = { type = "numeric(10, 2)", default = 1 }
exact = { type = "numeric(10, 2)", default = { sql = "3.550" } }
single = { type = "float", default = { sql = "1.50" } }
double = { type = "double", default = { sql = "0.1" } }
large = { type = "double", default = { sql = "1.5e10" } }
"#],
    },
    Case {
        name: "rounded numbers",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
third = { type = "float", default = 0.333333333 }
more = { type = "double", default = 0.12345678901234567 }
less = { type = "double", default = 1e-7 }
"#,
        also: &[],
    },
    Case {
        name: "moments",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
at = { type = "datetime", nullable = false, default = { sql = "CURRENT_TIMESTAMP" } }
precise = { type = "datetime(6)", default = { sql = "CURRENT_TIMESTAMP(6)" } }
milli = { type = "datetime(tz, 3)", nullable = false, default = { sql = "now()" }, mysql.on_update = "CURRENT_TIMESTAMP" }
zoned = { type = "datetime(tz)", default = { sql = "CURRENT_TIMESTAMP" }, mysql.on_update = "CURRENT_TIMESTAMP" }
day = { type = "date", default = "2020-01-02" }
hour = { type = "time", default = "07:30:00" }
then = { type = "datetime", default = "2020-01-02 07:30:00" }
half = { type = "datetime(3)", default = "2020-01-02 07:30:00.5" }
other = { type = "datetime", default = "2020-1-2" }
today = { type = "date", default = { sql = "(curdate())" } }
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
at = { type = "datetime(0)", nullable = false, default = { sql = "now()" } }
precise = { type = "datetime(6)", default = { sql = "current_timestamp" } }
milli = { type = "datetime(tz, 3)", nullable = false, default = { sql = "localtime(3)" }, mysql.on_update = "now(3)" }
zoned = { type = "datetime(tz)", default = { sql = "now()" }, mysql.on_update = "now()" }
day = { type = "date", default = { sql = "'2020-01-02'" } }
hour = { type = "time(0)", default = "07:30:00" }
then = { type = "datetime", default = "2020-01-02 07:30:00" }
half = { type = "datetime(3)", default = "2020-01-02 07:30:00.500" }
other = { type = "datetime", default = "2020-01-02 00:00:00" }
today = { type = "date", default = { sql = "CURRENT_DATE" } }
"#],
    },
    Case {
        name: "computed defaults",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
key = { type = "char(36)", default = { sql = "uuid()" } }
name = { type = "string(60)", default = { sql = "concat('it''s', LOWER('A'))" } }
sum = { type = "integer", default = { sql = "1 + 2" } }
document = { type = "json", default = { sql = "json_object()" } }
list = { type = "json", default = "[]" }
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
key = { type = "char(36)", default = { sql = "(UUID())" } }
name = { type = "string(60)", default = { sql = "(CONCAT(\"it's\", lcase('A')))" } }
sum = { type = "integer", default = { sql = "(1+2)" } }
document = { type = "json", default = { sql = "(JSON_OBJECT())" } }
list = { type = "json", default = { sql = "('[]')" } }
"#],
    },
    Case {
        name: "types",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
document = "json"
endless = "string"
mood = { type = "enum(open, 'not open')", default = "open" }
bytes = "binary(16)"
blob = "large_binary"
key = "uuid"
price = "numeric"
small = { type = { mysql = "TINYINT(4)", default = "integer" } }
medium = { type = { mysql = "MEDIUMINT UNSIGNED", default = "integer" } }
many = { type = { mysql = "SET('a', 'b')", default = "string(9)" } }
bits = { type = { mysql = "BIT", default = "integer" } }
year = { type = { mysql = "year", default = "integer" } }
filled = { type = { mysql = "INT(5) ZEROFILL", default = "integer" } }
hour = "time(3)"
"#,
        also: &[],
    },
    Case {
        name: "generated columns and checks",
        models: r#"
[t.columns]
id = { type = "integer", primary_key = true }
a = { type = "integer", nullable = false }
b = "string(20)"
c = { type = "integer", generated = { sql = "a + 1", stored = true } }
d = { type = "string(40)", generated = { sql = "concat(b, 'x')" } }
[[t.checks]]
name = "in_reach"
expression = "a > 0 and (b != 'x' or not b like 'a\\_%')"
[[t.checks]]
name = "among"
expression = "b IN ('x', 'it''s') && a % 2 = 0"
[[t.checks]]
name = "own_table"
expression = "t.a < 1000"
[[t.checks]]
expression = "length(b) > 0"
"#,
        also: &[r#"
[t.columns]
id = { type = "integer", primary_key = true }
a = { type = "integer", nullable = false }
b = "string(20)"
c = { type = "integer", generated = { sql = "(`a`)+1", stored = true } }
d = { type = "string(40)", generated = { sql = "CONCAT(`b`, \"x\")" } }
[[t.checks]]
name = "in_reach"
expression = "(`a` > 0) AND (b <> 'x' OR b NOT LIKE 'a\\\\_%')"
[[t.checks]]
name = "among"
expression = "b in ('x', 'it\\'s') and mod(a, 2) = 0"
[[t.checks]]
name = "own_table"
expression = "`a` < 1000"
[[t.checks]]
expression = "octet_length(b) > 0"
"#],
    },
    Case {
        name: "keys and indexes",
        models: r#"
[other.columns]
id = { type = "integer", primary_key = true }
[t]
primary_key = { name = "pk_t", columns = ["id"] }
[t.columns]
id = { type = "integer" }
a = { type = "integer", references = "other", on_delete = "restrict" }
b = { type = "integer", references = "other", on_delete = "cascade" }
c = { type = "string(200)", unique = true }
d = "integer"
[[t.indexes]]
name = "ix_b"
columns = ["b"]
[[t.indexes]]
name = "ix_nulls"
columns = ["d nulls first", "a desc nulls last"]
[[t.indexes]]
name = "ix_tree"
columns = ["a", "d"]
using = "BTREE"
comment = ""
[[t.indexes]]
name = "ux_d"
columns = ["d", "c"]
unique = true
[[t.indexes]]
name = "ix_words"
columns = ["c"]
using = "fulltext"
"#,
        also: &[],
    },
    Case {
        name: "character sets, comments, engines",
        models: r#"
[t]
comment = ""
mysql.engine = "innodb"
mysql.collation = "utf8mb4_bin"
[t.columns]
id = { type = "integer", primary_key = true, comment = "it's" }
own = { type = "string(9)", collation = "utf8mb4_bin" }
other = { type = "string(9)", collation = "latin1_bin" }
set = { type = "string(9)", mysql.charset = "latin1" }
old = { type = "string(9)", mysql.charset = "utf8" }
none = { type = "integer", comment = "" }
[u]
mysql.engine = "myisam"
mysql.row_format = "DYNAMIC"
mysql.charset = "utf8"
[u.columns]
id = { type = "integer", primary_key = true }
name = "string(9)"
[[u.indexes]]
name = "ix_short"
columns = ["name"]
mysql.lengths = "5"
"#,
        also: &[],
    },
    Case {
        name: "parts",
        models: r#"
[t]
mysql.partition_by = "range(id) (partition p0 values less than (10), partition p1 values less than maxvalue)"
[t.columns]
id = { type = "integer", primary_key = true }
"#,
        also: &[],
    },
];
