import { Migration } from "@mikro-orm/migrations";

/** Adds account events, and three times to users: email verified, password changed, and pending deletion. */
export class AccountActivity extends Migration {
  override up(): void {
    this.addSql("alter table `users` add column `email_verified_at` datetime null");
    this.addSql("alter table `users` add column `password_changed_at` datetime null");
    this.addSql("alter table `users` add column `deletion_at` datetime null");
    this.addSql("create index `users_deletion_at_index` on `users` (`deletion_at`)");

    this.addSql(
      "create table `activity` (`id` text not null primary key, `user_id` text not null, `kind` text not null, `at` datetime not null, `device` text not null, `address` text not null, constraint `activity_user_id_foreign` foreign key (`user_id`) references `users` (`id`) on delete cascade)",
    );
    this.addSql("create index `activity_user_id_id_index` on `activity` (`user_id`, `id`)");
    this.addSql("create index `activity_user_id_index` on `activity` (`user_id`)");
  }
}
