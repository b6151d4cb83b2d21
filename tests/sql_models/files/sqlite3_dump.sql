PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email VARCHAR(120) NOT NULL UNIQUE,
    name TEXT COLLATE NOCASE DEFAULT 'x; y',
    score NUMERIC(8,2) DEFAULT 0 CHECK (score >= 0),
    full_name TEXT GENERATED ALWAYS AS (name || '!') STORED,
    best INTEGER REFERENCES post (id)
);
INSERT INTO users VALUES(1,'a@b.c',replace('x;''\n.read y','\n',char(10)),0,NULL);
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    author INT NOT NULL,
    body TEXT,
    CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE,
    UNIQUE (author, body)
);
CREATE TABLE tag (name TEXT, post INT, PRIMARY KEY (name, post)) WITHOUT ROWID;
CREATE TABLE s (a INT) STRICT;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','docs','docs',0,'CREATE VIRTUAL TABLE docs USING fts5(body)');
CREATE TABLE IF NOT EXISTS 'docs_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO docs_data VALUES(1,X'');
INSERT INTO docs_data VALUES(10,X'00000000000000');
CREATE TABLE IF NOT EXISTS 'docs_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'docs_content'(id INTEGER PRIMARY KEY, c0);
CREATE TABLE IF NOT EXISTS 'docs_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE IF NOT EXISTS 'docs_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO docs_config VALUES('version',4);
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('users','sqlite_autoindex_users_1','1 1');
INSERT INTO sqlite_stat1 VALUES('docs_config','docs_config','1 1');
INSERT INTO sqlite_stat1 VALUES('docs_data',NULL,'2');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('users',1);
CREATE INDEX ix_lower ON users (lower(name)) WHERE score > 10;
CREATE VIEW good AS SELECT u.id, u.email, count(*) AS posts FROM users u JOIN post p ON p.author = u.id GROUP BY u.id;
CREATE VIEW better(a, b) AS SELECT id, email FROM good WHERE posts > 3;
CREATE TRIGGER touch AFTER UPDATE ON users WHEN NEW.score > 3 BEGIN UPDATE users SET name = 'a;b' WHERE id = NEW.id; SELECT CASE WHEN 1 THEN 2 END; END;
PRAGMA writable_schema=OFF;
COMMIT;
