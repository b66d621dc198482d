import { Migration } from "@mikro-orm/migrations";

/** Adds the outbox: a table of mails to be sent and mails that were sent. */
export class Mails extends Migration {
  override up(): void {
    this.addSql(
      `create table "mails" ("id" varchar(36) not null, "kind" varchar(40) not null, "to_address" varchar(254) not null, "subject" varchar(200) not null, "body" text not null, "message_id" varchar(320) not null, "created_at" timestamptz not null, "next_attempt_at" timestamptz null, "attempts" int not null default 0, "claimed_until" timestamptz null, "sent_at" timestamptz null, "given_up_at" timestamptz null, "last_error" varchar(500) null, primary key ("id"))`,
    );
    this.addSql(`create index "mails_created_at_index" on "mails" ("created_at")`);
    this.addSql(`create index "mails_next_attempt_at_index" on "mails" ("next_attempt_at")`);
  }
}
