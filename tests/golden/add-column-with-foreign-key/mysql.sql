-- upgrade
ALTER TABLE `post`
    ADD COLUMN `user_id` int,
    ADD INDEX `ix_post_user_id` (`user_id`),
    ADD CONSTRAINT `fk_post_user_id_user` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`) ON DELETE CASCADE;

-- downgrade
ALTER TABLE `post`
    DROP FOREIGN KEY `fk_post_user_id_user`,
    DROP INDEX `ix_post_user_id`,
    DROP COLUMN `user_id`;
