import { Migration } from "@mikro-orm/migrations";

/** Adds the tables of authenticator apps and recovery codes. */
export class SecondFactors extends Migration {
  override up(): void {
    this.addSql(
      `create table "totp_factors" ("user_id" varchar(36) not null, "sealed_secret" varchar(200) not null, "confirmed_at" timestamptz null, "last_step" bigint not null, primary key ("user_id"))`,
    );
    this.addSql(
      `create table "recovery_codes" ("hash" varchar(43) not null, "user_id" varchar(36) not null, "used_at" timestamptz null, primary key ("hash"))`,
    );
    this.addSql(`create index "recovery_codes_user_id_index" on "recovery_codes" ("user_id")`);
    this.addSql(
      `alter table "totp_factors" add constraint "totp_factors_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "recovery_codes" add constraint "recovery_codes_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade`,
    );
  }
}
