import { Migration } from "@mikro-orm/migrations";

/** Lets it be counted what of one kind has happened to an account in a day. */
export class ActivityOfAKind extends Migration {
  override up(): void {
    this.addSql(`create index "activity_user_id_kind_at_index" on "activity" ("user_id", "kind", "at")`);
  }
}
