import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the log of prices, and the mark of products whose price has to be checked. Marks those in HUF: their amounts were
 * stored in forints or in fillér, depending on the browser of the seller. They are drafts until their price is saved.
 */
export class Prices extends Migration {
  override up(): void {
    this.addSql("alter table `products` add column `needs_price_check` integer not null default false");
    // Nothing costs nothing in either unit. A product that closing an account has unpublished must not be published
    // again by reopening it.
    this.addSql(
      "update `products` set `needs_price_check` = 1, `status` = case when `status` = 'published' or `withdrawn_at` is not null then 'draft' else `status` end, `withdrawn_at` = null, `version` = `version` + 1 where `price_currency` = 'HUF' and `price_amount` > 0",
    );

    this.addSql(
      "create table `price_changes` (`id` text not null primary key, `product_id` text not null, `amount` integer not null, `currency` text not null, `at` datetime not null, constraint `price_changes_product_id_foreign` foreign key (`product_id`) references `products` (`id`) on delete cascade)",
    );
    this.addSql("create index `price_changes_product_id_index` on `price_changes` (`product_id`)");
    this.addSql("create index `price_changes_product_id_id_index` on `price_changes` (`product_id`, `id`)");
    // The present price is as old as the last change of the product, or older.
    this.addSql(
      "insert into `price_changes` (`id`, `product_id`, `amount`, `currency`, `at`) select `id`, `id`, `price_amount`, `price_currency`, `updated_at` from `products` where `needs_price_check` = 0",
    );
  }
}
