-- upgrade
CREATE TABLE `author` (
    `id` int NOT NULL AUTO_INCREMENT,
    `best_book_id` int,
    PRIMARY KEY (`id`)
);
CREATE TABLE `book` (
    `id` int NOT NULL AUTO_INCREMENT,
    `author_id` int NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `fk_book_author_id_author` FOREIGN KEY (`author_id`) REFERENCES `author` (`id`)
);
ALTER TABLE `author` ADD CONSTRAINT `fk_author_best_book_id_book` FOREIGN KEY (`best_book_id`) REFERENCES `book` (`id`);

-- downgrade
ALTER TABLE `author`
    DROP FOREIGN KEY `fk_author_best_book_id_book`,
    DROP INDEX `fk_author_best_book_id_book`;
DROP TABLE `book`;
DROP TABLE `author`;
