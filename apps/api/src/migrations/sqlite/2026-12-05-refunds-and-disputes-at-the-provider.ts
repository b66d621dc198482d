import { Migration } from "@mikro-orm/migrations";

/** Adds what a provider of payments knows of an order: tax and country, refunds of its own pages, and disputes. */
export class RefundsAndDisputesAtTheProvider extends Migration {
  override up(): void {
    this.addSql("alter table `orders` add column `tax` integer null");
    this.addSql("alter table `orders` add column `country` text null");
    this.addSql("alter table `refunds` add column `is_from_provider` integer not null default false");
    this.addSql("alter table `refunds` add column `counted_at` datetime null");
    this.addSql("alter table `refunds` add column `access_ended_at` datetime null");
    this.addSql("create unique index `refunds_provider_refund_unique` on `refunds` (`provider_refund`)");
    this.addSql("create index `payment_attempts_provider_payment_index` on `payment_attempts` (`provider`, `payment`)");
    this.addSql(
      "create table `disputes` (`id` text not null primary key, `order_id` text not null, `attempt_id` text not null, `provider_dispute` text not null, `state` text not null, `amount` integer not null, `currency` text not null, `reason` text not null, `answer_by` datetime null, `created_at` datetime not null, constraint `disputes_order_id_foreign` foreign key (`order_id`) references `orders` (`id`) on delete cascade, constraint `disputes_attempt_id_foreign` foreign key (`attempt_id`) references `payment_attempts` (`id`) on delete cascade)",
    );
    this.addSql("create index `disputes_order_id_index` on `disputes` (`order_id`)");
    this.addSql("create index `disputes_attempt_id_index` on `disputes` (`attempt_id`)");
    this.addSql("create unique index `disputes_provider_dispute_unique` on `disputes` (`provider_dispute`)");
  }
}
