import { Migration } from "@mikro-orm/migrations";

/** Adds the tables of mailed links' tokens and of requests for such links that are not processed yet. */
export class Recovery extends Migration {
  override up(): void {
    this.addSql(
      "create table `mailed_tokens` (`id` text not null primary key, `hash` text not null, `purpose` text not null, `user_id` text not null, `email` text null, `email_key` text null, `logged_in_at` bigint null, `created_at` datetime not null, `expires_at` datetime not null, `ended_at` datetime null, constraint `mailed_tokens_user_id_foreign` foreign key (`user_id`) references `users` (`id`) on delete cascade)",
    );
    this.addSql("create unique index `mailed_tokens_hash_unique` on `mailed_tokens` (`hash`)");
    this.addSql("create index `mailed_tokens_user_id_index` on `mailed_tokens` (`user_id`)");
    this.addSql("create index `mailed_tokens_email_key_index` on `mailed_tokens` (`email_key`)");
    this.addSql("create index `mailed_tokens_expires_at_index` on `mailed_tokens` (`expires_at`)");
    this.addSql("create index `mailed_tokens_user_id_purpose_index` on `mailed_tokens` (`user_id`, `purpose`)");

    this.addSql(
      "create table `recovery_requests` (`id` text not null primary key, `email` text not null, `next` text null, `device` text not null, `address` text not null, `created_at` datetime not null)",
    );
  }
}
