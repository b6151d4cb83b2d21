-- upgrade
ALTER TABLE "user" RENAME TO "member";
ALTER TABLE "member" RENAME COLUMN "email" TO "mail";
ALTER TABLE "member" ALTER COLUMN "mail" TYPE varchar(200);

-- downgrade
ALTER TABLE "member" ALTER COLUMN "mail" TYPE varchar(120);
ALTER TABLE "member" RENAME COLUMN "mail" TO "email";
ALTER TABLE "member" RENAME TO "user";
