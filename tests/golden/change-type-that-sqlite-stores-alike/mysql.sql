-- upgrade
ALTER TABLE `user` MODIFY COLUMN `seen` timestamp NULL;

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `seen` datetime;
