import { Migration } from "@mikro-orm/migrations";

/** The page to come back to after a new password is kept beside its link instead of in the mail. */
export class WayBackOfLinks extends Migration {
  override up(): void {
    this.addSql('alter table "mailed_tokens" add column "next" text null');
  }
}
