-- upgrade
RENAME TABLE `user` TO `member`;
ALTER TABLE `member` RENAME COLUMN `email` TO `mail`;
ALTER TABLE `member` MODIFY COLUMN `mail` varchar(200);

-- downgrade
ALTER TABLE `member` MODIFY COLUMN `mail` varchar(120);
ALTER TABLE `member` RENAME COLUMN `mail` TO `email`;
RENAME TABLE `member` TO `user`;
