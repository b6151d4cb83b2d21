-- upgrade
ALTER TABLE `user` ADD COLUMN `created` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- downgrade
ALTER TABLE `user` DROP COLUMN `created`;
