import { randomUUID } from "node:crypto";
import type { Sale } from "@yumroad/contract";
import { expect, it, onTestFinished, vi } from "vitest";
import { createDemoSale } from "../../../test/demo-sale.ts";
import { ProviderUnavailable } from "../payments/payment-provider.ts";

it("R89: orders whose provider stalls hold up neither other orders nor refunds", async () => {
  const shop = await createDemoSale();
  onTestFinished(shop.app.close);
  const { demoProvider, workers } = shop.app.dependencies;
  if (!demoProvider) throw new Error("The demo has a provider");
  const refunded = await shop.buy();
  vi.spyOn(demoProvider, "refund").mockRejectedValueOnce(new ProviderUnavailable("not now"));
  const json = { amount: 700, endsAccess: false, reason: "", attempt: randomUUID() };
  await shop.seller.post(`/api/sales/${refunded.ref}/refunds`, { json });

  const stalled = [await shop.begin(), await shop.begin(), await shop.begin()].map(({ session }) => session);
  const { buyer, session, order } = await shop.begin();
  await buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
  const { look } = demoProvider;
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  vi.spyOn(demoProvider, "look").mockImplementation(async (asked) => {
    if (stalled.includes(asked)) await answered;
    return look(asked);
  });
  shop.app.clock.advance("3m");
  const sweep = workers.orderCheck.run();
  await expect.poll(async () => (await order()).state).toBe("paid");
  await workers.refunds.run();
  const sale = (await shop.seller.get<Sale>(`/api/sales/${refunded.ref}`)).json;
  expect(sale.refunds).toMatchObject([{ state: "done" }]);
  answer();
  await sweep;
});
