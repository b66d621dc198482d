import { Migration } from "@mikro-orm/migrations";

/** Adds the lanes of mails, and an index of the mails that are due instead of one of all mails. */
export class MailLanes extends Migration {
  override up(): void {
    this.addSql("alter table `mails` add column `lane` integer not null default 0");
    this.addSql("drop index `mails_next_attempt_at_index`");
    this.addSql(
      "create index `mails_due_index` on `mails` (`lane`, `next_attempt_at`, `id`) where `next_attempt_at` is not null",
    );
  }
}
