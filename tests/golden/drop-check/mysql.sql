-- upgrade
ALTER TABLE `user` DROP CHECK `ck_user_age`;

-- downgrade
ALTER TABLE `user` ADD CONSTRAINT `ck_user_age` CHECK (`age` >= 0);
