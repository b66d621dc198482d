import { Migration } from "@mikro-orm/migrations";

/** Adds an index for reading a store's orders by time, in batches. */
export class OrdersByTime extends Migration {
  override up(): void {
    this.addSql('create index "orders_store_id_created_at_id_index" on "orders" ("store_id", "created_at", "id")');
  }
}
