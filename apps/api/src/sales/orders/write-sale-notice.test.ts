import { expect, it, onTestFinished } from "vitest";
import { createDemoSale } from "../../../test/demo-sale.ts";

it("R94: the seller is told of at most twenty free orders a day", async () => {
  const shop = await createDemoSale({ price: { amount: 0, currency: "EUR" } });
  onTestFinished(shop.app.close);
  for (let count = 0; count < 21; count += 1) await shop.begin();
  const sql = "select id from mails where kind = 'sale'";
  expect(await shop.app.dependencies.database.read(sql, [])).toHaveLength(20);
  expect((await shop.mailTo("mira@demo.example"))?.text).toContain("won’t email you about more of them");
});
