-- upgrade
CREATE TRIGGER touch AFTER UPDATE OF name ON user BEGIN
  UPDATE user SET seen = CURRENT_TIMESTAMP WHERE id = NEW.id;
END;

-- downgrade
DROP TRIGGER "touch";
