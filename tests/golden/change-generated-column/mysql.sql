-- upgrade
ALTER TABLE `user` MODIFY COLUMN `shout` varchar(64) GENERATED ALWAYS AS (upper(trim(name))) STORED;

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `shout` varchar(64) GENERATED ALWAYS AS (upper(`name`)) STORED;
