CREATE TABLE users (
    id int unsigned AUTO_INCREMENT PRIMARY KEY,
    email varchar(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    name varchar(50) DEFAULT 'x; y',
    mood enum('sad','ok','it''s') DEFAULT 'ok',
    flags set('a','b'),
    score decimal(8,2) DEFAULT 0,
    full_name varchar(80) GENERATED ALWAYS AS (concat(name, '!')) STORED,
    at timestamp(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
    doc json,
    bits bit(4) DEFAULT b'101',
    UNIQUE KEY uq_email (email),
    KEY ix_name (name(10)),
    FULLTEXT KEY ft (name),
    CHECK (score >= 0)
) ENGINE=InnoDB COMMENT='People; all';
CREATE TABLE post (
    id bigint AUTO_INCREMENT PRIMARY KEY,
    author int unsigned NOT NULL,
    body text,
    KEY (author, id DESC),
    CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE
);
ALTER TABLE users ADD COLUMN best bigint, ADD CONSTRAINT fk_best FOREIGN KEY (best) REFERENCES post (id);
CREATE TABLE log (
    id int NOT NULL,
    at date NOT NULL) PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2025),
    PARTITION p1 VALUES LESS THAN MAXVALUE
);
CREATE VIEW better AS SELECT 1 AS a;
CREATE VIEW good AS SELECT u.id, u.email, count(0) AS posts FROM users u JOIN post p ON p.author = u.id GROUP BY u.id;
CREATE OR REPLACE VIEW better AS SELECT * FROM good WHERE posts > 3;
DELIMITER //
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW BEGIN IF NEW.score > 3 THEN SET NEW.name = 'a;b'; END IF; END//
CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC BEGIN RETURN a + 1; END//
CREATE PROCEDURE clean(IN n int) BEGIN DELETE FROM post WHERE id < n; END//
CREATE EVENT ev ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM post WHERE id < 0; END//
DELIMITER ;
INSERT INTO users (email, name) VALUES ('a@b.c', 'tab\there; /* */ -- \'');
