-- upgrade
DROP TRIGGER "trim_name";
DROP VIEW "names";
ALTER TABLE "user" RENAME COLUMN "name" TO "full_name";
CREATE VIEW "names" AS
SELECT id, full_name FROM user;
CREATE TRIGGER trim_name AFTER INSERT ON user BEGIN
  UPDATE user SET full_name = trim(NEW.full_name) WHERE id = NEW.id;
END;

-- downgrade
DROP TRIGGER "trim_name";
DROP VIEW "names";
ALTER TABLE "user" RENAME COLUMN "full_name" TO "name";
CREATE VIEW "names" AS
SELECT id, name FROM user;
CREATE TRIGGER trim_name AFTER INSERT ON user BEGIN
  UPDATE user SET name = trim(NEW.name) WHERE id = NEW.id;
END;
