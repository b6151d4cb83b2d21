-- upgrade
DROP TABLE `comment`;
DROP TABLE `post`;
DROP TABLE `author`;

-- downgrade
CREATE TABLE `author` (
    `id` int NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (`id`)
);
CREATE TABLE `post` (
    `id` int NOT NULL AUTO_INCREMENT,
    `author_id` int,
    PRIMARY KEY (`id`),
    CONSTRAINT `fk_post_author_id_author` FOREIGN KEY (`author_id`) REFERENCES `author` (`id`)
);
CREATE TABLE `comment` (
    `id` int NOT NULL AUTO_INCREMENT,
    `post_id` int,
    PRIMARY KEY (`id`),
    CONSTRAINT `fk_comment_post_id_post` FOREIGN KEY (`post_id`) REFERENCES `post` (`id`)
);
