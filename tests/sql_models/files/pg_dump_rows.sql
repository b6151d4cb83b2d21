--
-- PostgreSQL database dump
--

\restrict SzMnG7S9wZHSLMDdkhelrs3nC0UY2dOgm4i4YHHCOpGa8sqRRBDMOrNdsFo1yfe

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: shop; Type: DATABASE; Schema: -; Owner: postgres
--

CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc LOCALE = 'C.UTF-8';


ALTER DATABASE shop OWNER TO postgres;

\unrestrict SzMnG7S9wZHSLMDdkhelrs3nC0UY2dOgm4i4YHHCOpGa8sqRRBDMOrNdsFo1yfe
\connect shop
\restrict SzMnG7S9wZHSLMDdkhelrs3nC0UY2dOgm4i4YHHCOpGa8sqRRBDMOrNdsFo1yfe

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO postgres;

--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: pair; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.pair AS (
	a integer,
	b text
);


ALTER TYPE app.pair OWNER TO postgres;

--
-- Name: mood; Type: TYPE; Schema: public; Owner: postgres
--

CREATE TYPE public.mood AS ENUM (
    'sad',
    'ok',
    'it''s fine'
);


ALTER TYPE public.mood OWNER TO postgres;

--
-- Name: positive; Type: DOMAIN; Schema: public; Owner: postgres
--

CREATE DOMAIN public.positive AS integer
	CONSTRAINT positive_check CHECK ((VALUE > 0));


ALTER DOMAIN public.positive OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: post; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.post (
    id bigint NOT NULL,
    author integer NOT NULL,
    body text,
    kind character varying(10),
    during tstzrange,
    CONSTRAINT post_kind_check CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))
);


ALTER TABLE public.post OWNER TO postgres;

--
-- Name: clean(integer); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.clean(IN n integer)
    LANGUAGE sql
    BEGIN ATOMIC
 DELETE FROM public.post
   WHERE (post.id < clean.n);
 SELECT 1;
END;


ALTER PROCEDURE app.clean(IN n integer) OWNER TO postgres;

--
-- Name: lowered(text); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.lowered(t text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$SELECT lower(t)$$;


ALTER FUNCTION public.lowered(t text) OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  NEW.at = now(); -- it's ; here
  RETURN NEW;
END $$;


ALTER FUNCTION public.touch() OWNER TO postgres;

--
-- Name: longest(text); Type: AGGREGATE; Schema: app; Owner: postgres
--

CREATE AGGREGATE app.longest(text) (
    SFUNC = textcat,
    STYPE = text
);


ALTER AGGREGATE app.longest(text) OWNER TO postgres;

--
-- Name: log; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.log (
    id integer,
    at date NOT NULL,
    what text
)
PARTITION BY RANGE (at);


ALTER TABLE app.log OWNER TO postgres;

--
-- Name: log_2025; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.log_2025 (
    id integer,
    at date NOT NULL,
    what text
);


ALTER TABLE app.log_2025 OWNER TO postgres;

--
-- Name: totals; Type: MATERIALIZED VIEW; Schema: app; Owner: postgres
--

CREATE MATERIALIZED VIEW app.totals AS
 SELECT post.author,
    count(*) AS count
   FROM public.post
  GROUP BY post.author
  WITH NO DATA;


ALTER TABLE app.totals OWNER TO postgres;

--
-- Name: good; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.good AS
SELECT
    NULL::integer AS id,
    NULL::public.citext AS email,
    NULL::bigint AS posts;


ALTER TABLE public.good OWNER TO postgres;

--
-- Name: better; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.better AS
 SELECT good.id,
    good.email,
    good.posts
   FROM public.good
  WHERE (good.posts > 3);


ALTER TABLE public.better OWNER TO postgres;

--
-- Name: post_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.post_id_seq OWNER TO postgres;

--
-- Name: post_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: postgres
--

ALTER SEQUENCE public.post_id_seq OWNED BY public.post.id;


--
-- Name: ticket; Type: SEQUENCE; Schema: public; Owner: postgres
--

CREATE SEQUENCE public.ticket
    START WITH 100
    INCREMENT BY 5
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.ticket OWNER TO postgres;

--
-- Name: users; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.users (
    id integer NOT NULL,
    email public.citext NOT NULL,
    name character varying(50) DEFAULT 'x; y'::character varying COLLATE pg_catalog."C",
    mood public.mood DEFAULT 'ok'::public.mood,
    score numeric(8,2) DEFAULT 0,
    ticket bigint DEFAULT nextval('public.ticket'::regclass),
    full_name text GENERATED ALWAYS AS (((name)::text || '!'::text)) STORED,
    tags text[] DEFAULT '{}'::text[],
    at timestamp with time zone DEFAULT now(),
    d public.positive,
    best bigint,
    CONSTRAINT users_score_check CHECK ((score >= (0)::numeric))
);


ALTER TABLE public.users OWNER TO postgres;

--
-- Name: TABLE users; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.users IS 'People; "all" of them';


--
-- Name: COLUMN users.email; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON COLUMN public.users.email IS 'where
to write';


--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: postgres
--

ALTER TABLE public.users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: log_2025; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.log ATTACH PARTITION app.log_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');


--
-- Name: post id; Type: DEFAULT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.post ALTER COLUMN id SET DEFAULT nextval('public.post_id_seq'::regclass);


--
-- Data for Name: log_2025; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.log_2025 (id, at, what) FROM stdin;
\.


--
-- Data for Name: post; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.post (id, author, body, kind, during) FROM stdin;
1	1	\\.\nnext;	\N	\N
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.users (id, email, name, mood, score, ticket, tags, at, d, best) FROM stdin;
1	a@b.c	tab\there; \\. done	ok	0.00	100	{}	2026-11-22 03:06:47.583083+00	\N	\N
2	d@e.f	x	ok	0.00	105	{}	2026-11-22 03:06:47.583083+00	\N	\N
\.


--
-- Name: post_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.post_id_seq', 1, true);


--
-- Name: ticket; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.ticket', 105, true);


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: postgres
--

SELECT pg_catalog.setval('public.users_id_seq', 2, true);


--
-- Name: post post_during_excl; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_during_excl EXCLUDE USING gist (during WITH &&);


--
-- Name: post post_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: log_at_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX log_at_idx ON ONLY app.log USING btree (at);


--
-- Name: log_2025_at_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE INDEX log_2025_at_idx ON app.log_2025 USING btree (at);


--
-- Name: totals_author_idx; Type: INDEX; Schema: app; Owner: postgres
--

CREATE UNIQUE INDEX totals_author_idx ON app.totals USING btree (author);


--
-- Name: ix_lower; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX ix_lower ON public.users USING btree (public.lowered((name)::text)) WHERE (score > (10)::numeric);


--
-- Name: post_to_tsvector_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX post_to_tsvector_idx ON public.post USING gin (to_tsvector('english'::regconfig, body));


--
-- Name: uq; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX uq ON public.post USING btree (author, body DESC NULLS LAST) INCLUDE (kind);


--
-- Name: log_2025_at_idx; Type: INDEX ATTACH; Schema: app; Owner: postgres
--

ALTER INDEX app.log_at_idx ATTACH PARTITION app.log_2025_at_idx;


--
-- Name: log_2025 no_delete; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE no_delete AS
    ON DELETE TO app.log_2025 DO INSTEAD NOTHING;


--
-- Name: good _RETURN; Type: RULE; Schema: public; Owner: postgres
--

CREATE OR REPLACE VIEW public.good AS
 SELECT u.id,
    u.email,
    count(*) AS posts
   FROM (public.users u
     JOIN public.post p ON ((p.author = u.id)))
  GROUP BY u.id;


--
-- Name: users touch; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER touch BEFORE UPDATE ON public.users FOR EACH ROW WHEN ((old.score IS DISTINCT FROM new.score)) EXECUTE FUNCTION public.touch();


--
-- Name: post fk_author; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT fk_author FOREIGN KEY (author) REFERENCES public.users(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;


--
-- Name: users users_best_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_best_fkey FOREIGN KEY (best) REFERENCES public.post(id);


--
-- Name: post own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY own ON public.post USING ((author = 1));


--
-- Name: post; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.post ENABLE ROW LEVEL SECURITY;

--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT ON TABLE public.users TO PUBLIC;


--
-- PostgreSQL database dump complete
--

\unrestrict SzMnG7S9wZHSLMDdkhelrs3nC0UY2dOgm4i4YHHCOpGa8sqRRBDMOrNdsFo1yfe

