-- upgrade
ALTER TABLE `user`
    MODIFY COLUMN `a` text,
    MODIFY COLUMN `b` int;

-- downgrade
ALTER TABLE `user`
    MODIFY COLUMN `b` text,
    MODIFY COLUMN `a` int;
