-- case: a table is added
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY);
CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT, t_id integer NOT NULL REFERENCES t ON DELETE CASCADE, name varchar(40) NOT NULL UNIQUE, made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, price numeric(10, 2) CHECK (price >= 0));
CREATE INDEX u_t ON u (t_id);

-- case: a table is dropped
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT, t_id integer NOT NULL REFERENCES t ON DELETE CASCADE, name varchar(40) NOT NULL UNIQUE, made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, price numeric(10, 2) CHECK (price >= 0));
CREATE INDEX u_t ON u (t_id);
-- rows
INSERT INTO t VALUES (1);
INSERT INTO u (t_id, name) VALUES (1, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY);

-- case: every table is dropped
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT, t_id integer NOT NULL REFERENCES t ON DELETE CASCADE, name varchar(40) NOT NULL UNIQUE, made timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, price numeric(10, 2) CHECK (price >= 0));
CREATE INDEX u_t ON u (t_id);
CREATE VIEW v AS SELECT t.id FROM t JOIN u ON t.id = u.t_id;
-- after

-- case: tables in the order in which they need each other
-- before
CREATE TABLE z (id INTEGER PRIMARY KEY);
-- after
CREATE TABLE z (id INTEGER PRIMARY KEY);
CREATE TABLE d (id INTEGER PRIMARY KEY, z_id integer REFERENCES z);
CREATE TABLE c (id INTEGER PRIMARY KEY, d_id integer REFERENCES d);
CREATE TABLE b (id INTEGER PRIMARY KEY, c_id integer REFERENCES c, d_id integer REFERENCES d);
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id integer REFERENCES b);

-- case: a table is renamed
-- rename: old=new
-- before
CREATE TABLE old (id INTEGER PRIMARY KEY, a integer);
CREATE INDEX by_a ON old (a);
-- rows
INSERT INTO old VALUES (1, 2);
-- after
CREATE TABLE new (id INTEGER PRIMARY KEY, a integer);
CREATE INDEX by_a ON new (a);

-- case: a table is renamed to which others refer
-- rename: old=new
-- before
CREATE TABLE old (id INTEGER PRIMARY KEY, a integer);
CREATE TABLE child (id INTEGER PRIMARY KEY, old_id integer, CONSTRAINT up FOREIGN KEY (old_id) REFERENCES old (id));
CREATE VIEW v AS SELECT id FROM old;
CREATE TRIGGER g AFTER INSERT ON child BEGIN UPDATE old SET a = 1; END;
-- rows
INSERT INTO old VALUES (1, 2);
INSERT INTO child VALUES (1, 1);
-- after
CREATE TABLE new (id INTEGER PRIMARY KEY, a integer, b text);
CREATE TABLE child (id INTEGER PRIMARY KEY, old_id integer, CONSTRAINT up FOREIGN KEY (old_id) REFERENCES new (id));
CREATE VIEW v AS SELECT id FROM new;
CREATE TRIGGER g AFTER INSERT ON child BEGIN UPDATE new SET a = 1; END;

-- case: a table and its column are renamed
-- rename: old=new
-- rename: new.a=b
-- before
CREATE TABLE old (id INTEGER PRIMARY KEY, a integer);
-- rows
INSERT INTO old VALUES (1, 2);
-- after
CREATE TABLE new (id INTEGER PRIMARY KEY, b integer NOT NULL DEFAULT 0);

-- case: a table gets strict
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text);
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text) STRICT;

-- case: a table is strict no more
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b text) STRICT;
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, a integer, b varchar(9));

-- case: a table without row ids comes
-- before
CREATE TABLE t (a text NOT NULL PRIMARY KEY, b text);
-- rows
INSERT INTO t VALUES ('a', 'b');
-- after
CREATE TABLE t (a text NOT NULL PRIMARY KEY, b text) WITHOUT ROWID;

-- case: a table without row ids goes
-- before
CREATE TABLE t (a text NOT NULL PRIMARY KEY, b text) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES ('a', 'b');
-- after
CREATE TABLE t (a text NOT NULL PRIMARY KEY, b text);

-- case: a table without row ids changes
-- before
CREATE TABLE t (a text, b text, c integer, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT;
-- rows
INSERT INTO t VALUES ('a', 'b', 3);
-- after
CREATE TABLE t (a text, b text, c integer NOT NULL DEFAULT 1, d text UNIQUE, PRIMARY KEY (b, a)) WITHOUT ROWID, STRICT;

-- case: names that need quotes
-- before
CREATE TABLE "Order" ("Id" INTEGER PRIMARY KEY, "select" text, "has space" integer, "quo""te" text);
-- rows
INSERT INTO "Order" VALUES (1, 'x', 2, 'y');
-- after
CREATE TABLE "Order" ("Id" INTEGER PRIMARY KEY, "select" varchar(20) NOT NULL, "has space" bigint, "quo""te" text DEFAULT '"', "new.dot" integer CHECK ("new.dot" > 0));
CREATE INDEX "Order By" ON "Order" ("has space", lower("select"));
CREATE TABLE "table" ("from" INTEGER PRIMARY KEY REFERENCES "Order", "to" integer CONSTRAINT "Mixed Check" CHECK ("to" > 0));

-- case: other quotes
-- before
CREATE TABLE [My Table] ([id] INTEGER PRIMARY KEY, `a b` text);
-- rows
INSERT INTO [My Table] VALUES (1, 'x');
-- after
CREATE TABLE `My Table` ("id" INTEGER PRIMARY KEY, [a b] text NOT NULL, 'c d' integer);
CREATE INDEX [by a] ON `My Table` ("a b");

-- case: names of any letters
-- before
CREATE TABLE größe (ключ INTEGER PRIMARY KEY, 名前 text);
-- rows
INSERT INTO größe VALUES (1, 'ü');
-- after
CREATE TABLE größe (ключ INTEGER PRIMARY KEY, 名前 text NOT NULL, "Ünï" integer);
CREATE INDEX индекс ON größe (名前);
CREATE TABLE 表 (id INTEGER PRIMARY KEY, größe integer REFERENCES größe);

-- case: a name changes its case alone
-- before
CREATE TABLE item (id INTEGER PRIMARY KEY, name text);
-- rows
INSERT INTO item VALUES (1, 'a');
-- after
CREATE TABLE item (id INTEGER PRIMARY KEY, name text, b integer);

-- case: long names
-- before
CREATE TABLE a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ (id INTEGER PRIMARY KEY, c_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ integer);
-- rows
INSERT INTO a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ VALUES (1, 2);
-- after
CREATE TABLE a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ (id INTEGER PRIMARY KEY, c_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ bigint UNIQUE CHECK (c_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ > 0), other integer);
CREATE INDEX i_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ ON a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_a_name_ (other);

-- case: a table of many columns
-- changes: t.c5
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY, c0 integer, c1 integer, c2 integer, c3 integer, c4 integer, c5 integer, c6 integer, c7 integer, c8 integer, c9 integer, c10 integer, c11 integer, c12 integer, c13 integer, c14 integer, c15 integer, c16 integer, c17 integer, c18 integer, c19 integer, c20 integer, c21 integer, c22 integer, c23 integer, c24 integer, c25 integer, c26 integer, c27 integer, c28 integer, c29 integer, c30 integer, c31 integer, c32 integer, c33 integer, c34 integer, c35 integer, c36 integer, c37 integer, c38 integer, c39 integer, c40 integer, c41 integer, c42 integer, c43 integer, c44 integer, c45 integer, c46 integer, c47 integer, c48 integer, c49 integer, c50 integer, c51 integer, c52 integer, c53 integer, c54 integer, c55 integer, c56 integer, c57 integer, c58 integer, c59 integer);
-- rows
INSERT INTO t (id, c5, c10, c15, c20, c25, c30, c35, c40, c45, c50, c55, c7) VALUES (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY, c2 integer, c3 integer, c4 integer, c5 integer NOT NULL DEFAULT 1, c6 integer, c7 text, c8 integer, c9 integer, c10 integer NOT NULL DEFAULT 1, c11 integer, c12 integer, c13 integer, c14 text, c15 integer NOT NULL DEFAULT 1, c16 integer, c17 integer, c18 integer, c19 integer, c20 integer NOT NULL DEFAULT 1, c21 text, c22 integer, c23 integer, c24 integer, c25 integer NOT NULL DEFAULT 1, c26 integer, c27 integer, c28 text, c29 integer, c30 integer NOT NULL DEFAULT 1, c31 integer, c32 integer, c33 integer, c34 integer, c35 text, c36 integer, c37 integer, c38 integer, c39 integer, c40 integer NOT NULL DEFAULT 1, c41 integer, c42 text, c43 integer, c44 integer, c45 integer NOT NULL DEFAULT 1, c46 integer, c47 integer, c48 integer, c49 text, c50 integer NOT NULL DEFAULT 1, c51 integer, c52 integer, c53 integer, c54 integer, c55 integer NOT NULL DEFAULT 1, c56 text, c57 integer, c58 integer, c59 integer, c60 integer NOT NULL DEFAULT 1, c61 integer, c62 integer, c63 text);

-- case: remarks within a table
-- before
CREATE TABLE t ( -- a table
  id INTEGER PRIMARY KEY, -- its key
  a integer /* of a */
);
-- rows
INSERT INTO t VALUES (1, 2);
-- after
CREATE TABLE t (
  -- its key
  id INTEGER PRIMARY KEY,
  /* a, now required */ a integer NOT NULL DEFAULT 0, -- a
  b text -- the last, without a comma
);

-- case: nothing changes but how it is written
-- before
create table t(id integer primary key,a TEXT not null default 'x',b INT, unique(a,b));
-- rows
INSERT INTO t VALUES (1, 'x', 2);
-- after
CREATE TABLE IF NOT EXISTS "t" (
	"id" INTEGER PRIMARY KEY,
	"a" text NOT NULL DEFAULT 'x',
	"b" int,
	UNIQUE ("a", "b")
);

-- case: words of a search
-- limit: -table | words | virtual | 0 | 0
-- before
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- after
CREATE TABLE t (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE words USING fts5(title, body);
