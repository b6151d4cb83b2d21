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
