import { Migration } from "@mikro-orm/migrations";

/** Indexes account events by user, kind and time, so that the events of one kind in a day can be counted. */
export class ActivityOfAKind extends Migration {
  override up(): void {
    this.addSql("create index `activity_user_id_kind_at_index` on `activity` (`user_id`, `kind`, `at`)");
  }
}
