import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the table of account events, and three timestamp columns to users: when the email was verified, when the password
 * was changed, and when the account will be deleted.
 */
export class AccountActivity extends Migration {
  override up(): void {
    this.addSql(`alter table "users" add column "email_verified_at" timestamptz null`);
    this.addSql(`alter table "users" add column "password_changed_at" timestamptz null`);
    this.addSql(`alter table "users" add column "deletion_at" timestamptz null`);
    this.addSql(`create index "users_deletion_at_index" on "users" ("deletion_at")`);

    this.addSql(
      `create table "activity" ("id" varchar(36) not null, "user_id" varchar(36) not null, "kind" varchar(40) not null, "at" timestamptz not null, "device" varchar(40) not null, "address" varchar(40) not null, primary key ("id"))`,
    );
    this.addSql(`create index "activity_user_id_id_index" on "activity" ("user_id", "id")`);
    this.addSql(
      `alter table "activity" add constraint "activity_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
    );
  }
}
