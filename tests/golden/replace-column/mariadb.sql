-- upgrade
ALTER TABLE `user`
    DROP COLUMN `mail`,
    ADD COLUMN `address` text;

-- downgrade
ALTER TABLE `user`
    DROP COLUMN `address`,
    ADD COLUMN `mail` varchar(120);
