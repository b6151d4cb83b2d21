//! Types, and where a column gets its value.

use super::mistakes;

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
fn defaults_that_are_no_value_of_their_type() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
a = { type = "integer", default = "x" }
b = { type = "small_integer", default = 1.5 }
c = { type = "big_integer unsigned", default = true }
d = { type = "integer", default = "nextval('numbers')" }
e = { type = "integer", default = "NULL" }
f = { type = "integer", default = "" }
g = { type = "integer", default = 2026-01-31 }
h = { type = "boolean", default = "Yes" }
i = { type = "boolean", default = "false" }
j = { type = "boolean", default = 2 }
k = { type = "boolean", default = "" }
l = { type = "float", default = "1,5" }
m = { type = "double", default = false }
n = { type = "numeric(10, 2)", default = "1.50 €" }
o = { type = "date", default = "x" }
p = { type = "date", default = 07:30:00 }
q = { type = "time(3)", default = 2026-01-31 }
r = { type = "datetime", default = "current_timestamp" }
s = { type = "datetime(tz)", default = "now() + interval '1 day'" }
t = { type = "datetime", default = "now" }
u = { type = "datetime", default = 0 }
v = { type = "enum(a, b)", default = 1 }
w = { type = "integer", fill = "x" }
x = { type = "enum(draft, published)", fill = "draf" }
"#
        ),
        r#"models.toml:3: `default` of column `user.a` is no integer
  a = { type = "integer", default = "x" }
                                    ^^^
  hint: write a whole number, like `default = 0`
models.toml:4: `default` of column `user.b` is no integer
  b = { type = "small_integer", default = 1.5 }
                                          ^^^
  hint: write a whole number, or make the column `numeric`
models.toml:5: `default` of column `user.c` is no integer
  c = { type = "big_integer unsigned", default = true }
                                                 ^^^^
  hint: write `default = 1`
models.toml:6: `default` of column `user.d` is no integer
  d = { type = "integer", default = "nextval('numbers')" }
                                    ^^^^^^^^^^^^^^^^^^^^
  hint: an expression is written `default = { sql = "nextval('numbers')" }`
models.toml:7: `default` of column `user.e` is no integer
  e = { type = "integer", default = "NULL" }
                                    ^^^^^^
  hint: leave `default` out
models.toml:8: `default` of column `user.f` is no integer
  f = { type = "integer", default = "" }
                                    ^^
  hint: write a whole number, like `default = 0`
models.toml:9: `default` of column `user.g` is no integer
  g = { type = "integer", default = 2026-01-31 }
                                    ^^^^^^^^^^
  hint: write a whole number, like `default = 0`
models.toml:10: `default` of column `user.h` is no boolean
  h = { type = "boolean", default = "Yes" }
                                    ^^^^^
  hint: write `default = true`
models.toml:11: `default` of column `user.i` is no boolean
  i = { type = "boolean", default = "false" }
                                    ^^^^^^^
  hint: write `default = false`
models.toml:12: `default` of column `user.j` is no boolean
  j = { type = "boolean", default = 2 }
                                    ^
  hint: write `default = true` or `default = false`
models.toml:13: `default` of column `user.k` is no boolean
  k = { type = "boolean", default = "" }
                                    ^^
  hint: write `default = true` or `default = false`
models.toml:14: `default` of column `user.l` is no number
  l = { type = "float", default = "1,5" }
                                  ^^^^^
  hint: write a number, like `default = 1.5`
models.toml:15: `default` of column `user.m` is no number
  m = { type = "double", default = false }
                                   ^^^^^
  hint: write `default = 0`
models.toml:16: `default` of column `user.n` is no number
  n = { type = "numeric(10, 2)", default = "1.50 €" }
                                           ^^^^^^^^
  hint: write a number, like `default = 1.5`
models.toml:17: `default` of column `user.o` is no date
  o = { type = "date", default = "x" }
                                 ^^^
  hint: write it like `default = 2026-01-31`, or `default = { sql = "CURRENT_DATE" }`
models.toml:18: `default` of column `user.p` is no date
  p = { type = "date", default = 07:30:00 }
                                 ^^^^^^^^
  hint: write it like `default = 2026-01-31`, or `default = { sql = "CURRENT_DATE" }`
models.toml:19: `default` of column `user.q` is no time
  q = { type = "time(3)", default = 2026-01-31 }
                                    ^^^^^^^^^^
  hint: write it like `default = 07:30:00`, or `default = { sql = "CURRENT_TIME" }`
models.toml:20: `default` of column `user.r` is no date and time
  r = { type = "datetime", default = "current_timestamp" }
                                     ^^^^^^^^^^^^^^^^^^^
  hint: an expression is written `default = { sql = "current_timestamp" }`
models.toml:21: `default` of column `user.s` is no date and time
  s = { type = "datetime(tz)", default = "now() + interval '1 day'" }
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: an expression is written `default = { sql = "now() + interval '1 day'" }`
models.toml:22: `default` of column `user.t` is no date and time
  t = { type = "datetime", default = "now" }
                                     ^^^^^
  hint: write it like `default = 2026-01-31T07:30:00`, or `default = { sql = "CURRENT_TIMESTAMP" }`
models.toml:23: `default` of column `user.u` is no date and time
  u = { type = "datetime", default = 0 }
                                     ^
  hint: write it like `default = 2026-01-31T07:30:00`, or `default = { sql = "CURRENT_TIMESTAMP" }`
models.toml:24: default `1` is no value of the enum
  v = { type = "enum(a, b)", default = 1 }
                                       ^
  hint: did you mean `a`?
models.toml:25: `fill` of column `user.w` is no integer
  w = { type = "integer", fill = "x" }
                                 ^^^
  hint: write a whole number, like `fill = 0`
models.toml:26: fill `draf` is no value of the enum
  x = { type = "enum(draft, published)", fill = "draf" }
                                                ^^^^^^
  hint: did you mean `draft`?
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
