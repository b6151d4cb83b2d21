-- upgrade
-- refuses: the new column `email` has no value for the rows of table `user`; give it a default, or add it nullable and fill it first
--   SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `user` WHERE TRUE) AS counted WHERE n > 0
ALTER TABLE `user` ADD COLUMN `email` varchar(120) NOT NULL;

-- downgrade
ALTER TABLE `user` DROP COLUMN `email`;
