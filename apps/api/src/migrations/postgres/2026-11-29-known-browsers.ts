import { Migration } from "@mikro-orm/migrations";

/** Numbers the known browsers of a user, so that they can be revoked, and adds a kind to recovery requests. */
export class KnownBrowsers extends Migration {
  override up(): void {
    this.addSql(`alter table "users" add column "known_browsers" int not null default 0`);
    this.addSql(`alter table "users" add column "known_browsers_from" int not null default 0`);
    this.addSql(`alter table "recovery_requests" add column "kind" varchar(20) not null default 'forgotten_password'`);
  }
}
