import { Migration } from "@mikro-orm/migrations";

/** Adds statements of withdrawal, and what decides if a buyer has lost the right: the receipt and the first opening. */
export class Withdrawals extends Migration {
  override up(): void {
    this.addSql("alter table `orders` add column `receipt_mail_id` text null");
    this.addSql("alter table `orders` add column `opened_at` datetime null");
    this.addSql(
      "update `orders` set `opened_at` = (select min(`at`) from `order_events` where `order_id` = `orders`.`id` and `kind` = 'opened')",
    );
    this.addSql(
      "create table `withdrawals` (`id` text not null primary key, `ref` text not null, `order_id` text null, `name` text not null, `contact` text not null, `stated_order` text not null, `statement` text not null, `received_at` datetime not null, `answered_at` datetime null, `acknowledged_at` datetime null, `right_state` text null, `right_ended_at` datetime null, `outcome` text null, `settled_at` datetime null, constraint `withdrawals_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade)",
    );
    this.addSql("create unique index `withdrawals_ref_unique` on `withdrawals` (`ref`)");
    this.addSql("create index `withdrawals_order_id_index` on `withdrawals` (`order_id`)");
    this.addSql("create index `withdrawals_received_at_index` on `withdrawals` (`received_at`)");
    this.addSql("create index `withdrawals_answered_at_index` on `withdrawals` (`answered_at`)");
  }
}
