-- upgrade
ALTER TABLE "user" RENAME TO "member";

-- downgrade
ALTER TABLE "member" RENAME TO "user";
