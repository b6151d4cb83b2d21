CREATE UNLOGGED TABLE "app"."post" (
    "id" bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY 5 START WITH 10) NOT NULL,
    "title" varchar(64) COLLATE "de_DE.utf8" DEFAULT E'a\\b' NOT NULL,
    "author" integer,
    "s" varchar(1) DEFAULT 'b' CONSTRAINT "post_s_enum" CHECK ("s" IN ('a', 'b')),
    "t" boolean DEFAULT (1 = 1 and true),
    "twice" numeric(10, 2) GENERATED ALWAYS AS (a * 2) STORED,
    "say ""hi""" "mood"[],
    CONSTRAINT "pk_post" PRIMARY KEY ("id") INCLUDE ("title"),
    CONSTRAINT "uq_post_title" UNIQUE NULLS NOT DISTINCT ("title", "author") DEFERRABLE,
    CONSTRAINT "fk_post_author" FOREIGN KEY ("author") REFERENCES "app"."user" ("id") ON DELETE SET NULL ("author") ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "ck_post" CHECK (title <> '' -- not empty
) NO INHERIT,
    CHECK (a > 0)
) WITH (fillfactor=70);
ALTER TABLE "app"."post"
    ALTER COLUMN "title" SET STORAGE EXTERNAL,
    ADD FOREIGN KEY ("author") REFERENCES "user" NOT VALID,
    ENABLE ROW LEVEL SECURITY,
    FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE "app"."post" IS 'it''s';
COMMENT ON COLUMN "app"."post"."author" IS 'who';
CREATE TABLE "a" (
    "id" serial NOT NULL
);
CREATE SEQUENCE "s"."b_id_seq" AS integer MAXVALUE 99 CYCLE;
CREATE TABLE "s"."b" (
    "id" integer DEFAULT nextval('"s"."b_id_seq"'::regclass) NOT NULL
);
ALTER SEQUENCE "s"."b_id_seq" OWNED BY "s"."b"."id";
CREATE TABLE "log" (
    "at" date
) PARTITION BY RANGE (at);
CREATE TABLE "log_rest" PARTITION OF "log" DEFAULT;
CREATE TABLE "log_more" (
    "at" date
);
ALTER TABLE "log" ATTACH PARTITION "log_more" DEFAULT;
CREATE TABLE "heir" () INHERITS ("a", "s"."b");
DROP TABLE "app"."post";
