-- upgrade
ALTER TABLE `user`
    DROP CHECK `ck_user_name`,
    DROP INDEX `ix_user_name`,
    RENAME COLUMN `name` TO `full_name`,
    ADD CONSTRAINT `ck_user_name` CHECK (length(`full_name`) > 1),
    ADD INDEX `ix_user_name` ((lower(`full_name`)));

-- downgrade
ALTER TABLE `user`
    DROP CHECK `ck_user_name`,
    DROP INDEX `ix_user_name`,
    RENAME COLUMN `full_name` TO `name`,
    ADD CONSTRAINT `ck_user_name` CHECK (length(`name`) > 1),
    ADD INDEX `ix_user_name` ((lower(`name`)));
