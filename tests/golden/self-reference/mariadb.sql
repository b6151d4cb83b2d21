-- upgrade
CREATE TABLE `category` (
    `id` int NOT NULL AUTO_INCREMENT,
    `parent_id` int,
    PRIMARY KEY (`id`),
    CONSTRAINT `fk_category_parent_id_category` FOREIGN KEY (`parent_id`) REFERENCES `category` (`id`) ON DELETE SET NULL
);
ALTER TABLE `category`
    ADD INDEX `ix_category_parent_id` (`parent_id`),
    DROP INDEX `fk_category_parent_id_category`;

-- downgrade
ALTER TABLE `category`
    DROP INDEX `ix_category_parent_id`,
    ADD INDEX `fk_category_parent_id_category` (`parent_id`);
DROP TABLE `category`;
