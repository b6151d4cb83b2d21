-- upgrade
CREATE TABLE `team` (
    `id` int NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (`id`)
);
ALTER TABLE `user`
    ADD COLUMN `team_id` int,
    ADD INDEX `ix_user_team_id` (`team_id`),
    ADD CONSTRAINT `fk_user_team_id_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);

-- downgrade
ALTER TABLE `user`
    DROP FOREIGN KEY `fk_user_team_id_team`,
    DROP INDEX `ix_user_team_id`,
    DROP COLUMN `team_id`;
DROP TABLE `team`;
