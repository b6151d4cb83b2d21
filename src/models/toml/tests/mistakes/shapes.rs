//! Keys that nobody knows, and values of the wrong kind.

use super::mistakes;

#[test]
fn unknown_keys() {
    assert_eq!(
        mistakes(
            r#"
[User]
coment = "x"
columns.id = { typ = "integer", nulable = true }
columns.name = { type = "text", default = { expr = "1" } }
[User.postgre]
[User.options.mssql]
[[User.indexes]]
columns = ["id"]
where = { postgresql = "id > 0" }
uinque = true
[[User.checks]]
expresion = "id > 0"
[[User.foreign_keys]]
columns = ["id"]
references = { tabel = "user" }
colour = "red"
"#
        ),
        r#"models.toml:3: unknown key `coment` in model `User`
  coment = "x"
  ^^^^^^
  hint: did you mean `comment`?
models.toml:4: unknown key `typ` in column `user.id`
  columns.id = { typ = "integer", nulable = true }
                 ^^^
  hint: did you mean `type`?
models.toml:4: unknown key `nulable` in column `user.id`
  columns.id = { typ = "integer", nulable = true }
                                  ^^^^^^^
  hint: did you mean `nullable`?
models.toml:5: `default` of column `user.name` has no `sql`
  columns.name = { type = "text", default = { expr = "1" } }
                                            ^^^^^^^^^^^^^^
  hint: write `default = { sql = "..." }`
models.toml:5: unknown key `expr` in `default` of column `user.name`
  columns.name = { type = "text", default = { expr = "1" } }
                                              ^^^^
  hint: its only key is `sql`
models.toml:6: unknown key `postgre` in model `User`
  [User.postgre]
        ^^^^^^^
  hint: did you mean `postgres`?
models.toml:7: unknown key `mssql` in `options` of model `User`
  [User.options.mssql]
                ^^^^^
  hint: did you mean `mysql`?
models.toml:10: unknown key `postgresql` in `where` of an index of model `User`
  where = { postgresql = "id > 0" }
            ^^^^^^^^^^
  hint: did you mean `postgres`?
models.toml:11: unknown key `uinque` in an index of model `User`
  uinque = true
  ^^^^^^
  hint: did you mean `unique`?
models.toml:13: unknown key `expresion` in a check of model `User`
  expresion = "id > 0"
  ^^^^^^^^^
  hint: did you mean `expression`?
models.toml:16: unknown key `tabel` in `references` of a foreign key of model `User`
  references = { tabel = "user" }
                 ^^^^^
  hint: did you mean `table`?
models.toml:17: unknown key `colour` in a foreign key of model `User`
  colour = "red"
  ^^^^^^
  hint: its keys are `name`, `columns`, `references`, `on_delete`, `on_update`, `match`, `deferrable`, `sqlite`, `postgres`, `mysql` and `mariadb`
"#
    );
}

#[test]
fn models_of_the_wrong_type() {
    assert_eq!(
        mistakes(
            r#"
A = 1
B = { columns = 1 }
[C]
comment = 1
table = ""
schema = 1
primary_key = 1
indexes = 1
unique = {}
checks = [1]
foreign_keys = "x"
options = 1
sqlite = true
mysql.engine = 1.5
mysql.row_format = 99999999999999999999
renamed_from = []
[C.columns]
id = { type = "integer", sqlite = { a = 2026-01-01 } }
"#
        ),
        r#"models.toml:2: model `A` must be a table, not an integer
  A = 1
      ^
  hint: write `[A.columns]`
models.toml:3: `columns` of model `B` must be a table, not an integer
  B = { columns = 1 }
                  ^
  hint: write `[B.columns]`
models.toml:5: `comment` of model `C` must be a string, not an integer
  comment = 1
            ^
  hint: write `comment = "..."`
models.toml:6: `table` of model `C` is empty
  table = ""
          ^^
  hint: write a name, or leave `table` out
models.toml:7: `schema` of model `C` must be a string, not an integer
  schema = 1
           ^
  hint: write `schema = "..."`
models.toml:8: `primary_key` of model `C` must be a list of columns or a table, not an integer
  primary_key = 1
                ^
  hint: write `primary_key = ["a", "b"]`
models.toml:9: `indexes` of model `C` must be a list of tables, not an integer
  indexes = 1
            ^
  hint: write `[[C.indexes]]`
models.toml:10: `unique` of model `C` must be a list of tables, not an empty table
  unique = {}
           ^^
  hint: write `[[C.unique]]`
models.toml:11: a check of model `C` must be a table, not an integer
  checks = [1]
            ^
  hint: write `checks = [{ expression = "length(body) > 0" }]`
models.toml:12: `foreign_keys` of model `C` must be a list of tables, not a string
  foreign_keys = "x"
                 ^^^
  hint: write `[[C.foreign_keys]]`
models.toml:13: `options` of model `C` must be a table, not an integer
  options = 1
            ^
  hint: write `options = { sqlite = { name = "value" } }`
models.toml:14: `sqlite` of model `C` must be a table of options, not a boolean
  sqlite = true
           ^^^^
  hint: write `sqlite = { name = "value" }`
models.toml:15: `mysql.engine` of model `C` must be a boolean, an integer or a string, not a float
  mysql.engine = 1.5
                 ^^^
  hint: write `engine = true`, `engine = 1` or `engine = "..."`
models.toml:16: `mysql.row_format` of model `C` is too large
  mysql.row_format = 99999999999999999999
                     ^^^^^^^^^^^^^^^^^^^^
  hint: numbers go from -9223372036854775808 to 9223372036854775807
models.toml:17: `renamed_from` of model `C` must be a string, not a list
  renamed_from = []
                 ^^
  hint: write `renamed_from = "..."`
models.toml:19: `sqlite.a` of column `c.id` must be a boolean, an integer or a string, not a date or time
  id = { type = "integer", sqlite = { a = 2026-01-01 } }
                                          ^^^^^^^^^^
  hint: write `a = true`, `a = 1` or `a = "..."`
"#
    );
}

#[test]
fn columns_of_the_wrong_type() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
a = 1
b = { type = 1 }
c = { type = "text", primary_key = 0 }
d = { type = "text", nullable = "no" }
e = { type = "text", default = [] }
f = { type = "text", unique = 1, index = 0.5 }
g = { type = "text", references = true }
h = { type = "text", check = "" }
i = { type = "text", generated = "a || b" }
j = { type = "text", collation = 1, comment = 2026-01-01 }
k = { type = "integer", autoincrement = "yes" }
l = { type = "integer", identity = true }
m = { type = "integer", identity = { start = "x", min = 99999999999999999999 } }
n = { type = "text", sqlite = 1 }
o = {}
p = { type = {} }
q = { type = { postgres = 1, default = "inet" } }
r = { type = "text", check = { sqlite = 1, postgres = " " } }
s = { type = "text", comment = "a\u0000b" }
"#
        ),
        r#"models.toml:3: column `user.a` must be a type or a table, not an integer
  a = 1
      ^
  hint: write `a = "string(64)"` or `a = { type = "string(64)" }`
models.toml:4: `type` of column `user.b` must be a type or a table of dialects, not an integer
  b = { type = 1 }
               ^
  hint: write `type = "..."` or `type = { sqlite = "..." }`
models.toml:5: `primary_key` of column `user.c` must be a boolean, not an integer
  c = { type = "text", primary_key = 0 }
                                     ^
  hint: write `primary_key = true` or `primary_key = false`
models.toml:6: `nullable` of column `user.d` must be a boolean, not a string
  d = { type = "text", nullable = "no" }
                                  ^^^^
  hint: write `nullable = true` or `nullable = false`
models.toml:7: `default` of column `user.e` must be one value, not a list
  e = { type = "text", default = [] }
                                 ^^
  hint: write it as the database would: `default = "[]"` or `default = { sql = "..." }`
models.toml:8: `unique` of column `user.f` must be a boolean, not an integer
  f = { type = "text", unique = 1, index = 0.5 }
                                ^
  hint: write `unique = true` or `unique = false`
models.toml:8: `index` of column `user.f` must be a boolean, not a float
  f = { type = "text", unique = 1, index = 0.5 }
                                           ^^^
  hint: write `index = true` or `index = false`
models.toml:9: `references` of column `user.g` must be a column or a table, not a boolean
  g = { type = "text", references = true }
                                    ^^^^
  hint: write `references = "table.column"`
models.toml:10: `check` of column `user.h` is empty
  h = { type = "text", check = "" }
                               ^^
  hint: write SQL, or leave `check` out
models.toml:11: `generated` of column `user.i` must be a table, not a string
  i = { type = "text", generated = "a || b" }
                                   ^^^^^^^^
  hint: write `generated = { sql = "price * amount", stored = true }`
models.toml:12: `collation` of column `user.j` must be a string, not an integer
  j = { type = "text", collation = 1, comment = 2026-01-01 }
                                   ^
  hint: write `collation = "..."`
models.toml:12: `comment` of column `user.j` must be a string, not a date or time
  j = { type = "text", collation = 1, comment = 2026-01-01 }
                                                ^^^^^^^^^^
  hint: write `comment = "..."`
models.toml:13: `autoincrement` of column `user.k` must be a boolean, not a string
  k = { type = "integer", autoincrement = "yes" }
                                          ^^^^^
  hint: write `autoincrement = true` or `autoincrement = false`
models.toml:14: `identity` of column `user.l` must be a table, not a boolean
  l = { type = "integer", identity = true }
                                     ^^^^
  hint: write `identity = { always = true, start = 1000 }`
models.toml:15: `start` of `identity` of column `user.m` must be an integer, not a string
  m = { type = "integer", identity = { start = "x", min = 99999999999999999999 } }
                                               ^^^
  hint: write `start = 1`
models.toml:15: `min` of `identity` of column `user.m` is too large
  m = { type = "integer", identity = { start = "x", min = 99999999999999999999 } }
                                                          ^^^^^^^^^^^^^^^^^^^^
  hint: numbers go from -9223372036854775808 to 9223372036854775807
models.toml:16: `sqlite` of column `user.n` must be a table of options, not an integer
  n = { type = "text", sqlite = 1 }
                                ^
  hint: write `sqlite = { name = "value" }`
models.toml:17: column `user.o` has no `type`
  o = {}
  ^
  hint: write `type = "string(64)"`
models.toml:18: `type` of column `user.p` must be a type or a table of dialects, not an empty table
  p = { type = {} }
               ^^
  hint: write `type = "..."` or `type = { sqlite = "..." }`
models.toml:19: `postgres` of `type` of column `user.q` must be a string, not an integer
  q = { type = { postgres = 1, default = "inet" } }
                            ^
  hint: write `postgres = "..."`
models.toml:20: `sqlite` of `check` of column `user.r` must be a string, not an integer
  r = { type = "text", check = { sqlite = 1, postgres = " " } }
                                          ^
  hint: write `sqlite = "..."`
models.toml:21: no database takes a text with a NUL character in it
  s = { type = "text", comment = "a\u0000b" }
                                 ^^^^^^^^^^
  hint: take the `\u0000` out
"#
    );
}
