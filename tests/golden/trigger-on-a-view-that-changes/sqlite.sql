-- upgrade
DROP TRIGGER "names_insert";
DROP VIEW "names";
CREATE VIEW "names" AS
SELECT id, name FROM user;
CREATE TRIGGER names_insert INSTEAD OF INSERT ON names BEGIN
  INSERT INTO user (name) VALUES (NEW.name);
END;

-- downgrade
DROP TRIGGER "names_insert";
DROP VIEW "names";
CREATE VIEW "names" AS
SELECT name FROM user;
CREATE TRIGGER names_insert INSTEAD OF INSERT ON names BEGIN
  INSERT INTO user (name) VALUES (NEW.name);
END;
