import { Migration } from "@mikro-orm/migrations";

/** Adds the time since which a user operates the shop, and an index of users by the time of their sign-up. */
export class Operators extends Migration {
  override up(): void {
    this.addSql("alter table `users` add column `operator_since` datetime null");
    this.addSql("create index `users_created_at_id_index` on `users` (`created_at`, `id`)");
  }
}
