-- upgrade
ALTER TABLE `user` MODIFY COLUMN `role` enum('guest', 'editor', 'admin') DEFAULT 'guest';

-- downgrade
ALTER TABLE `user` MODIFY COLUMN `role` enum('guest', 'admin') DEFAULT 'guest';
