-- upgrade
ALTER TABLE `post` ADD CONSTRAINT `fk_post_user_id_user` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`);

-- downgrade
ALTER TABLE `post`
    DROP FOREIGN KEY `fk_post_user_id_user`,
    DROP INDEX `fk_post_user_id_user`;
