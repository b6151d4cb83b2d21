-- upgrade
ALTER TABLE `user` ADD INDEX `ix_user_created` (`created`);

-- downgrade
ALTER TABLE `user` DROP INDEX `ix_user_created`;
