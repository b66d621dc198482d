import { Migration } from "@mikro-orm/migrations";

/** Adds orders and what belongs to them: what buyers get, attempts to pay, keys, history, corrections, sums of sales and refunds. */
export class Sales extends Migration {
  override up(): void {
    this.addContents();
    this.addOrders();
    this.addPayments();
    this.addSales();
    this.addCorrections();
  }

  private addContents(): void {
    this.addSql(
      `create table "contents" ("id" varchar(36) not null, "product_id" varchar(36) not null, "kind" varchar(10) not null, "title" varchar(480) not null, "body" text not null, "position" int not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "contents_product_id_position_index" on "contents" ("product_id", "position")`);
    this.addSql(
      `alter table "stores" add "pay_instructions" text not null default '', add "next_number" int not null default 1`,
    );
    this.addSql(
      `alter table "products" add "pricing" varchar(20) not null default 'fixed', add "suggested_amount" int null, add "sold_at" timestamptz null`,
    );
    this.addSql(
      `alter table "contents" add constraint "contents_product_id_foreign" foreign key ("product_id") references "products" ("id") on delete cascade`,
    );
  }

  private addOrders(): void {
    this.addSql(
      `create table "orders" ("id" varchar(36) not null, "ref" varchar(10) not null, "number" int null, "store_id" varchar(36) not null, "buyer_id" varchar(36) null, "email" varchar(254) not null, "email_key" varchar(254) not null, "attempt_key" varchar(36) not null, "state" varchar(10) not null, "currency" varchar(3) not null, "total" int not null, "refunded" int not null default 0, "seller_name" varchar(480) not null, "seller_address" text not null, "seller_contact" varchar(254) not null, "consent_text" text null, "consent_at" timestamptz null, "pay_until" timestamptz not null, "paid_at" timestamptz null, "next_check_at" timestamptz null, "trouble" varchar(40) null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "orders" add constraint "orders_ref_unique" unique ("ref")`);
    this.addSql(`create index "orders_buyer_id_index" on "orders" ("buyer_id")`);
    this.addSql(`create index "orders_next_check_at_index" on "orders" ("next_check_at")`);
    this.addSql(
      `create index "orders_store_id_paid_at_state_currency_total_refunded_index" on "orders" ("store_id", "paid_at", "state", "currency", "total", "refunded")`,
    );
    this.addSql(`create index "orders_email_key_created_at_index" on "orders" ("email_key", "created_at")`);
    this.addSql(`alter table "orders" add constraint "orders_store_id_number_unique" unique ("store_id", "number")`);
    this.addSql(
      `alter table "orders" add constraint "orders_store_id_attempt_key_unique" unique ("store_id", "attempt_key")`,
    );
    this.addSql(
      `create table "order_keys" ("id" varchar(36) not null, "order_id" varchar(36) not null, "key_hash" varchar(43) not null, "created_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "order_keys_order_id_index" on "order_keys" ("order_id")`);
    this.addSql(`alter table "order_keys" add constraint "order_keys_key_hash_unique" unique ("key_hash")`);
    this.addSql(
      `create table "order_items" ("id" varchar(36) not null, "order_id" varchar(36) not null, "product_id" varchar(36) null, "name" varchar(240) not null, "slug" varchar(80) not null, "amount" int not null, primary key ("id"))`,
    );
    this.addSql(`create index "order_items_product_id_index" on "order_items" ("product_id")`);
    this.addSql(
      `alter table "order_items" add constraint "order_items_order_id_product_id_unique" unique ("order_id", "product_id")`,
    );
    this.addSql(
      `create table "order_events" ("id" varchar(36) not null, "order_id" varchar(36) not null, "kind" varchar(30) not null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "order_events_order_id_id_index" on "order_events" ("order_id", "id")`);
    this.addSql(
      `alter table "orders" add constraint "orders_store_id_foreign" foreign key ("store_id") references "stores" ("id")`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_buyer_id_foreign" foreign key ("buyer_id") references "users" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "order_keys" add constraint "order_keys_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "order_items" add constraint "order_items_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "order_items" add constraint "order_items_product_id_foreign" foreign key ("product_id") references "products" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "order_events" add constraint "order_events_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
  }

  private addPayments(): void {
    this.addSql(
      `create table "demo_payments" ("session" varchar(43) not null, "order_ref" varchar(10) not null, "item_name" varchar(480) not null, "amount" int not null, "currency" varchar(3) not null, "state" varchar(10) not null, "ends_at" timestamptz not null, "settles_at" timestamptz null, "webhook_due_at" timestamptz null, "created_at" timestamptz not null, primary key ("session"))`,
    );
    this.addSql(`create index "demo_payments_webhook_due_at_index" on "demo_payments" ("webhook_due_at")`);
    this.addSql(
      `create table "payment_events" ("provider" varchar(20) not null, "event_id" varchar(255) not null, "kind" varchar(80) not null, "order_id" varchar(36) null, "received_at" timestamptz not null, primary key ("provider", "event_id"))`,
    );
    this.addSql(`create index "payment_events_order_id_index" on "payment_events" ("order_id")`);
    this.addSql(`create index "payment_events_received_at_index" on "payment_events" ("received_at")`);
    this.addSql(
      `create table "payment_attempts" ("id" varchar(36) not null, "order_id" varchar(36) not null, "n" int not null, "provider" varchar(20) not null, "session" varchar(255) null, "pay_at" text null, "payment" varchar(255) null, "state" varchar(10) not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "payment_attempts" add constraint "payment_attempts_order_id_n_unique" unique ("order_id", "n")`,
    );
    this.addSql(
      `alter table "payment_attempts" add constraint "payment_attempts_provider_session_unique" unique ("provider", "session")`,
    );
    this.addSql(
      `alter table "payment_attempts" add constraint "payment_attempts_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
  }

  private addSales(): void {
    this.addSql(
      `create table "sales_quarters" ("store_id" varchar(36) not null, "currency" varchar(3) not null, "quarter" int not null, "orders" int not null, "gross" bigint not null, "refunded" bigint not null, primary key ("store_id", "currency", "quarter"))`,
    );
    this.addSql(
      `create table "refunds" ("id" varchar(36) not null, "order_id" varchar(36) not null, "request_key" varchar(36) not null, "provider_refund" varchar(255) null, "amount" int not null, "state" varchar(10) not null, "ends_access" boolean not null, "reason" varchar(2000) not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_order_id_request_key_unique" unique ("order_id", "request_key")`,
    );
    this.addSql(
      `create table "entitlements" ("id" varchar(36) not null, "order_id" varchar(36) not null, "product_id" varchar(36) not null, "created_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "entitlements_product_id_index" on "entitlements" ("product_id")`);
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_order_id_product_id_unique" unique ("order_id", "product_id")`,
    );
    this.addSql(
      `alter table "sales_quarters" add constraint "sales_quarters_store_id_foreign" foreign key ("store_id") references "stores" ("id")`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "entitlements" add constraint "entitlements_product_id_foreign" foreign key ("product_id") references "products" ("id")`,
    );
  }

  private addCorrections(): void {
    this.addSql(
      `create table "purchase_links" ("id" varchar(36) not null, "email" varchar(254) not null, "email_key" varchar(254) not null, "key_hash" varchar(43) null, "created_at" timestamptz not null, "sent_at" timestamptz null, "used_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "purchase_links" add constraint "purchase_links_key_hash_unique" unique ("key_hash")`);
    this.addSql(`create index "purchase_links_created_at_index" on "purchase_links" ("created_at")`);
    this.addSql(
      `create table "order_email_changes" ("id" varchar(36) not null, "order_id" varchar(36) not null, "former_email" varchar(254) not null, "undo_hash" varchar(43) null, "created_at" timestamptz not null, "undone_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "order_email_changes_order_id_index" on "order_email_changes" ("order_id")`);
    this.addSql(
      `alter table "order_email_changes" add constraint "order_email_changes_undo_hash_unique" unique ("undo_hash")`,
    );
    this.addSql(`alter table "order_keys" add "mailed_to" varchar(254) null, add "used_at" timestamptz null`);
    this.addSql(
      `alter table "order_email_changes" add constraint "order_email_changes_order_id_foreign" foreign key ("order_id") references "orders" ("id") on delete cascade`,
    );
  }
}
