import { Migration } from "@mikro-orm/migrations";

/** Adds discount codes, and what orders keep of them. */
export class Discounts extends Migration {
  override up(): void {
    this.addSql(
      "create table `discounts` (`id` text not null primary key, `store_id` text not null, `code` text not null, `code_key` text not null, `kind` text not null, `value` integer not null, `currency` text null, `starts_at` datetime null, `ends_at` datetime null, `max_uses` integer null, `uses` integer not null default 0, `per_buyer` integer null, `is_restricted` integer not null, `ended_at` datetime null, `created_at` datetime not null, constraint `discounts_store_id_foreign` foreign key (`store_id`) references `stores` (`id`) on delete cascade)",
    );
    this.addSql("create index `discounts_store_id_index` on `discounts` (`store_id`)");
    this.addSql("create unique index `discounts_store_id_code_key_unique` on `discounts` (`store_id`, `code_key`)");
    this.addSql(
      "create table `discount_products` (`discount_id` text not null, `product_id` text not null, primary key (`discount_id`, `product_id`), constraint `discount_products_discount_id_foreign` foreign key (`discount_id`) references `discounts` (`id`) on update cascade on delete cascade, constraint `discount_products_product_id_foreign` foreign key (`product_id`) references `products` (`id`) on update cascade on delete cascade)",
    );
    this.addSql("create index `discount_products_discount_id_index` on `discount_products` (`discount_id`)");
    this.addSql("create index `discount_products_product_id_index` on `discount_products` (`product_id`)");
    this.addSql(
      "alter table `orders` add column `discount_id` text null constraint `orders_discount_id_foreign` references `discounts` (`id`) on delete set null",
    );
    this.addSql("alter table `orders` add column `discount_amount` integer not null default 0");
    this.addSql("alter table `orders` add column `uses_discount` integer not null default false");
    this.addSql("create index `orders_discount_id_index` on `orders` (`discount_id`)");
    this.addSql("create index `orders_discount_id_email_key_index` on `orders` (`discount_id`, `email_key`)");
    this.addSql("alter table `order_items` add column `list_amount` integer null");
  }
}
