import { Migration } from "@mikro-orm/migrations";

/** Adds the tables of passkeys and of used challenges. A stored challenge is not accepted a second time. */
export class Passkeys extends Migration {
  override up(): void {
    this.addSql(
      `create table "passkeys" ("id" varchar(36) not null, "user_id" varchar(36) not null, "credential_id" varchar(1364) not null, "public_key" text not null, "counter" bigint not null, "transports" varchar(100) not null, "is_synced" boolean not null, "name" varchar(240) not null, "created_at" timestamptz not null, "last_used_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`create index "passkeys_user_id_index" on "passkeys" ("user_id")`);
    this.addSql(`alter table "passkeys" add constraint "passkeys_credential_id_unique" unique ("credential_id")`);
    this.addSql(
      `alter table "passkeys" add constraint "passkeys_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
    );

    this.addSql(
      `create table "used_challenges" ("id" varchar(22) not null, "expires_at" bigint not null, primary key ("id"))`,
    );
    this.addSql(`create index "used_challenges_expires_at_index" on "used_challenges" ("expires_at")`);
  }
}
