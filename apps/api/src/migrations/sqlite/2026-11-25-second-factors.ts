import { Migration } from "@mikro-orm/migrations";

/** Adds the tables of authenticator apps and recovery codes. */
export class SecondFactors extends Migration {
  override up(): void {
    this.addSql(
      "create table `totp_factors` (`user_id` text not null primary key, `sealed_secret` text not null, `confirmed_at` datetime null, `last_step` bigint not null, constraint `totp_factors_user_id_foreign` foreign key (`user_id`) references `users` (`id`) on delete cascade)",
    );
    this.addSql("create index `totp_factors_user_id_index` on `totp_factors` (`user_id`)");
    this.addSql(
      "create table `recovery_codes` (`hash` text not null primary key, `user_id` text not null, `used_at` datetime null, constraint `recovery_codes_user_id_foreign` foreign key (`user_id`) references `users` (`id`) on delete cascade)",
    );
    this.addSql("create index `recovery_codes_user_id_index` on `recovery_codes` (`user_id`)");
  }
}
