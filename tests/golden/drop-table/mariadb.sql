-- upgrade
ALTER TABLE `post`
    DROP INDEX `ix_post_user_id`,
    ADD INDEX `fk_post_user_id_user` (`user_id`);
DROP TABLE `post`;

-- downgrade
CREATE TABLE `post` (
    `id` int NOT NULL AUTO_INCREMENT,
    `title` varchar(140) NOT NULL,
    `body` text,
    `status` enum('draft', 'published') NOT NULL DEFAULT 'draft',
    `user_id` int NOT NULL,
    `created` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (`id`),
    UNIQUE KEY `uq_post_title` (`title`),
    CONSTRAINT `fk_post_user_id_user` FOREIGN KEY (`user_id`) REFERENCES `user` (`id`) ON DELETE CASCADE
);
ALTER TABLE `post`
    ADD INDEX `ix_post_user_id` (`user_id`),
    DROP INDEX `fk_post_user_id_user`;
