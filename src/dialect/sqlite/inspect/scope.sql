-- Added to objects.sql: only what belongs to the tables of a JSON list.
  AND tbl_name COLLATE NOCASE IN (SELECT value FROM json_each(?1))
