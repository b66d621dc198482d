import { Migration } from "@mikro-orm/migrations";

/** Adds the seller's words on how to pay to each order. Orders from before have none, as no seller could write them. */
export class PayInstructionsOfOrders extends Migration {
  override up(): void {
    this.addSql("alter table `orders` add column `pay_instructions` text not null default ''");
  }
}
