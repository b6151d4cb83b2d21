CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email VARCHAR(120) NOT NULL UNIQUE,
    name TEXT COLLATE NOCASE DEFAULT 'x; y',
    score NUMERIC(8,2) DEFAULT 0 CHECK (score >= 0),
    full_name TEXT GENERATED ALWAYS AS (name || '!') STORED,
    best INTEGER REFERENCES post (id)
);
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    author INT NOT NULL,
    body TEXT,
    CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE,
    UNIQUE (author, body)
);
CREATE TABLE tag (name TEXT, post INT, PRIMARY KEY (name, post)) WITHOUT ROWID;
CREATE TABLE s (a INT) STRICT;
CREATE INDEX ix_lower ON users (lower(name)) WHERE score > 10;
CREATE VIEW good AS SELECT u.id, u.email, count(*) AS posts FROM users u JOIN post p ON p.author = u.id GROUP BY u.id;
CREATE VIEW better(a, b) AS SELECT id, email FROM good WHERE posts > 3;
CREATE TRIGGER touch AFTER UPDATE ON users WHEN NEW.score > 3 BEGIN UPDATE users SET name = 'a;b' WHERE id = NEW.id; SELECT CASE WHEN 1 THEN 2 END; END;
CREATE VIRTUAL TABLE docs USING fts5(body);
INSERT INTO users (email, name) VALUES ('a@b.c', 'x;''' || char(10) || '.read y');
ANALYZE;
