-- upgrade
ALTER TABLE `user` ADD UNIQUE KEY `uq_user_a_b` (`a`, `b`);

-- downgrade
ALTER TABLE `user` DROP INDEX `uq_user_a_b`;
