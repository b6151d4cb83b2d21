//! What refers to other tables.

use super::mistakes;

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
"#
    );
}
