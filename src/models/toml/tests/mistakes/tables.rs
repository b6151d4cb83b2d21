//! Columns that are missing, keys and indexes.

use super::mistakes;

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
