import { Migration } from "@mikro-orm/migrations";

/** Stores the page to return to after a password reset with the token instead of in the mail. */
export class WayBackOfLinks extends Migration {
  override up(): void {
    this.addSql("alter table `mailed_tokens` add column `next` text null");
  }
}
