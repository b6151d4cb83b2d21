-- upgrade
-- refuses: column `email` of table `user` holds NULL
--   SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `user` WHERE `email` IS NULL) AS counted WHERE n > 0
ALTER TABLE `user` MODIFY COLUMN `email` varchar(120) NOT NULL;

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `email` varchar(120);
