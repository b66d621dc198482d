import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the table of account events, and three timestamp columns to users: when the email was verified, when the password
 * was changed, and when the account will be deleted.
 */
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
