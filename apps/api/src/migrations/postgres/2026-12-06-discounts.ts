import { Migration } from "@mikro-orm/migrations";

/** Adds discount codes, and what orders keep of them. */
export class Discounts extends Migration {
  override up(): void {
    this.addSql(
      `create table "discounts" ("id" varchar(36) not null, "store_id" varchar(36) not null, "code" varchar(160) not null, "code_key" varchar(255) not null, "kind" varchar(10) not null, "value" int not null, "currency" varchar(3) null, "starts_at" timestamptz null, "ends_at" timestamptz null, "max_uses" int null, "uses" int not null default 0, "per_buyer" int null, "is_restricted" boolean not null, "ended_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "discounts" add constraint "discounts_store_id_code_key_unique" unique ("store_id", "code_key")`,
    );
    this.addSql(
      `alter table "discounts" add constraint "discounts_store_id_foreign" foreign key ("store_id") references "stores" ("id") on delete cascade`,
    );
    this.addSql(
      `create table "discount_products" ("discount_id" varchar(36) not null, "product_id" varchar(36) not null, primary key ("discount_id", "product_id"))`,
    );
    this.addSql(`create index "discount_products_product_id_index" on "discount_products" ("product_id")`);
    this.addSql(
      `alter table "discount_products" add constraint "discount_products_discount_id_foreign" foreign key ("discount_id") references "discounts" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "discount_products" add constraint "discount_products_product_id_foreign" foreign key ("product_id") references "products" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "orders" add "discount_id" varchar(36) null, add "discount_amount" int not null default 0, add "uses_discount" boolean not null default false`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_discount_id_foreign" foreign key ("discount_id") references "discounts" ("id") on delete set null`,
    );
    this.addSql(`create index "orders_discount_id_email_key_index" on "orders" ("discount_id", "email_key")`);
    this.addSql(`alter table "order_items" add "list_amount" int null`);
  }
}
