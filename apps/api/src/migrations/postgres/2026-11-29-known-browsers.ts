import { Migration } from "@mikro-orm/migrations";

/**
 * Adds two counters to users: the last number given to a known browser, and the highest number that is revoked. Adds
 * the column `kind` to recovery requests.
 */
export class KnownBrowsers extends Migration {
  override up(): void {
    this.addSql(`alter table "users" add column "known_browsers" int not null default 0`);
    this.addSql(`alter table "users" add column "known_browsers_from" int not null default 0`);
    this.addSql(`alter table "recovery_requests" add column "kind" varchar(20) not null default 'forgotten_password'`);
  }
}
