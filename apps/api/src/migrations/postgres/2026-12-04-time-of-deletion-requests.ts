import { Migration } from "@mikro-orm/migrations";

/** Adds the time at which a user asked for their deletion. For those who have asked before, their activity tells it. */
export class TimeOfDeletionRequests extends Migration {
  override up(): void {
    this.addSql(`alter table "users" add column "deletion_asked_at" timestamptz null`);
    this.addSql(
      `update "users" set "deletion_asked_at" = (select max("at") from "activity" where "user_id" = "users"."id" and "kind" = 'user_deletion_asked') where "deletion_at" is not null`,
    );
  }
}
