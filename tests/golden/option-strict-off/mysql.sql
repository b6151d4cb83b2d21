-- upgrade
ALTER TABLE `user` ADD COLUMN `note` text;

-- downgrade
ALTER TABLE `user` DROP COLUMN `note`;
