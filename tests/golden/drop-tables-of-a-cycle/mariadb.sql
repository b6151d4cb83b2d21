-- upgrade
ALTER TABLE `book`
    DROP FOREIGN KEY `fk_book_author_id_author`,
    DROP INDEX `fk_book_author_id_author`;
DROP TABLE `author`;
DROP TABLE `book`;

-- downgrade
CREATE TABLE `book` (
    `id` int NOT NULL AUTO_INCREMENT,
    `author_id` int NOT NULL,
    PRIMARY KEY (`id`)
);
CREATE TABLE `author` (
    `id` int NOT NULL AUTO_INCREMENT,
    `best_book_id` int,
    PRIMARY KEY (`id`),
    CONSTRAINT `fk_author_best_book_id_book` FOREIGN KEY (`best_book_id`) REFERENCES `book` (`id`)
);
ALTER TABLE `book` ADD CONSTRAINT `fk_book_author_id_author` FOREIGN KEY (`author_id`) REFERENCES `author` (`id`);
