//! Names that stand twice, that are empty, and that were others before.

use std::collections::BTreeMap;

use super::{mistakes, parse, shown};
use crate::error::{Mistakes, Source};
use crate::models::Naming;

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
fn a_name_that_a_pattern_makes_empty() {
    let patterns = BTreeMap::from([("ck".to_owned(), "{{ columns }}".to_owned())]);
    let naming = Naming::new(patterns).unwrap();
    let text = "[User.columns]\nid = { type = \"integer\", check = \"1 > 0\" }\n";
    let wrong = parse(&[Source::new("models.toml", text)], &naming).unwrap_err();
    assert_eq!(
        shown(&wrong),
        r#"models.toml:2: the pattern of `ck` makes an empty name
  id = { type = "integer", check = "1 > 0" }
                                   ^^^^^^^
  hint: give the constraint a `name`, or begin the pattern with a word of its own
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
fn indexes_of_two_tables_with_one_name_are_a_mistake_for_some_databases() {
    let declared = crate::models::toml::tests::declared(
        r#"
[User.columns]
name = { type = "text", index = true }
[Post.columns]
id = "integer"
[[Post.indexes]]
name = "ix_user_name"
columns = ["id"]
[Log]
schema = "audit"
columns.id = "integer"
indexes = [{ name = "ix_user_name", columns = ["id"] }]
"#,
    );
    assert_eq!(
        shown(&Mistakes(declared.shared_index_names)),
        r#"models.toml:7: index `ix_user_name` of table `post` has the name of one of table `user`, declared at models.toml:3
  name = "ix_user_name"
         ^^^^^^^^^^^^^^
  hint: give one of them another `name`
"#
    );
}
