import { Migration } from "@mikro-orm/migrations";

/** Adds files of products: uploads on their way, stored files, versions of contents, downloads, and jobs. */
export class Files extends Migration {
  override up(): void {
    this.addSql(
      `create table "jobs" ("id" varchar(36) not null, "name" varchar(40) not null, "key" varchar(36) not null, "due_at" timestamptz not null, "claimed_until" timestamptz null, "attempts" int not null default 0, "last_error" text null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "jobs_due_at_index" on "jobs" ("due_at")`);
    this.addSql(`alter table "jobs" add constraint "jobs_name_key_unique" unique ("name", "key")`);
    this.addSql(
      `create table "files" ("id" varchar(36) not null, "store_id" varchar(36) not null, "name" varchar(200) not null, "size" bigint not null, "sha256" varchar(64) null, "crc32" bigint null, "media_type" varchar(120) null, "state" varchar(10) not null, "created_at" timestamptz not null, "checked_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "files_store_id_index" on "files" ("store_id")`);
    this.addSql(`create index "files_state_index" on "files" ("state")`);
    this.addSql(
      `create table "content_versions" ("id" varchar(36) not null, "content_id" varchar(36) not null, "version" int not null, "file_id" varchar(36) not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "content_versions_file_id_index" on "content_versions" ("file_id")`);
    this.addSql(
      `alter table "content_versions" add constraint "content_versions_content_id_version_unique" unique ("content_id", "version")`,
    );
    this.addSql(
      `create table "uploads" ("id" varchar(36) not null, "store_id" varchar(36) not null, "product_id" varchar(36) not null, "content_id" varchar(36) null, "name" varchar(200) not null, "size" bigint not null, "modified" bigint null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "finished_at" timestamptz null, "claim" varchar(36) null, "claimed_until" timestamptz null, "is_claim_wanted" boolean not null default false, primary key ("id"))`,
    );
    this.addSql(`create index "uploads_store_id_index" on "uploads" ("store_id")`);
    this.addSql(`create index "uploads_product_id_index" on "uploads" ("product_id")`);
    this.addSql(`create index "uploads_finished_at_expires_at_index" on "uploads" ("finished_at", "expires_at")`);
    this.addSql(
      `create table "downloads" ("id" varchar(36) not null, "token_hash" varchar(43) not null, "entitlement_id" varchar(36) not null, "version_id" varchar(36) not null, "created_at" timestamptz not null, "begun_at" timestamptz null, "used_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "downloads" add constraint "downloads_token_hash_unique" unique ("token_hash")`);
    this.addSql(`create index "downloads_entitlement_id_index" on "downloads" ("entitlement_id")`);
    this.addSql(`create index "downloads_version_id_index" on "downloads" ("version_id")`);
    this.addSql(`create index "downloads_created_at_index" on "downloads" ("created_at")`);
    for (const [table, column, target] of [
      ["files", "store_id", "stores"],
      ["content_versions", "content_id", "contents"],
      ["content_versions", "file_id", "files"],
      ["uploads", "store_id", "stores"],
      ["uploads", "product_id", "products"],
      ["downloads", "entitlement_id", "entitlements"],
      ["downloads", "version_id", "content_versions"],
    ]) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id") on delete cascade`,
      );
    }
  }
}
