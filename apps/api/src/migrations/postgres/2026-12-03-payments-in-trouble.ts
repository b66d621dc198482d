import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the amount of each payment, the reason why one delivered nothing, and the payment that a refund gives back.
 * Amounts of payments that delivered nothing were not stored: they are asked about again.
 */
export class PaymentsInTrouble extends Migration {
  override up(): void {
    this.addSql(`alter table "payment_attempts" add column "paid_amount" int null`);
    this.addSql(`alter table "payment_attempts" add column "paid_currency" varchar(3) null`);
    this.addSql(`alter table "payment_attempts" add column "trouble" varchar(40) null`);
    this.addPaymentsOfRefunds();
    const deliveredNothing = `"a"."state" = 'paid' and ("orders"."state" <> 'paid' or exists (select 1 from "payment_attempts" "earlier" where "earlier"."order_id" = "orders"."id" and "earlier"."state" = 'paid' and "earlier"."n" < "a"."n"))`;
    this.addSql(
      `update "orders" set "next_check_at" = "created_at" where exists (select 1 from "payment_attempts" "a" where "a"."order_id" = "orders"."id" and ${deliveredNothing})`,
    );
    this.addSql(
      `update "payment_attempts" set "state" = 'open' where "id" in (select "a"."id" from "payment_attempts" "a" join "orders" on "orders"."id" = "a"."order_id" where ${deliveredNothing})`,
    );
    this.addSql(
      `update "payment_attempts" set "paid_amount" = "orders"."total", "paid_currency" = "orders"."currency" from "orders" where "orders"."id" = "order_id" and "payment_attempts"."state" = 'paid'`,
    );
  }

  private addPaymentsOfRefunds(): void {
    this.addSql(
      `alter table "refunds" add column "attempt_id" varchar(36) null, add column "tried_at" timestamptz null`,
    );
    this.addSql(
      `update "refunds" set "tried_at" = "created_at", "attempt_id" = (select "id" from "payment_attempts" where "order_id" = "refunds"."order_id" order by case when "state" = 'paid' then 0 else 1 end, "n" desc limit 1)`,
    );
    this.addSql(`alter table "refunds" alter column "attempt_id" set not null, alter column "tried_at" set not null`);
    this.addSql(`create index "refunds_attempt_id_index" on "refunds" ("attempt_id")`);
    this.addSql(
      `alter table "refunds" add constraint "refunds_attempt_id_foreign" foreign key ("attempt_id") references "payment_attempts" ("id") on delete cascade`,
    );
  }
}
