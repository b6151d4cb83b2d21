//! Every mistake in models, with its line, caret and hint.

use std::collections::BTreeMap;

use super::{mistakes, mistakes_of, shown};
use crate::error::Source;
use crate::models::Naming;

#[test]
fn values_without_quotes() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = integer
name = string(64)
weight = { type = float, nullable = False }
active = yes
email =
note = null
when = @
"#
        ),
        r#"models.toml:3: `integer` is no TOML value
  id = integer
       ^^^^^^^
  hint: a string stands in quotes: `"integer"`
models.toml:4: `string(64)` is no TOML value
  name = string(64)
         ^^^^^^^^^^
  hint: a string stands in quotes: `"string(64)"`
models.toml:5: `float` is no TOML value
  weight = { type = float, nullable = False }
                    ^^^^^
  hint: a string stands in quotes: `"float"`
models.toml:6: `yes` is no TOML value
  active = yes
           ^^^
  hint: write `true`
models.toml:7: a key without a value
  email =
         ^
  hint: write `email = "..."`
models.toml:8: `null` is no TOML value
  note = null
         ^^^^
  hint: TOML has no null: leave the key out
models.toml:9: `@` is no TOML value
  when = @
         ^
  hint: a string stands in quotes
"#
    );
}

#[test]
fn syntax_that_is_not_closed() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = "integer"
name = "text
email = { type = "text"
[Post
"#
        ),
        r#"models.toml:4: invalid basic string, expected `"`
  name = "text
              ^
  hint: the caret shows where reading stopped; the slip may stand before it
models.toml:6: missing key for inline table element, expected `,`
  [Post
  ^
  hint: the caret shows where reading stopped; the slip may stand before it
"#
    );
}

#[test]
fn columns_that_stand_twice() {
    assert_eq!(
        mistakes(
            r#"
[Post.columns]
id = "integer"
[User.columns]
id = "integer"
email = { type = "text", default = { sql = "id", sql = "x" }, index = true, index = false }
pair = { id = "integer" }
id = "text"
"email" = "text"
[Tag.columns]
id = "integer"
a.type = "integer"
a.type = "text"
"#
        ),
        r#"models.toml:6: `sql` is declared twice; first at models.toml:6
  email = { type = "text", default = { sql = "id", sql = "x" }, index = true, index = false }
                                                   ^^^
  hint: keep one of the two
models.toml:8: `id` is declared twice; first at models.toml:5
  id = "text"
  ^^
  hint: keep one of the two
models.toml:9: `"email"` is declared twice; first at models.toml:6
  "email" = "text"
  ^^^^^^^
  hint: keep one of the two
models.toml:13: `type` is declared twice
  a.type = "text"
    ^^^^
  hint: keep one of the two
"#
    );
}

#[test]
fn models_that_stand_twice() {
    assert_eq!(
        mistakes(
            r#"
[User]
comment = "a"
[User.columns]
id = "integer"
[Post]
columns.id = "integer"
[User.columns]
name = "text"
[Post]
comment = "b"
"#
        ),
        r#"models.toml:8: `columns` is declared twice; first at models.toml:4
  [User.columns]
        ^^^^^^^
  hint: keep one of the two
models.toml:10: `Post` is declared twice; first at models.toml:6
  [Post]
   ^^^^
  hint: keep one of the two
"#
    );
}

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

#[test]
fn types() {
    assert_eq!(
        mistakes(
            r#"
enums.mood = ["sad", "ok"]
[User.columns]
a = "strng(64)"
b = "string(x)"
c = "varchar(64)"
d = "inet"
e = "mod"
f = "enum mod"
g = "enum colour"
h = "array(mood)"
i = "enum(a, a)"
j = { type = "" }
"#
        ),
        r#"models.toml:4: unknown type `strng`
  a = "strng(64)"
      ^^^^^^^^^^^
  hint: did you mean `string`?
models.toml:5: `string(x)` is not a form of `string`
  b = "string(x)"
      ^^^^^^^^^^^
  hint: it is written `string(64)`
models.toml:6: unknown type `varchar`
  c = "varchar(64)"
      ^^^^^^^^^^^^^
  hint: did you mean `string`?
models.toml:7: unknown type `inet`
  d = "inet"
      ^^^^^^
  hint: for a type of one database write `{ postgres = "inet", default = "string(45)" }`
models.toml:8: unknown type `mod`
  e = "mod"
      ^^^^^
  hint: did you mean `mood`?
models.toml:9: no enum is called `mod`
  f = "enum mod"
      ^^^^^^^^^^
  hint: did you mean `mood`?
models.toml:10: no enum is called `colour`
  g = "enum colour"
      ^^^^^^^^^^^^^
  hint: declare it: `[enums.colour]` with `values`
models.toml:11: unknown type `mood`
  h = "array(mood)"
      ^^^^^^^^^^^^^
  hint: did you mean `enum mood`?
models.toml:12: `a` stands twice among the values of column `user.i`
  i = "enum(a, a)"
      ^^^^^^^^^^^^
  hint: leave one of the two out
models.toml:13: `type` of column `user.j` is empty
  j = { type = "" }
               ^^
  hint: write a type, like `string(64)`
"#
    );
}

#[test]
fn defaults() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
a = { type = "float", default = nan }
b = { type = "float", default = -inf }
c = { type = "float", default = 1e999 }
d = { type = "big_integer", default = 0xFFFFFFFFFFFFFFFFFF }
e = { type = "text", default = { sql = " " } }
f = { type = "text", default = {} }
g = { type = "enum(draft, published)", default = "draf" }
h = { type = "enum(draft, published)", default = "x" }
i = { type = "text", default = "\u0000" }
"#
        ),
        r#"models.toml:3: `default` of column `user.a` is not a finite number
  a = { type = "float", default = nan }
                                  ^^^
  hint: for what a database calls infinity write `{ sql = "..." }`
models.toml:4: `default` of column `user.b` is not a finite number
  b = { type = "float", default = -inf }
                                  ^^^^
  hint: for what a database calls infinity write `{ sql = "..." }`
models.toml:5: `default` of column `user.c` is not a finite number
  c = { type = "float", default = 1e999 }
                                  ^^^^^
  hint: for what a database calls infinity write `{ sql = "..." }`
models.toml:6: `default` of column `user.d` is too large
  d = { type = "big_integer", default = 0xFFFFFFFFFFFFFFFFFF }
                                        ^^^^^^^^^^^^^^^^^^^^
  hint: write it in decimal digits
models.toml:7: `sql` of `default` of column `user.e` is empty
  e = { type = "text", default = { sql = " " } }
                                         ^^^
  hint: write SQL, or leave `sql` out
models.toml:8: `default` of column `user.f` has no `sql`
  f = { type = "text", default = {} }
                                 ^^
  hint: write `default = { sql = "..." }`
models.toml:9: default `draf` is no value of the enum
  g = { type = "enum(draft, published)", default = "draf" }
                                                   ^^^^^^
  hint: did you mean `draft`?
models.toml:10: default `x` is no value of the enum
  h = { type = "enum(draft, published)", default = "x" }
                                                   ^^^
  hint: its values are `draft` and `published`
models.toml:11: no database takes a text with a NUL character in it
  i = { type = "text", default = "\u0000" }
                                 ^^^^^^^^
  hint: take the `\u0000` out
"#
    );
}

#[test]
fn columns_with_two_sources_of_their_value() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
a = "integer"
b = { type = "integer", default = 1, generated = { sql = "a" } }
c = { type = "integer", autoincrement = true, identity = {} }
d = { type = "integer", default = 1, identity = {} }
e = { type = "integer", generated = { sql = "a" }, autoincrement = true }
f = { type = "integer", generated = { sql = "a", expression = "a" } }
g = { type = "integer", generated = { stored = true } }
h = { type = "text", autoincrement = true }
"#
        ),
        r#"models.toml:4: column `user.b` has both `default` and `generated`
  b = { type = "integer", default = 1, generated = { sql = "a" } }
                                       ^^^^^^^^^
  hint: a generated column takes no default; keep one of the two
models.toml:5: column `user.c` has both `identity` and `autoincrement`
  c = { type = "integer", autoincrement = true, identity = {} }
                          ^^^^^^^^^^^^^
  hint: they mean the same; keep `identity`
models.toml:6: column `user.d` has both `default` and `identity`
  d = { type = "integer", default = 1, identity = {} }
                                       ^^^^^^^^
  hint: a column gets its value from one of them; keep one
models.toml:7: column `user.e` has both `generated` and `autoincrement`
  e = { type = "integer", generated = { sql = "a" }, autoincrement = true }
                                                     ^^^^^^^^^^^^^
  hint: a column gets its value from one of them; keep one
models.toml:8: `generated` of column `user.f` has both `sql` and `expression`
  f = { type = "integer", generated = { sql = "a", expression = "a" } }
                                                   ^^^^^^^^^^
  hint: they mean the same; keep one
models.toml:9: `generated` of column `user.g` has no `sql`
  g = { type = "integer", generated = { stored = true } }
                                      ^^^^^^^^^^^^^^^^^
  hint: write `generated = { sql = "price * amount", stored = true }`
models.toml:10: column `user.h` numbers itself and is `text`
  h = { type = "text", autoincrement = true }
                                       ^^^^
  hint: make it `integer`, or take `autoincrement` out
"#
    );
}

#[test]
fn models_without_columns() {
    assert_eq!(
        mistakes(
            r#"
[User]
comment = "x"
primary_key = ["id"]
[Post.columns]
[Tag.colums]
id = "integer"
[view.active_users]
definition = "SELECT 1"
['odd "name"']
"#
        ),
        r#"models.toml:2: model `User` has no `columns`
  [User]
   ^^^^
  hint: give it a table `[User.columns]` with a line a column
models.toml:5: model `Post` has no columns
  [Post.columns]
        ^^^^^^^
  hint: write a line for each column, like `id = { type = "integer", primary_key = true }`
models.toml:6: unknown key `colums` in model `Tag`
  [Tag.colums]
       ^^^^^^
  hint: did you mean `columns`?
models.toml:8: model `view` has no `columns`
  [view.active_users]
   ^^^^
  hint: did you mean the section `views`?
models.toml:10: model `odd "name"` has no `columns`
  ['odd "name"']
   ^^^^^^^^^^^^
  hint: give it a table `["odd \"name\"".columns]` with a line a column
"#
    );
}

#[test]
fn things_without_a_name() {
    assert_eq!(
        mistakes(
            r#"
["".columns]
"" = "integer"
[User.columns]
id = { type = "integer", renamed_from = "" }
[[User.indexes]]
name = ""
columns = ["id"]
[views.""]
definition = "SELECT 1"
"#
        ),
        r#"models.toml:2: a model with an empty name does not say what its table is called
  ["".columns]
   ^^
  hint: write `table = "..."`
models.toml:3: a column without a name
  "" = "integer"
  ^^
  hint: name it
models.toml:5: `renamed_from` of column `user.id` is empty
  id = { type = "integer", renamed_from = "" }
                                          ^^
  hint: write a name, or leave `renamed_from` out
models.toml:7: `name` of an index of model `User` is empty
  name = ""
         ^^
  hint: write a name, or leave `name` out
models.toml:9: an object without a name in `views`
  [views.""]
         ^^
  hint: name it
"#
    );
}

#[test]
fn primary_keys() {
    assert_eq!(
        mistakes(
            r#"
[Two]
primary_key = ["id"]
[Two.columns]
id = { type = "integer", primary_key = true }
[Missing]
primary_key = ["id", "nam", "id"]
[Missing.columns]
id = "integer"
name = "text"
[None]
primary_key = []
columns.id = "integer"
[Unsaid]
primary_key = { name = "pk" }
columns.id = "integer"
[Null.columns]
id = { type = "integer", primary_key = true, nullable = true }
"#
        ),
        r#"models.toml:3: model `Two` has two primary keys; the other is at models.toml:5
  primary_key = ["id"]
  ^^^^^^^^^^^
  hint: keep `primary_key` of the columns or that of the model
models.toml:7: table `missing` has no column `nam`
  primary_key = ["id", "nam", "id"]
                       ^^^^^
  hint: did you mean `name`?
models.toml:7: column `id` stands twice in `primary_key` of model `Missing`
  primary_key = ["id", "nam", "id"]
                              ^^^^
  hint: leave one of the two out
models.toml:12: `primary_key` of model `None` is empty
  primary_key = []
                ^^
  hint: name at least one column
models.toml:15: the primary key of model `Unsaid` has no `columns`
  primary_key = { name = "pk" }
  ^^^^^^^^^^^
  hint: write `columns = ["a", "b"]`
models.toml:18: column `null.id` is in the primary key and nullable
  id = { type = "integer", primary_key = true, nullable = true }
                                                          ^^^^
  hint: take `nullable = true` out
"#
    );
}

#[test]
fn columns_that_are_missing() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = "integer"
name = { type = "text", check = "length(nam) > 0" }
upper = { type = "text", generated = { sql = "upper(nme)" } }
[[User.indexes]]
columns = ["naem desc", "lower(nam)"]
expressions = ["lower(nme)"]
where = "nam > ''"
include = ["x"]
[[User.unique]]
columns = ["nme"]
[[User.checks]]
expression = "length(nme) > 0"
[[User.foreign_keys]]
columns = ["idd"]
references = "user.id"
"#
        ),
        r#"models.toml:4: table `user` has no column `nam`
  name = { type = "text", check = "length(nam) > 0" }
                                  ^^^^^^^^^^^^^^^^^
  hint: did you mean `name`?
models.toml:5: table `user` has no column `nme`
  upper = { type = "text", generated = { sql = "upper(nme)" } }
                                               ^^^^^^^^^^^^
  hint: did you mean `name`?
models.toml:7: table `user` has no column `naem`
  columns = ["naem desc", "lower(nam)"]
             ^^^^^^^^^^^
  hint: did you mean `name`?
models.toml:7: table `user` has no column `nam`
  columns = ["naem desc", "lower(nam)"]
                          ^^^^^^^^^^^^
  hint: did you mean `name`?
models.toml:8: table `user` has no column `nme`
  expressions = ["lower(nme)"]
                 ^^^^^^^^^^^^
  hint: did you mean `name`?
models.toml:9: table `user` has no column `nam`
  where = "nam > ''"
          ^^^^^^^^^^
  hint: did you mean `name`?
models.toml:10: table `user` has no column `x`
  include = ["x"]
             ^^^
  hint: its columns are `id`, `name` and `upper`
models.toml:12: table `user` has no column `nme`
  columns = ["nme"]
             ^^^^^
  hint: did you mean `name`?
models.toml:14: table `user` has no column `nme`
  expression = "length(nme) > 0"
               ^^^^^^^^^^^^^^^^^
  hint: did you mean `name`?
models.toml:16: table `user` has no column `idd`
  columns = ["idd"]
             ^^^^^
  hint: did you mean `id`?
"#
    );
}

#[test]
fn indexes() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = "integer"
name = "text"
[[User.indexes]]
[[User.indexes]]
columns = []
[[User.indexes]]
columns = ["name dsc", "name foo", ""]
[[User.indexes]]
columns = ["name", 1]
nulls = "frist"
desc = 1
[[User.unique]]
columns = []
deferrable = 1
[[User.unique]]
columns = ["id", "id"]
[[User.checks]]
"#
        ),
        r#"models.toml:5: an index of model `User` has no `columns`
  [[User.indexes]]
  ^^^^^^^^^^^^^^^^
  hint: write `columns = ["a", "b desc"]`
models.toml:7: an index of model `User` has no columns
  columns = []
            ^^
  hint: name at least one
models.toml:9: `dsc` cannot stand behind a column of an index
  columns = ["name dsc", "name foo", ""]
             ^^^^^^^^^^
  hint: did you mean `desc`?
models.toml:9: `foo` cannot stand behind a column of an index
  columns = ["name dsc", "name foo", ""]
                         ^^^^^^^^^^
  hint: what can is `desc`, `collate nocase`, `nulls first` or `nulls last`
models.toml:9: an index column is a name or an expression, not ``
  columns = ["name dsc", "name foo", ""]
                                     ^^
  hint: write a column's name, `name desc` or `lower(name)`
models.toml:11: `columns` of an index of model `User` must be a list of strings, not an integer
  columns = ["name", 1]
                     ^
  hint: write `columns = ["a", "b"]`
models.toml:15: `columns` of a unique constraint of model `User` is empty
  columns = []
            ^^
  hint: name at least one column
models.toml:16: `deferrable` of a unique constraint of model `User` must be a boolean or a string, not an integer
  deferrable = 1
               ^
  hint: write `deferrable = true` or `deferrable = "initially deferred"`
models.toml:18: column `id` stands twice in `columns` of a unique constraint of model `User`
  columns = ["id", "id"]
                   ^^^^
  hint: leave one of the two out
models.toml:19: a check of model `User` has no `expression`
  [[User.checks]]
  ^^^^^^^^^^^^^^^
  hint: write `expression = "length(body) > 0"`
"#
    );
}

#[test]
fn references() {
    assert_eq!(
        mistakes(
            r#"
[User]
table = "info_user"
columns.id = { type = "integer", primary_key = true }
columns.name = "text"
[Tag.columns]
name = "text"
[Pair]
primary_key = ["a", "b"]
columns.a = "integer"
columns.b = "integer"
[Log]
schema = "audit"
columns.id = { type = "integer", primary_key = true }
[Post.columns]
a = { type = "integer", references = "User.id" }
b = { type = "integer", references = "info_usr.id" }
c = { type = "integer", references = "info_user.nam" }
d = { type = "integer", references = "tag" }
e = { type = "integer", references = "pair" }
f = { type = "integer", references = "log.id" }
g = { type = "integer", references = "nothing.id" }
h = { type = "integer", references = "a.b.c.d" }
i = { type = "integer", references = { table = "info_user", columns = ["nam"] } }
j = { type = "integer", references = { table = "", columns = [] } }
k = { type = "integer", references = { table = "nothing" } }
[[Post.foreign_keys]]
columns = ["a", "b"]
references = "info_user.id"
"#
        ),
        r#"models.toml:16: no model declares table `User`
  a = { type = "integer", references = "User.id" }
                                       ^^^^^^^^^
  hint: the table of model `User` is `info_user`
models.toml:17: no model declares table `info_usr`
  b = { type = "integer", references = "info_usr.id" }
                                       ^^^^^^^^^^^^^
  hint: did you mean `info_user`?
models.toml:18: table `info_user` has no column `nam`
  c = { type = "integer", references = "info_user.nam" }
                                       ^^^^^^^^^^^^^^^
  hint: did you mean `info_user.name`?
models.toml:19: table `tag` has no primary key to refer to
  d = { type = "integer", references = "tag" }
                                       ^^^^^
  hint: name a column: `references = "table.column"`
models.toml:20: `e` of table `post` refers to `a` and `b` of table `pair`
  e = { type = "integer", references = "pair" }
                                       ^^^^^^
  hint: name as many columns on both sides, in `[[Post.foreign_keys]]`
models.toml:21: no model declares table `log`
  f = { type = "integer", references = "log.id" }
                                       ^^^^^^^^
  hint: did you mean `audit.log`?
models.toml:22: no model declares table `nothing`
  g = { type = "integer", references = "nothing.id" }
                                       ^^^^^^^^^^^^
  hint: declare a model for it, or look whether `models` in db.toml names its file
models.toml:23: `a.b.c.d` is not a name like `user` or `schema.user`
  h = { type = "integer", references = "a.b.c.d" }
                                       ^^^^^^^^^
  hint: write `table` or `table.column`; a name with a dot in it stands in double quotes
models.toml:24: table `info_user` has no column `nam`
  i = { type = "integer", references = { table = "info_user", columns = ["nam"] } }
                                                                         ^^^^^
  hint: did you mean `name`?
models.toml:25: `table` of `references` of column `post.j` is empty
  j = { type = "integer", references = { table = "", columns = [] } }
                                                 ^^
  hint: write a name, or leave `table` out
models.toml:26: no model declares table `nothing`
  k = { type = "integer", references = { table = "nothing" } }
                                                 ^^^^^^^^^
  hint: declare a model for it, or look whether `models` in db.toml names its file
models.toml:29: `a` and `b` of table `post` refer to `id` of table `info_user`
  references = "info_user.id"
               ^^^^^^^^^^^^^^
  hint: name as many columns on both sides, in `[[Post.foreign_keys]]`
"#
    );
}

#[test]
fn actions() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = { type = "integer", primary_key = true }
a = { type = "integer", on_delete = "cascade" }
b = { type = "integer", references = "user.id", on_delete = "cascad" }
c = { type = "integer", references = "user.id", on_update = "explode" }
d = { type = "integer", references = "user.id", match = "ful" }
e = { type = "integer", references = "user.id", deferrable = "later" }
f = { type = "integer", references = "user.id", deferrable = 1 }
g = { type = "integer", nullable = false, references = "user", on_delete = "set null" }
[[User.foreign_keys]]
columns = ["id"]
references = "user"
on_update = "SET NULL"
"#
        ),
        r#"models.toml:4: `on_delete` of column `user.a` without `references`
  a = { type = "integer", on_delete = "cascade" }
                          ^^^^^^^^^
  hint: write `references = "table.column"`
models.toml:5: unknown action `cascad`
  b = { type = "integer", references = "user.id", on_delete = "cascad" }
                                                              ^^^^^^^^
  hint: did you mean `cascade`?
models.toml:6: unknown action `explode`
  c = { type = "integer", references = "user.id", on_update = "explode" }
                                                              ^^^^^^^^^
  hint: it is one of `no action`, `restrict`, `cascade`, `set null` and `set default`
models.toml:7: unknown `match` `ful`
  d = { type = "integer", references = "user.id", match = "ful" }
                                                          ^^^^^
  hint: did you mean `full`?
models.toml:8: unknown `deferrable` `later`
  e = { type = "integer", references = "user.id", deferrable = "later" }
                                                               ^^^^^^^
  hint: it is one of `initially deferred` and `initially immediate`
models.toml:9: `deferrable` of column `user.f` must be a boolean or a string, not an integer
  f = { type = "integer", references = "user.id", deferrable = 1 }
                                                               ^
  hint: write `deferrable = true` or `deferrable = "initially deferred"`
models.toml:10: `on_delete = "set null"`, but `g` of table `user` cannot be null
  g = { type = "integer", nullable = false, references = "user", on_delete = "set null" }
                                                                             ^^^^^^^^^^
  hint: choose another action, or make the column nullable
models.toml:14: `on_update = "set null"`, but `id` of table `user` cannot be null
  on_update = "SET NULL"
              ^^^^^^^^^^
  hint: choose another action, or make the column nullable
"#
    );
}

#[test]
fn names_used_twice() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
name = { type = "text", index = true }
[[User.indexes]]
name = "same"
columns = ["name"]
[[User.unique]]
name = "same"
columns = ["name"]
[[User.checks]]
name = "same"
expression = "name > ''"
[Post.columns]
id = "integer"
[[Post.indexes]]
name = "same"
columns = ["id"]
[[Post.indexes]]
name = "ix_user_name"
columns = ["id"]
[Other]
table = "user"
columns.id = "integer"
[views.post]
definition = "SELECT 1"
[sequences.s]
[materialized_views.s]
definition = "SELECT 1"
"#
        ),
        r#"models.toml:8: name `same` is used twice in table `user`; first at models.toml:5
  name = "same"
         ^^^^^^
  hint: give one of them another `name`
models.toml:11: name `same` is used twice in table `user`; first at models.toml:8
  name = "same"
         ^^^^^^
  hint: give one of them another `name`
models.toml:16: index `same` of table `post` has the name of one of table `user`, declared at models.toml:5
  name = "same"
         ^^^^^^
  hint: give one of them another `name`
models.toml:19: index `ix_user_name` of table `post` has the name of one of table `user`, declared at models.toml:3
  name = "ix_user_name"
         ^^^^^^^^^^^^^^
  hint: give one of them another `name`
models.toml:21: table `user` is declared twice; first at models.toml:2
  [Other]
   ^^^^^
  hint: give one of them another `table = "..."`
models.toml:24: view `post` has the name of a table, declared at models.toml:13
  [views.post]
         ^^^^
  hint: give one of them another name
models.toml:27: materialized view `s` has the name of a sequence, declared at models.toml:26
  [materialized_views.s]
                      ^
  hint: give one of them another name
"#
    );
}

#[test]
fn renames() {
    assert_eq!(
        mistakes(
            r#"
[User]
renamed_from = "post"
[User.columns]
id = { type = "integer", renamed_from = "name" }
name = "text"
a = { type = "text", renamed_from = "x" }
b = { type = "text", renamed_from = "x" }
[Post]
renamed_from = "old"
columns.id = "integer"
[Tag]
renamed_from = "old"
columns.id = { type = "integer", renamed_from = "id" }
"#
        ),
        r#"models.toml:3: `renamed_from` names table `post`, which is still declared at models.toml:9
  renamed_from = "post"
                 ^^^^^^
  hint: take `renamed_from` out, or the model that has that table
models.toml:5: `renamed_from` names column `user.name`, which is still declared at models.toml:6
  id = { type = "integer", renamed_from = "name" }
                                          ^^^^^^
  hint: take `renamed_from` out, or the column that has that name
models.toml:8: two columns are renamed from `user.x`; the other is at models.toml:7
  b = { type = "text", renamed_from = "x" }
                                      ^^^
  hint: only one of them can be it
models.toml:13: two models are renamed from `old`; the other is at models.toml:10
  renamed_from = "old"
                 ^^^^^
  hint: only one of them can be it
models.toml:14: `renamed_from` names column `tag.id`, which is still declared at models.toml:14
  columns.id = { type = "integer", renamed_from = "id" }
                                                  ^^^^
  hint: take `renamed_from` out, or the column that has that name
"#
    );
}

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
  hint: its keys are `type`, `start`, `increment`, `min`, `max`, `cache`, `cycle`, `dialects` and `schema`
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

#[test]
fn two_files_and_one_name() {
    let files = [
        ("b.toml", "[User.columns]\nid = \"integer\"\n[enums]\nmood = [\"a\"]\n"),
        (
            "a.toml",
            "[Person]\ntable = \"user\"\ncolumns.id = \"integer\"\n[enums]\nmood = [\"b\"]\n",
        ),
    ];
    assert_eq!(
        mistakes_of(&files),
        r#"a.toml:1: table `user` is declared twice; first at b.toml:1
  [Person]
   ^^^^^^
  hint: give one of them another `table = "..."`
a.toml:5: enum `mood` is declared twice; first at b.toml:4
  mood = ["b"]
  ^^^^
  hint: give one of them another name
"#
    );
}

/// The other files are read for themselves, but what they say about each other waits.
#[test]
fn one_of_two_files_is_not_toml() {
    let files = [
        ("user.toml", "[User.columns\nid = \"integer\"\n"),
        (
            "post.toml",
            "[Post.columns]\nid = \"intger\"\nuser_id = { type = \"integer\", references = \"user.id\" }\n",
        ),
    ];
    assert_eq!(
        mistakes_of(&files),
        r#"user.toml:1: unclosed table, expected `]`
  [User.columns
               ^
  hint: the caret shows where reading stopped; the slip may stand before it
post.toml:2: unknown type `intger`
  id = "intger"
       ^^^^^^^^
  hint: did you mean `integer`?
"#
    );
}

#[test]
fn only_the_first_lines_that_are_no_toml_are_shown() {
    let text = "x = 1 2\n".repeat(12);
    let shown = mistakes(&text);
    let last = "  hint: 2 more lines of this file are not TOML; mend the first ones and look again";
    assert_eq!(shown.lines().count(), 40);
    assert_eq!(shown.lines().last(), Some(last));
}

#[test]
fn a_name_that_a_pattern_makes_empty() {
    let patterns = BTreeMap::from([("ck".to_owned(), "{{ columns }}".to_owned())]);
    let naming = Naming::new(patterns).unwrap();
    let text = "[User.columns]\nid = { type = \"integer\", check = \"1 > 0\" }\n";
    let wrong = super::parse(&[Source::new("models.toml", text)], &naming).unwrap_err();
    assert_eq!(
        shown(&wrong),
        r#"models.toml:2: the pattern of `ck` makes an empty name
  id = { type = "integer", check = "1 > 0" }
                                   ^^^^^^^
  hint: give the constraint a `name`, or begin the pattern with a word of its own
"#
    );
}
