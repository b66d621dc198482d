import { Migration } from "@mikro-orm/migrations";

/** Adds pictures of products. */
export class Pictures extends Migration {
  override up(): void {
    this.addSql(
      `create table "pictures" ("id" varchar(36) not null, "product_id" varchar(36) not null, "file_id" varchar(36) not null, "position" int not null, "alt" varchar(1200) null, "state" varchar(10) not null, "width" int null, "height" int null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "pictures_file_id_index" on "pictures" ("file_id")`);
    this.addSql(`create index "pictures_product_id_position_index" on "pictures" ("product_id", "position")`);
    this.addSql(
      `alter table "pictures" add constraint "pictures_product_id_foreign" foreign key ("product_id") references "products" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "pictures" add constraint "pictures_file_id_foreign" foreign key ("file_id") references "files" ("id") on delete cascade`,
    );
    this.addSql(`alter table "products" add column "cover_id" varchar(36) null`);
    this.addSql(`alter table "uploads" add column "is_picture" boolean not null default false`);
  }
}
