CREATE EXTENSION btree_gist;
CREATE TABLE room (
  id integer, during daterange, price integer, twice integer GENERATED ALWAYS AS (price * 2) VIRTUAL,
  PRIMARY KEY (id, during WITHOUT OVERLAPS)
);
CREATE TABLE stay (
  id integer, during daterange, price integer CONSTRAINT set_price NOT NULL,
  CONSTRAINT in_room FOREIGN KEY (id, PERIOD during) REFERENCES room (id, PERIOD during),
  CONSTRAINT believed CHECK (price > 0) NOT ENFORCED
);
ALTER TABLE stay ADD CONSTRAINT has_id NOT NULL id NOT VALID;
