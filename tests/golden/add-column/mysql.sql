-- upgrade
ALTER TABLE `user`
    ADD COLUMN `bio` text,
    ADD COLUMN `age` int NOT NULL DEFAULT 0;

-- downgrade
ALTER TABLE `user`
    DROP COLUMN `age`,
    DROP COLUMN `bio`;
