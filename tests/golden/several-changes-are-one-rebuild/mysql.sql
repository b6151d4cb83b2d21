-- upgrade
CREATE TABLE `team` (
    `id` int NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (`id`)
);
-- refuses: column `nick` of table `user` holds NULL
--   SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `user` WHERE `nick` IS NULL) AS counted WHERE n > 0
ALTER TABLE `user`
    DROP COLUMN `bio`,
    MODIFY COLUMN `age` int,
    MODIFY COLUMN `nick` varchar(20) NOT NULL DEFAULT '',
    ADD COLUMN `team_id` int,
    ADD UNIQUE KEY `uq_user_nick` (`nick`),
    ADD CONSTRAINT `ck_user_age` CHECK (age > 0),
    ADD CONSTRAINT `fk_user_team_id_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);

-- downgrade
ALTER TABLE `user`
    DROP FOREIGN KEY `fk_user_team_id_team`,
    DROP INDEX `fk_user_team_id_team`,
    DROP CHECK `ck_user_age`,
    DROP INDEX `uq_user_nick`,
    DROP COLUMN `team_id`,
    MODIFY COLUMN `nick` varchar(20),
    MODIFY COLUMN `age` varchar(10),
    ADD COLUMN `bio` text;
DROP TABLE `team`;
