-- upgrade
ALTER TABLE `user` MODIFY COLUMN `age` smallint;

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `age` int;
