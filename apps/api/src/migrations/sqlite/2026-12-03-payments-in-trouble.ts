import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the amount of each payment, the reason why one delivered nothing, and the payment that a refund gives back.
 * Amounts of payments that delivered nothing were not stored: they are asked about again.
 */
export class PaymentsInTrouble extends Migration {
  override up(): void {
    this.addSql("alter table `payment_attempts` add column `paid_amount` integer null");
    this.addSql("alter table `payment_attempts` add column `paid_currency` text null");
    this.addSql("alter table `payment_attempts` add column `trouble` text null");
    this.addRefunds();
    const deliveredNothing =
      "`a`.`state` = 'paid' and (`orders`.`state` <> 'paid' or exists (select 1 from `payment_attempts` `earlier` where `earlier`.`order_id` = `orders`.`id` and `earlier`.`state` = 'paid' and `earlier`.`n` < `a`.`n`))";
    this.addSql(
      `update \`orders\` set \`next_check_at\` = \`created_at\` where exists (select 1 from \`payment_attempts\` \`a\` where \`a\`.\`order_id\` = \`orders\`.\`id\` and ${deliveredNothing})`,
    );
    this.addSql(
      `update \`payment_attempts\` set \`state\` = 'open' where \`id\` in (select \`a\`.\`id\` from \`payment_attempts\` \`a\` join \`orders\` on \`orders\`.\`id\` = \`a\`.\`order_id\` where ${deliveredNothing})`,
    );
    this.addSql(
      "update `payment_attempts` set `paid_amount` = (select `total` from `orders` where `id` = `order_id`), `paid_currency` = (select `currency` from `orders` where `id` = `order_id`) where `state` = 'paid'",
    );
  }

  /** SQLite adds no column that must have a value to a table with rows. */
  private addRefunds(): void {
    this.addSql(
      "create table `new_refunds` (`id` text not null primary key, `order_id` text not null, `attempt_id` text not null, `request_key` text not null, `provider_refund` text null, `amount` integer not null, `state` text not null, `ends_access` integer not null, `reason` text not null, `created_at` datetime not null, `tried_at` datetime not null, constraint `refunds_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade, constraint `refunds_attempt_id_foreign` foreign key (`attempt_id`) references `payment_attempts` (`id`) on delete cascade)",
    );
    this.addSql(
      "insert into `new_refunds` select `r`.`id`, `r`.`order_id`, (select `id` from `payment_attempts` where `order_id` = `r`.`order_id` order by case when `state` = 'paid' then 0 else 1 end, `n` desc limit 1), `r`.`request_key`, `r`.`provider_refund`, `r`.`amount`, `r`.`state`, `r`.`ends_access`, `r`.`reason`, `r`.`created_at`, `r`.`created_at` from `refunds` `r`",
    );
    this.addSql("drop table `refunds`");
    this.addSql("alter table `new_refunds` rename to `refunds`");
    this.addSql("create index `refunds_order_id_index` on `refunds` (`order_id`)");
    this.addSql("create index `refunds_attempt_id_index` on `refunds` (`attempt_id`)");
    this.addSql("create unique index `refunds_order_id_request_key_unique` on `refunds` (`order_id`, `request_key`)");
  }
}
