-- upgrade
ALTER TABLE `user` ADD UNIQUE KEY `uq_user_email` (`email`);
ALTER TABLE `post` ADD CONSTRAINT `fk_post_user_email_user` FOREIGN KEY (`user_email`) REFERENCES `user` (`email`);

-- downgrade
ALTER TABLE `post`
    DROP FOREIGN KEY `fk_post_user_email_user`,
    DROP INDEX `fk_post_user_email_user`;
ALTER TABLE `user` DROP INDEX `uq_user_email`;
