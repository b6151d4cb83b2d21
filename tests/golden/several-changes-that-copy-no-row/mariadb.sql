-- upgrade
-- refuses: column `nick` of table `user` holds NULL
--   SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `user` WHERE `nick` IS NULL) AS counted WHERE n > 0
ALTER TABLE `user`
    MODIFY COLUMN `nick` varchar(20) NOT NULL DEFAULT '',
    ADD CONSTRAINT `ck_user_bio` CHECK (length(bio) < 1000);

-- downgrade
ALTER TABLE `user`
    DROP CONSTRAINT `ck_user_bio`,
    MODIFY COLUMN `nick` varchar(20);
