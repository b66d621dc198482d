import { Migration } from "@mikro-orm/migrations";

/** Adds the outbox: a table of mails to be sent and mails that were sent. */
export class Mails extends Migration {
  override up(): void {
    this.addSql(
      "create table `mails` (`id` text not null primary key, `kind` text not null, `to_address` text not null, `subject` text not null, `body` text not null, `message_id` text not null, `created_at` datetime not null, `next_attempt_at` datetime null, `attempts` integer not null default 0, `claimed_until` datetime null, `sent_at` datetime null, `given_up_at` datetime null, `last_error` text null)",
    );
    this.addSql("create index `mails_created_at_index` on `mails` (`created_at`)");
    this.addSql("create index `mails_next_attempt_at_index` on `mails` (`next_attempt_at`)");
  }
}
