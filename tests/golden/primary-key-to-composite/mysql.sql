-- upgrade
ALTER TABLE `membership`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`user_id`, `group_id`);

-- downgrade
ALTER TABLE `membership`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`user_id`);
