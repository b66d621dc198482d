import { Migration } from "@mikro-orm/migrations";

/** Adds the tables of passkeys and of used challenges. A stored challenge is not accepted a second time. */
export class Passkeys extends Migration {
  override up(): void {
    this.addSql(
      "create table `passkeys` (`id` text not null primary key, `user_id` text not null, `credential_id` text not null, `public_key` text not null, `counter` bigint not null, `transports` text not null, `is_synced` integer not null, `name` text not null, `created_at` datetime not null, `last_used_at` datetime null, constraint `passkeys_user_id_foreign` foreign key (`user_id`) references `users` (`id`) on delete cascade)",
    );
    this.addSql("create index `passkeys_user_id_index` on `passkeys` (`user_id`)");
    this.addSql("create unique index `passkeys_credential_id_unique` on `passkeys` (`credential_id`)");

    this.addSql("create table `used_challenges` (`id` text not null primary key, `expires_at` bigint not null)");
    this.addSql("create index `used_challenges_expires_at_index` on `used_challenges` (`expires_at`)");
  }
}
