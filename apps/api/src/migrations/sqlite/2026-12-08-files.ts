import { Migration } from "@mikro-orm/migrations";

/** Adds files of products: uploads on their way, stored files, versions of contents, downloads, and jobs. */
export class Files extends Migration {
  override up(): void {
    this.addSql(
      "create table `jobs` (`id` text not null primary key, `name` text not null, `key` text not null, `due_at` datetime not null, `claimed_until` datetime null, `attempts` integer not null default 0, `last_error` text null, `created_at` datetime not null)",
    );
    this.addSql("create index `jobs_due_at_index` on `jobs` (`due_at`)");
    this.addSql("create unique index `jobs_name_key_unique` on `jobs` (`name`, `key`)");
    this.addSql(
      "create table `files` (`id` text not null primary key, `store_id` text not null, `name` text not null, `size` bigint not null, `sha256` text null, `crc32` bigint null, `media_type` text null, `state` text not null, `created_at` datetime not null, `checked_at` datetime null, constraint `files_store_id_foreign` foreign key (`store_id`) references `stores` (`id`) on delete cascade)",
    );
    this.addSql("create index `files_store_id_index` on `files` (`store_id`)");
    this.addSql("create index `files_state_index` on `files` (`state`)");
    this.addSql(
      "create table `content_versions` (`id` text not null primary key, `content_id` text not null, `version` integer not null, `file_id` text not null, `created_at` datetime not null, constraint `content_versions_content_id_foreign` foreign key (`content_id`) references `contents` (`id`) on delete cascade, constraint `content_versions_file_id_foreign` foreign key (`file_id`) references `files` (`id`) on delete cascade)",
    );
    this.addSql("create index `content_versions_content_id_index` on `content_versions` (`content_id`)");
    this.addSql("create index `content_versions_file_id_index` on `content_versions` (`file_id`)");
    this.addSql(
      "create unique index `content_versions_content_id_version_unique` on `content_versions` (`content_id`, `version`)",
    );
    this.addSql(
      "create table `uploads` (`id` text not null primary key, `store_id` text not null, `product_id` text not null, `content_id` text null, `name` text not null, `size` bigint not null, `modified` bigint null, `created_at` datetime not null, `expires_at` datetime not null, `finished_at` datetime null, `claim` text null, `claimed_until` datetime null, `is_claim_wanted` integer not null default false, constraint `uploads_store_id_foreign` foreign key (`store_id`) references `stores` (`id`) on delete cascade, constraint `uploads_product_id_foreign` foreign key (`product_id`) references `products` (`id`) on delete cascade)",
    );
    this.addSql("create index `uploads_store_id_index` on `uploads` (`store_id`)");
    this.addSql("create index `uploads_product_id_index` on `uploads` (`product_id`)");
    this.addSql("create index `uploads_finished_at_expires_at_index` on `uploads` (`finished_at`, `expires_at`)");
    this.addSql(
      "create table `downloads` (`id` text not null primary key, `token_hash` text not null, `entitlement_id` text not null, `version_id` text not null, `created_at` datetime not null, `begun_at` datetime null, `used_at` datetime null, constraint `downloads_entitlement_id_foreign` foreign key (`entitlement_id`) references `entitlements` (`id`) on delete cascade, constraint `downloads_version_id_foreign` foreign key (`version_id`) references `content_versions` (`id`) on delete cascade)",
    );
    this.addSql("create unique index `downloads_token_hash_unique` on `downloads` (`token_hash`)");
    this.addSql("create index `downloads_entitlement_id_index` on `downloads` (`entitlement_id`)");
    this.addSql("create index `downloads_version_id_index` on `downloads` (`version_id`)");
    this.addSql("create index `downloads_created_at_index` on `downloads` (`created_at`)");
  }
}
