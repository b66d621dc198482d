import { Migration } from "@mikro-orm/migrations";

/** Creates the tables of users, stores, products and settings, and the table of sessions (in use while there is no Redis). */
export class AccountsAndProducts extends Migration {
  override up(): void {
    this.addSql(
      "create table `users` (`id` text not null primary key, `email` text not null, `email_key` text not null, `name` text not null, `password_hash` text not null, `disabled_at` datetime null, `created_at` datetime not null, `updated_at` datetime not null, `version` integer not null default 1)",
    );
    this.addSql("create unique index `users_email_key_unique` on `users` (`email_key`)");

    this.addSql(
      "create table `stores` (`id` text not null primary key, `owner_id` text not null, `handle` text not null, `name` text not null, `created_at` datetime not null, constraint `stores_owner_id_foreign` foreign key (`owner_id`) references `users` (`id`) on delete cascade)",
    );
    this.addSql("create unique index `stores_owner_id_unique` on `stores` (`owner_id`)");
    this.addSql("create unique index `stores_handle_unique` on `stores` (`handle`)");

    this.addSql(
      "create table `products` (`id` text not null primary key, `store_id` text not null, `slug` text not null, `name` text not null, `description` text not null, `price_amount` integer not null, `price_currency` text not null, `status` text not null, `search_text` text not null, `created_at` datetime not null, `updated_at` datetime not null, `version` integer not null default 1, constraint `products_store_id_foreign` foreign key (`store_id`) references `stores` (`id`) on delete cascade)",
    );
    this.addSql("create index `products_store_id_index` on `products` (`store_id`)");
    this.addSql("create unique index `products_slug_unique` on `products` (`slug`)");
    this.addSql("create index `products_status_id_index` on `products` (`status`, `id`)");
    this.addSql("create index `products_store_id_id_index` on `products` (`store_id`, `id`)");

    this.addSql(
      "create table `sessions` (`id` text not null primary key, `user_id` text not null, `record` text not null, `expires_at` bigint not null)",
    );
    this.addSql("create index `sessions_user_id_index` on `sessions` (`user_id`)");
    this.addSql("create index `sessions_expires_at_index` on `sessions` (`expires_at`)");

    this.addSql("create table `settings` (`key` text not null primary key, `value` text not null)");
  }
}
