-- upgrade
-- refuses: column `two words` of table `order` holds NULL
--   SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `order` WHERE `two words` IS NULL) AS counted WHERE n > 0
ALTER TABLE `order`
    MODIFY COLUMN `two words` text NOT NULL DEFAULT ('it''s'),
    ADD COLUMN `group` int,
    ADD INDEX `ix_order_group` (`group`);

-- downgrade
ALTER TABLE `order`
    DROP INDEX `ix_order_group`,
    DROP COLUMN `group`,
    MODIFY COLUMN `two words` text;
