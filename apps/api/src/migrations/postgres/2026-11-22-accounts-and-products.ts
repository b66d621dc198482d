import { Migration } from "@mikro-orm/migrations";

/** Creates the tables of users, stores, products and settings, and the table of sessions (in use while there is no Redis). */
export class AccountsAndProducts extends Migration {
  override up(): void {
    this.addSql(
      `create table "users" ("id" varchar(36) not null, "email" varchar(254) not null, "email_key" varchar(254) not null, "name" varchar(240) not null, "password_hash" varchar(200) not null, "disabled_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "version" int not null default 1, primary key ("id"))`,
    );
    this.addSql(`alter table "users" add constraint "users_email_key_unique" unique ("email_key")`);

    this.addSql(
      `create table "stores" ("id" varchar(36) not null, "owner_id" varchar(36) not null, "handle" varchar(80) not null, "name" varchar(240) not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "stores" add constraint "stores_owner_id_unique" unique ("owner_id")`);
    this.addSql(`alter table "stores" add constraint "stores_handle_unique" unique ("handle")`);
    this.addSql(
      `alter table "stores" add constraint "stores_owner_id_foreign" foreign key ("owner_id") references "users" ("id") on delete cascade`,
    );

    this.addSql(
      `create table "products" ("id" varchar(36) not null, "store_id" varchar(36) not null, "slug" varchar(80) not null, "name" varchar(240) not null, "description" text not null, "price_amount" int not null, "price_currency" varchar(3) not null, "status" varchar(10) not null, "search_text" text not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "version" int not null default 1, primary key ("id"))`,
    );
    this.addSql(`alter table "products" add constraint "products_slug_unique" unique ("slug")`);
    this.addSql(`create index "products_status_id_index" on "products" ("status", "id")`);
    this.addSql(`create index "products_store_id_id_index" on "products" ("store_id", "id")`);
    this.addSql(
      `alter table "products" add constraint "products_store_id_foreign" foreign key ("store_id") references "stores" ("id") on delete cascade`,
    );

    this.addSql(
      `create table "sessions" ("id" varchar(64) not null, "user_id" varchar(36) not null, "record" text not null, "expires_at" bigint not null, primary key ("id"))`,
    );
    this.addSql(`create index "sessions_user_id_index" on "sessions" ("user_id")`);
    this.addSql(`create index "sessions_expires_at_index" on "sessions" ("expires_at")`);

    this.addSql(`create table "settings" ("key" varchar(60) not null, "value" text not null, primary key ("key"))`);
  }
}
