import { Migration } from "@mikro-orm/migrations";

/** Adds the time at which closing an account unpublished a product, and an index of account events by time. */
export class OwnData extends Migration {
  override up(): void {
    this.addSql("alter table `products` add column `withdrawn_at` datetime null");
    this.addSql("create index `activity_at_index` on `activity` (`at`)");
  }
}
