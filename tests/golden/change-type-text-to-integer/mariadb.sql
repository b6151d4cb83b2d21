-- upgrade
ALTER TABLE `user` MODIFY COLUMN `age` int;

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `age` varchar(10);
