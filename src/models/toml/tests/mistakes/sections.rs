//! What stands beside the models.

use super::mistakes;

#[test]
fn sections() {
    assert_eq!(
        mistakes(
            r#"
schemas = 1
[enums]
a = []
b = [1]
c = ["x", "x"]
d = 1
e = { values = [] }
f = {}
[sequences.s]
start = "x"
step = 1
[functions.f]
arguments = 1
[extensions.x]
version = 1
definition = ""
[views.v]
definition = 1
dialects = ["postgresql", "oracle"]
[materialized_views.w]
definition = ""
dialects = []
[triggers.t]
[triggers.u]
table = "usr"
definition = "CREATE TRIGGER u"
[triggers.v]
table = "a.b.c"
definition = "CREATE TRIGGER v"
[User.columns]
id = "integer"
"#
        ),
        r#"models.toml:2: section `schemas` must be a table
  schemas = 1
            ^
  hint: write `[schemas.name]`; a model needs another name than this
models.toml:4: enum `a` has no values
  a = []
      ^^
  hint: write `values = ["a", "b"]`
models.toml:5: `b` of section `enums` must be a list of strings, not an integer
  b = [1]
       ^
  hint: write `b = ["a", "b"]`
models.toml:6: `x` stands twice among the values of enum `c`
  c = ["x", "x"]
      ^^^^^^^^^^
  hint: leave one of the two out
models.toml:7: enum `d` must be a table, not an integer
  d = 1
      ^
  hint: write `[enums.d]` with `values = ["a", "b"]`
models.toml:8: enum `e` has no values
  e = { values = [] }
                 ^^
  hint: write `values = ["a", "b"]`
models.toml:9: enum `f` has no `values`
  f = {}
  ^
  hint: write `values = ["a", "b"]`
models.toml:11: `start` of sequence `s` must be an integer, not a string
  start = "x"
          ^^^
  hint: write `start = 1`
models.toml:12: unknown key `step` in sequence `s`
  step = 1
  ^^^^
  hint: its keys are `name`, `type`, `start`, `increment`, `min`, `max`, `cache`, `cycle`, `dialects` and `schema`
models.toml:13: function `f` has no `definition`
  [functions.f]
             ^
  hint: write `definition = "..."`
models.toml:14: `arguments` of function `f` must be a string, not an integer
  arguments = 1
              ^
  hint: write `arguments = "..."`
models.toml:16: `version` of extension `x` must be a string, not an integer
  version = 1
            ^
  hint: write `version = "..."`
models.toml:17: unknown key `definition` in extension `x`
  definition = ""
  ^^^^^^^^^^
  hint: its keys are `version`, `schema` and `dialects`
models.toml:19: `definition` of view `v` must be SQL or a table of dialects, not an integer
  definition = 1
               ^
  hint: write `definition = "..."` or `definition = { sqlite = "..." }`
models.toml:20: unknown dialect `postgresql`
  dialects = ["postgresql", "oracle"]
              ^^^^^^^^^^^^
  hint: did you mean `postgres`?
models.toml:20: unknown dialect `oracle`
  dialects = ["postgresql", "oracle"]
                            ^^^^^^^^
  hint: it is one of `sqlite`, `postgres`, `mysql` and `mariadb`
models.toml:22: `definition` of materialized view `w` is empty
  definition = ""
               ^^
  hint: write SQL, or leave `definition` out
models.toml:23: `dialects` of materialized view `w` is empty
  dialects = []
             ^^
  hint: name at least one, or leave `dialects` out
models.toml:24: trigger `t` has no `table`
  [triggers.t]
            ^
  hint: write `table = "user"`
models.toml:24: trigger `t` has no `definition`
  [triggers.t]
            ^
  hint: write `definition = "..."`
models.toml:26: no model or view is called `usr`
  table = "usr"
          ^^^^^
  hint: did you mean `user`?
models.toml:29: `a.b.c` is not a name like `user` or `schema.user`
  table = "a.b.c"
          ^^^^^^^
  hint: a name with a dot in it stands in double quotes
"#
    );
}
#[test]
fn objects_of_other_kinds() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = "integer"
[objects.a]
[objects.b]
kind = "POLICY"
table = "usr"
definition = "CREATE POLICY b"
[objects.c]
kind = "materialized view"
definition = "CREATE MATERIALIZED VIEW c"
[objects.d]
kind = "index"
definition = "CREATE INDEX d"
[objects.e]
kind = "policy"
name = ""
table = "usr"
definition = "CREATE POLICY e"
[objects.f]
kind = "policy"
name = "p"
table = "user"
definition = "CREATE POLICY p ON user"
[objects.g]
kind = "policy"
name = "p"
table = "user"
definition = "CREATE POLICY p ON user"
[sequences.i]
type = "text"
[objects.h]
kind = ""
tabel = "user"
definition = ""
"#
        ),
        r#"models.toml:4: object `a` has no `kind`
  [objects.a]
           ^
  hint: write `kind = "policy"`
models.toml:4: object `a` has no `definition`
  [objects.a]
           ^
  hint: write `definition = "..."`
models.toml:6: `kind` of object `b` must be words in lower case, not `POLICY`
  kind = "POLICY"
         ^^^^^^^^
  hint: it is what the database calls it: `kind = "event trigger"`
models.toml:10: `kind` of object `c` is `materialized view`, which has a section of its own
  kind = "materialized view"
         ^^^^^^^^^^^^^^^^^^^
  hint: declare it as `[materialized_views.name]`
models.toml:13: `kind` of object `d` is `index`, which belongs to models
  kind = "index"
         ^^^^^^^
  hint: declare it in the model of its table
models.toml:17: `name` of object `e` is empty
  name = ""
         ^^
  hint: write a name, or leave `name` out
models.toml:18: no model or view is called `usr`
  table = "usr"
          ^^^^^
  hint: did you mean `user`?
models.toml:25: policy `p` on `user` is declared twice; first at models.toml:20
  [objects.g]
           ^
  hint: give one of them another name
models.toml:31: `type` of sequence `i` must be one of whole numbers, not `text`
  type = "text"
         ^^^^^^
  hint: write `type = "big_integer"`
models.toml:33: `kind` of object `h` must be words in lower case, not ``
  kind = ""
         ^^
  hint: it is what the database calls it: `kind = "event trigger"`
models.toml:34: unknown key `tabel` in object `h`
  tabel = "user"
  ^^^^^
  hint: did you mean `table`?
models.toml:35: `definition` of object `h` is empty
  definition = ""
               ^^
  hint: write SQL, or leave `definition` out
"#
    );
}
