-- upgrade
ALTER TABLE `user` MODIFY COLUMN `word` text DEFAULT 'it''s CURRENT_DATE';

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `word` text DEFAULT 'NULL';
