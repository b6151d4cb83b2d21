-- upgrade
ALTER TABLE `account` ADD COLUMN `note` text;

-- downgrade
ALTER TABLE `account` DROP COLUMN `note`;
