import { Migration } from "@mikro-orm/migrations";

/** Adds orders and what belongs to them: what buyers get, attempts to pay, keys, history, corrections, sums of sales and refunds. */
export class Sales extends Migration {
  override up(): void {
    this.addContents();
    this.addOrders();
    this.addPayments();
    this.addSales();
    this.addCorrections();
  }

  private addContents(): void {
    this.addSql(
      "create table `contents` (`id` text not null primary key, `product_id` text not null, `kind` text not null, `title` text not null, `body` text not null, `position` integer not null, `created_at` datetime not null, `updated_at` datetime not null, constraint `contents_product_id_foreign` foreign key (`product_id`) references `products` (`id`) on delete cascade)",
    );
    this.addSql("create index `contents_product_id_index` on `contents` (`product_id`)");
    this.addSql("create index `contents_product_id_position_index` on `contents` (`product_id`, `position`)");
    this.addSql("alter table `stores` add column `pay_instructions` text not null default ''");
    this.addSql("alter table `stores` add column `next_number` integer not null default 1");
    this.addSql("alter table `products` add column `pricing` text not null default 'fixed'");
    this.addSql("alter table `products` add column `suggested_amount` integer null");
    this.addSql("alter table `products` add column `sold_at` datetime null");
  }

  private addOrders(): void {
    this.addSql(
      "create table `orders` (`id` text not null primary key, `ref` text not null, `number` integer null, `store_id` text not null, `buyer_id` text null, `email` text not null, `email_key` text not null, `attempt_key` text not null, `state` text not null, `currency` text not null, `total` integer not null, `refunded` integer not null default 0, `seller_name` text not null, `seller_address` text not null, `seller_contact` text not null, `consent_text` text null, `consent_at` datetime null, `pay_until` datetime not null, `paid_at` datetime null, `next_check_at` datetime null, `trouble` text null, `created_at` datetime not null, constraint `orders_store_id_foreign` foreign key (`store_id`) references `stores` (`id`), constraint `orders_buyer_id_foreign` foreign key (`buyer_id`) references `users` (`id`) on delete set null)",
    );
    this.addSql("create unique index `orders_ref_unique` on `orders` (`ref`)");
    this.addSql("create index `orders_store_id_index` on `orders` (`store_id`)");
    this.addSql("create index `orders_buyer_id_index` on `orders` (`buyer_id`)");
    this.addSql("create index `orders_next_check_at_index` on `orders` (`next_check_at`)");
    this.addSql(
      "create index `orders_store_id_paid_at_state_currency_total_refunded_index` on `orders` (`store_id`, `paid_at`, `state`, `currency`, `total`, `refunded`)",
    );
    this.addSql("create index `orders_email_key_created_at_index` on `orders` (`email_key`, `created_at`)");
    this.addSql("create unique index `orders_store_id_number_unique` on `orders` (`store_id`, `number`)");
    this.addSql("create unique index `orders_store_id_attempt_key_unique` on `orders` (`store_id`, `attempt_key`)");
    this.addSql(
      "create table `order_keys` (`id` text not null primary key, `order_id` text not null, `key_hash` text not null, `created_at` datetime not null, `ended_at` datetime null, constraint `order_keys_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade)",
    );
    this.addSql("create index `order_keys_order_id_index` on `order_keys` (`order_id`)");
    this.addSql("create unique index `order_keys_key_hash_unique` on `order_keys` (`key_hash`)");
    this.addSql(
      "create table `order_items` (`id` text not null primary key, `order_id` text not null, `product_id` text null, `name` text not null, `slug` text not null, `amount` integer not null, constraint `order_items_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade, constraint `order_items_product_id_foreign` foreign key (`product_id`) references `products` (`id`) on delete set null)",
    );
    this.addSql("create index `order_items_order_id_index` on `order_items` (`order_id`)");
    this.addSql("create index `order_items_product_id_index` on `order_items` (`product_id`)");
    this.addSql(
      "create unique index `order_items_order_id_product_id_unique` on `order_items` (`order_id`, `product_id`)",
    );
    this.addSql(
      "create table `order_events` (`id` text not null primary key, `order_id` text not null, `kind` text not null, `at` datetime not null, constraint `order_events_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade)",
    );
    this.addSql("create index `order_events_order_id_index` on `order_events` (`order_id`)");
    this.addSql("create index `order_events_order_id_id_index` on `order_events` (`order_id`, `id`)");
  }

  private addPayments(): void {
    this.addSql(
      "create table `demo_payments` (`session` text not null primary key, `order_ref` text not null, `item_name` text not null, `amount` integer not null, `currency` text not null, `state` text not null, `ends_at` datetime not null, `settles_at` datetime null, `webhook_due_at` datetime null, `created_at` datetime not null)",
    );
    this.addSql("create index `demo_payments_webhook_due_at_index` on `demo_payments` (`webhook_due_at`)");
    this.addSql(
      "create table `payment_events` (`provider` text not null, `event_id` text not null, `kind` text not null, `order_id` text null, `received_at` datetime not null, primary key (`provider`, `event_id`))",
    );
    this.addSql("create index `payment_events_order_id_index` on `payment_events` (`order_id`)");
    this.addSql("create index `payment_events_received_at_index` on `payment_events` (`received_at`)");
    this.addSql(
      "create table `payment_attempts` (`id` text not null primary key, `order_id` text not null, `n` integer not null, `provider` text not null, `session` text null, `pay_at` text null, `payment` text null, `state` text not null, `created_at` datetime not null, constraint `payment_attempts_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade)",
    );
    this.addSql("create index `payment_attempts_order_id_index` on `payment_attempts` (`order_id`)");
    this.addSql("create unique index `payment_attempts_order_id_n_unique` on `payment_attempts` (`order_id`, `n`)");
    this.addSql(
      "create unique index `payment_attempts_provider_session_unique` on `payment_attempts` (`provider`, `session`)",
    );
  }

  private addSales(): void {
    this.addSql(
      "create table `sales_quarters` (`store_id` text not null, `currency` text not null, `quarter` integer not null, `orders` integer not null, `gross` bigint not null, `refunded` bigint not null, primary key (`store_id`, `currency`, `quarter`), constraint `sales_quarters_store_id_foreign` foreign key (`store_id`) references `stores` (`id`))",
    );
    this.addSql("create index `sales_quarters_store_id_index` on `sales_quarters` (`store_id`)");
    this.addSql(
      "create table `refunds` (`id` text not null primary key, `order_id` text not null, `request_key` text not null, `provider_refund` text null, `amount` integer not null, `state` text not null, `ends_access` integer not null, `reason` text not null, `created_at` datetime not null, constraint `refunds_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade)",
    );
    this.addSql("create index `refunds_order_id_index` on `refunds` (`order_id`)");
    this.addSql("create unique index `refunds_order_id_request_key_unique` on `refunds` (`order_id`, `request_key`)");
    this.addSql(
      "create table `entitlements` (`id` text not null primary key, `order_id` text not null, `product_id` text not null, `created_at` datetime not null, `ended_at` datetime null, constraint `entitlements_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade, constraint `entitlements_product_id_foreign` foreign key (`product_id`) references `products` (`id`))",
    );
    this.addSql("create index `entitlements_order_id_index` on `entitlements` (`order_id`)");
    this.addSql("create index `entitlements_product_id_index` on `entitlements` (`product_id`)");
    this.addSql(
      "create unique index `entitlements_order_id_product_id_unique` on `entitlements` (`order_id`, `product_id`)",
    );
  }

  private addCorrections(): void {
    this.addSql(
      "create table `purchase_links` (`id` text not null primary key, `email` text not null, `email_key` text not null, `key_hash` text null, `created_at` datetime not null, `sent_at` datetime null, `used_at` datetime null)",
    );
    this.addSql("create unique index `purchase_links_key_hash_unique` on `purchase_links` (`key_hash`)");
    this.addSql("create index `purchase_links_created_at_index` on `purchase_links` (`created_at`)");
    this.addSql(
      "create table `order_email_changes` (`id` text not null primary key, `order_id` text not null, `former_email` text not null, `undo_hash` text null, `created_at` datetime not null, `undone_at` datetime null, constraint `order_email_changes_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade)",
    );
    this.addSql("create index `order_email_changes_order_id_index` on `order_email_changes` (`order_id`)");
    this.addSql("create unique index `order_email_changes_undo_hash_unique` on `order_email_changes` (`undo_hash`)");
    this.addSql("alter table `order_keys` add column `mailed_to` text null");
    this.addSql("alter table `order_keys` add column `used_at` datetime null");
  }
}
