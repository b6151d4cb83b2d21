CREATE SCHEMA app;
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
CREATE TYPE app.pair AS (a int, b text);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE SEQUENCE ticket START 100 INCREMENT 5;
CREATE FUNCTION lowered(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE TABLE users (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email citext NOT NULL UNIQUE,
    name varchar(50) COLLATE "C" DEFAULT 'x; y',
    mood mood DEFAULT 'ok',
    score numeric(8,2) DEFAULT 0 CHECK (score >= 0),
    ticket bigint DEFAULT nextval('ticket'),
    full_name text GENERATED ALWAYS AS (name || '!') STORED,
    tags text[] DEFAULT '{}',
    at timestamptz DEFAULT now(),
    d positive
);
CREATE TABLE post (
    id bigserial PRIMARY KEY,
    author int NOT NULL,
    body text,
    kind varchar(10) CHECK (kind IN ('a', 'b')),
    during tstzrange,
    CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    EXCLUDE USING gist (during WITH &&)
);
ALTER TABLE users ADD COLUMN best bigint REFERENCES post;
CREATE INDEX ix_lower ON users (lowered(name)) WHERE score > 10;
CREATE INDEX ON post USING gin (to_tsvector('english', body));
CREATE UNIQUE INDEX uq ON post (author, body DESC NULLS LAST) INCLUDE (kind);
CREATE TABLE app.log (id int, at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE app.log_2025 PARTITION OF app.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX ON app.log (at);
CREATE VIEW good AS SELECT u.id, u.email, count(*) AS posts FROM users u JOIN post p ON p.author = u.id GROUP BY u.id;
CREATE VIEW better AS SELECT * FROM good WHERE posts > 3;
CREATE MATERIALIZED VIEW app.totals AS SELECT author, count(*) FROM post GROUP BY author WITH NO DATA;
CREATE UNIQUE INDEX ON app.totals (author);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $_$
BEGIN
  NEW.at = now(); -- it's ; here
  RETURN NEW;
END $_$;
CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.score IS DISTINCT FROM NEW.score) EXECUTE FUNCTION touch();
CREATE PROCEDURE app.clean(n int) LANGUAGE sql BEGIN ATOMIC DELETE FROM post WHERE id < n; SELECT 1; END;
ALTER TABLE post ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON post USING (author = 1);
CREATE RULE no_delete AS ON DELETE TO app.log_2025 DO INSTEAD NOTHING;
COMMENT ON TABLE users IS 'People; "all" of them';
COMMENT ON COLUMN users.email IS E'where\nto write';
CREATE AGGREGATE app.longest(text) (SFUNC = textcat, STYPE = text);
GRANT SELECT ON users TO public;
INSERT INTO users (email, name) VALUES ('a@b.c', E'tab\there; \\. done'), ('d@e.f', 'x');
INSERT INTO post (author, body) VALUES (1, E'\\.\nnext;');
