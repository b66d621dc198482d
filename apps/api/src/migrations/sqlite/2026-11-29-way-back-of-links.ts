import { Migration } from "@mikro-orm/migrations";

/** Stores the page to open after a password reset in the token's row. Until now the mail contained the page. */
export class WayBackOfLinks extends Migration {
  override up(): void {
    this.addSql("alter table `mailed_tokens` add column `next` text null");
  }
}
