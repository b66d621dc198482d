import { Migration } from "@mikro-orm/migrations";

/**
 * Adds what is noted of payments that a provider says little about, of disputes that suspend access, and who sells in the
 * seller's place. Payments that are stored by now have been looked after.
 */
export class PaymentsLookedAfter extends Migration {
  override up(): void {
    this.addSql("alter table `payment_attempts` add column `history_due_at` datetime null");
    this.addSql("alter table `payment_attempts` add column `not_found_at` datetime null");
    this.addSql("create index `payment_attempts_history_due_at_index` on `payment_attempts` (`history_due_at`)");
    this.addSql("create index `payment_attempts_not_found_at_index` on `payment_attempts` (`not_found_at`)");
    this.addSql("alter table `stores` add column `ends_access_on_dispute` integer not null default false");
    this.addSql("alter table `orders` add column `merchant_of_record` text null");
    this.addSql("alter table `disputes` add column `access_ended_at` datetime null");
  }
}
