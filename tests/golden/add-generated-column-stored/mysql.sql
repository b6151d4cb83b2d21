-- upgrade
ALTER TABLE `user` ADD COLUMN `shout` varchar(64) GENERATED ALWAYS AS (upper(name)) STORED;

-- downgrade
ALTER TABLE `user` DROP COLUMN `shout`;
