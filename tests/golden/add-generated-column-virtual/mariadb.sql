-- upgrade
ALTER TABLE `user` ADD COLUMN `shout` varchar(64) GENERATED ALWAYS AS (upper(name)) VIRTUAL;

-- downgrade
ALTER TABLE `user` DROP COLUMN `shout`;
