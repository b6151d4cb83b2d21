//! Keys, and the indexes beneath them.

use super::*;

#[test]
fn the_index_beneath_a_foreign_key_comes_and_goes_with_it() {
    let served = Table {
        foreign_keys: vec![reference("fk", "a")],
        indexes: vec![index("ix", &["a", "b"])],
        ..table_of([column("a", "integer"), column("b", "integer")])
    };
    let drop = || TableChange::DropIndex(index("ix", &["a", "b"]));
    assert_eq!(
        alter(&served, vec![drop()]),
        "ALTER TABLE `t`\n    DROP INDEX `ix`,\n    ADD INDEX `fk` (`a`);\n"
    );
    assert_eq!(
        alter(&served, vec![drop(), TableChange::AddIndex(index("ix", &["a"]))]),
        "ALTER TABLE `t`\n    DROP INDEX `ix`,\n    ADD INDEX `ix` (`a`);\n"
    );
    assert_eq!(
        alter(&served, vec![TableChange::DropForeignKey(reference("fk", "a"))]),
        "ALTER TABLE `t` DROP FOREIGN KEY `fk`;\n"
    );
    let alone = Table { indexes: Vec::new(), ..served };
    assert_eq!(
        alter(&alone, vec![TableChange::AddIndex(index("ix", &["a", "b"]))]),
        "ALTER TABLE `t`\n    ADD INDEX `ix` (`a`, `b`),\n    DROP INDEX `fk`;\n"
    );
    assert_eq!(
        alter(&alone, vec![TableChange::DropForeignKey(reference("fk", "a"))]),
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `fk`,\n    DROP INDEX `fk`;\n"
    );
    let changed = ForeignKey { on_delete: Action::Cascade, ..reference("fk", "a") };
    let changes = vec![
        TableChange::DropForeignKey(reference("fk", "a")),
        TableChange::AddColumn(column("c", "integer")),
        TableChange::AddForeignKey(changed),
    ];
    assert_eq!(
        alter(&alone, changes),
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `fk`,\n    ADD COLUMN `c` int;\n\
         ALTER TABLE `t` ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `p` (`id`) \
         ON DELETE CASCADE;\n"
    );
}

#[test]
fn a_column_that_numbers_itself_is_a_key_at_all_times() {
    let before = Table {
        primary_key: Some(key(&["id"])),
        ..table_of([numbered("id"), required("a", "integer")])
    };
    let plain =
        TableChange::AlterColumn { from: numbered("id"), to: required("id", "big_integer") };
    assert_eq!(
        alter(&before, vec![TableChange::DropPrimaryKey(key(&["id"])), plain]),
        "ALTER TABLE `t`\n    DROP PRIMARY KEY,\n    MODIFY COLUMN `id` bigint NOT NULL;\n"
    );
    let changes = vec![
        TableChange::DropPrimaryKey(key(&["id"])),
        TableChange::AddPrimaryKey(key(&["a", "id"])),
    ];
    assert_eq!(
        alter(&before, changes),
        "ALTER TABLE `t`\n    DROP PRIMARY KEY,\n    \
         ADD INDEX `auto_increment until indexed` (`id`),\n    ADD PRIMARY KEY (`a`, `id`);\n"
    );
    let made = Table { primary_key: Some(key(&["a", "id"])), ..before };
    assert_eq!(
        alter(&made, vec![TableChange::AddIndex(index("ix", &["id"]))]),
        "ALTER TABLE `t`\n    ADD INDEX `ix` (`id`),\n    \
         DROP INDEX `auto_increment until indexed`;\n"
    );
    let changes =
        vec![TableChange::AddColumn(numbered("id")), TableChange::AddPrimaryKey(key(&["id"]))];
    assert_eq!(
        alter(&table_of([column("a", "integer")]), changes),
        "ALTER TABLE `t`\n    ADD COLUMN `id` bigint NOT NULL AUTO_INCREMENT,\n    \
         ADD PRIMARY KEY (`id`);\n"
    );
}
