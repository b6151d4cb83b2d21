-- upgrade
CREATE TABLE `visit` (
    `id` int NOT NULL AUTO_INCREMENT,
    `country` char(2),
    `number` int,
    PRIMARY KEY (`id`),
    CONSTRAINT `fk_visit_country_number_site` FOREIGN KEY (`country`, `number`) REFERENCES `site` (`country`, `number`) ON DELETE CASCADE
);

-- downgrade
DROP TABLE `visit`;
