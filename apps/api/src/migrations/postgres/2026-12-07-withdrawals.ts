import { Migration } from "@mikro-orm/migrations";

/** Adds statements of withdrawal, and what decides if a buyer has lost the right: the receipt and the first opening. */
export class Withdrawals extends Migration {
  override up(): void {
    this.addSql(
      `alter table "orders" add column "receipt_mail_id" varchar(36) null, add column "opened_at" timestamptz null`,
    );
    this.addSql(
      `update "orders" set "opened_at" = (select min("at") from "order_events" where "order_id" = "orders"."id" and "kind" = 'opened')`,
    );
    this.addSql(
      `create table "withdrawals" ("id" varchar(36) not null, "ref" varchar(10) not null, "order_id" varchar(36) null, "name" varchar(60) not null, "contact" varchar(254) not null, "stated_order" varchar(60) not null, "statement" text not null, "received_at" timestamptz not null, "answered_at" timestamptz null, "acknowledged_at" timestamptz null, "right_state" varchar(20) null, "right_ended_at" timestamptz null, "outcome" varchar(20) null, "settled_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "withdrawals" add constraint "withdrawals_ref_unique" unique ("ref")`);
    this.addSql(`create index "withdrawals_order_id_index" on "withdrawals" ("order_id")`);
    this.addSql(`create index "withdrawals_received_at_index" on "withdrawals" ("received_at")`);
    this.addSql(`create index "withdrawals_answered_at_index" on "withdrawals" ("answered_at")`);
    this.addSql(
      `alter table "withdrawals" add constraint "withdrawals_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
  }
}
