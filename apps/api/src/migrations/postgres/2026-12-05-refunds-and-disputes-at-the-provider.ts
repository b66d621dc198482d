import { Migration } from "@mikro-orm/migrations";

/** Adds what a provider of payments knows of an order: tax and country, refunds of its own pages, and disputes. */
export class RefundsAndDisputesAtTheProvider extends Migration {
  override up(): void {
    this.addSql(`alter table "orders" add column "tax" int null, add column "country" varchar(2) null`);
    this.addSql(
      `alter table "refunds" add column "is_from_provider" boolean not null default false, add column "counted_at" timestamptz null, add column "access_ended_at" timestamptz null`,
    );
    this.addSql(`alter table "refunds" add constraint "refunds_provider_refund_unique" unique ("provider_refund")`);
    this.addSql(`create index "payment_attempts_provider_payment_index" on "payment_attempts" ("provider", "payment")`);
    this.addSql(
      `create table "disputes" ("id" varchar(36) not null, "order_id" varchar(36) not null, "attempt_id" varchar(36) not null, "provider_dispute" varchar(255) not null, "state" varchar(20) not null, "amount" int not null, "currency" varchar(3) not null, "reason" varchar(80) not null, "answer_by" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "disputes_order_id_index" on "disputes" ("order_id")`);
    this.addSql(`create index "disputes_attempt_id_index" on "disputes" ("attempt_id")`);
    this.addSql(`alter table "disputes" add constraint "disputes_provider_dispute_unique" unique ("provider_dispute")`);
    this.addSql(
      `alter table "disputes" add constraint "disputes_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "disputes" add constraint "disputes_attempt_id_foreign" foreign key ("attempt_id") references "payment_attempts" ("id") on delete cascade`,
    );
  }
}
