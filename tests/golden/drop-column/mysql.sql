-- upgrade
ALTER TABLE `user` DROP COLUMN `bio`;

-- downgrade
ALTER TABLE `user` ADD COLUMN `bio` text;
