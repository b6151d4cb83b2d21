-- upgrade
ALTER TABLE `user`
    DROP INDEX `ix_user_name`,
    ADD UNIQUE INDEX `ix_user_name` (`name` DESC);

-- downgrade
ALTER TABLE `user`
    DROP INDEX `ix_user_name`,
    ADD INDEX `ix_user_name` (`name`);
