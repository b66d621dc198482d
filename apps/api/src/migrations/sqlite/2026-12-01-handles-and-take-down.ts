import { Migration } from "@mikro-orm/migrations";

/**
 * Adds what a store says of itself, all handles that a store has or had, and the marks of stores and products that the
 * operator takes down. A store whose products closing an account has unpublished gets the time of that, so that putting
 * the store back does not publish them.
 */
export class HandlesAndTakeDown extends Migration {
  override up(): void {
    this.addSql("alter table `stores` add column `bio` text not null default ''");
    this.addSql("alter table `stores` add column `legal_name` text not null default ''");
    this.addSql("alter table `stores` add column `legal_address` text not null default ''");
    this.addSql("alter table `stores` add column `contact_email` text not null default ''");
    this.addSql("alter table `stores` add column `closed_at` datetime null");
    this.addSql("alter table `stores` add column `taken_down_at` datetime null");
    this.addSql("alter table `stores` add column `taken_down_reason` text null");
    this.addSql("alter table `products` add column `taken_down_at` datetime null");
    this.addSql("alter table `products` add column `taken_down_reason` text null");
    this.addSql(
      "update `stores` set `closed_at` = (select min(`withdrawn_at`) from `products` where `store_id` = `stores`.`id` and `withdrawn_at` is not null)",
    );
    this.addSql(
      "create table `store_handles` (`handle` text not null primary key, `store_id` text not null, `created_at` datetime not null, constraint `store_handles_store_id_foreign` foreign key (`store_id`) references `stores` (`id`) on delete cascade)",
    );
    this.addSql("create index `store_handles_store_id_index` on `store_handles` (`store_id`)");
    this.addSql(
      "insert into `store_handles` (`handle`, `store_id`, `created_at`) select `handle`, `id`, `created_at` from `stores`",
    );
  }
}
