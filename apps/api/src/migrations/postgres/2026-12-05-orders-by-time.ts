import { Migration } from "@mikro-orm/migrations";

/** Adds indexes for reading a store's orders in pages: by time, and in the order of ids. */
export class OrdersByTime extends Migration {
  override up(): void {
    this.addSql('create index "orders_store_id_created_at_id_index" on "orders" ("store_id", "created_at", "id")');
    this.addSql('create index "orders_store_id_id_index" on "orders" ("store_id", "id")');
  }
}
