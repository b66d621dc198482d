import { Migration } from "@mikro-orm/migrations";

/** Marks products that are unpublished while an account's deletion is pending, and indexes activity by time. */
export class OwnData extends Migration {
  override up(): void {
    this.addSql("alter table `products` add column `withdrawn_at` datetime null");
    this.addSql("create index `activity_at_index` on `activity` (`at`)");
  }
}
