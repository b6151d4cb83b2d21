-- upgrade
ALTER TABLE `user`
    MODIFY COLUMN `name` varchar(64) NOT NULL COMMENT 'As they write it',
    COMMENT='People who can sign in';

-- downgrade
ALTER TABLE `user`
    COMMENT='',
    MODIFY COLUMN `name` varchar(64) NOT NULL;
