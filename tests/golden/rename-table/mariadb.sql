-- upgrade
RENAME TABLE `user` TO `member`;

-- downgrade
RENAME TABLE `member` TO `user`;
