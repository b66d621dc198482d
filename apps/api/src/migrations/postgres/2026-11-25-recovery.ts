import { Migration } from "@mikro-orm/migrations";

/** Adds the tables of mailed links' tokens and of requests for such links that are not processed yet. */
export class Recovery extends Migration {
  override up(): void {
    this.addSql(
      `create table "mailed_tokens" ("id" varchar(36) not null, "hash" varchar(43) not null, "purpose" varchar(20) not null, "user_id" varchar(36) not null, "email" varchar(254) null, "email_key" varchar(254) null, "logged_in_at" bigint null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "mailed_tokens" add constraint "mailed_tokens_hash_unique" unique ("hash")`);
    this.addSql(`create index "mailed_tokens_email_key_index" on "mailed_tokens" ("email_key")`);
    this.addSql(`create index "mailed_tokens_expires_at_index" on "mailed_tokens" ("expires_at")`);
    this.addSql(`create index "mailed_tokens_user_id_purpose_index" on "mailed_tokens" ("user_id", "purpose")`);
    this.addSql(
      `alter table "mailed_tokens" add constraint "mailed_tokens_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
    );

    this.addSql(
      `create table "recovery_requests" ("id" varchar(36) not null, "email" varchar(254) not null, "next" text null, "device" varchar(40) not null, "address" varchar(40) not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
  }
}
