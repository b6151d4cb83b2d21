-- upgrade
ALTER TABLE `user` MODIFY COLUMN `nick` varchar(200);

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `nick` varchar(20);
