-- upgrade
ALTER TABLE `tag`
    DROP PRIMARY KEY,
    ADD COLUMN `id` int NOT NULL AUTO_INCREMENT,
    ADD PRIMARY KEY (`id`),
    ADD UNIQUE KEY `uq_tag_word` (`word`);

-- downgrade
ALTER TABLE `tag`
    DROP INDEX `uq_tag_word`,
    DROP PRIMARY KEY,
    DROP COLUMN `id`,
    ADD PRIMARY KEY (`word`);
