import type { Problem } from "@yumroad/contract";
import { expect, it, onTestFinished, vi } from "vitest";
import { createDemoSale } from "../../../test/demo-sale.ts";
import { signedByDemo, signedWebhook } from "../../../test/signed-webhook.ts";
import { ProviderUnavailable } from "../payments/payment-provider.ts";

it("R93: a webhook that comes while the provider can't be asked leaves nothing, and counts when it comes again", async () => {
  const shop = await createDemoSale();
  onTestFinished(shop.app.close);
  const { demoProvider, database } = shop.app.dependencies;
  if (!demoProvider) throw new Error("The demo has a provider");
  const { buyer, session, order } = await shop.begin();
  await buyer.post(`/api/demo-payments/${session}`, { json: { outcome: "pay", isUntold: true } });
  const hear = (id = "event-1") =>
    shop.app.visitor().post<Problem>("/webhooks/demo", signedWebhook(shop.app, { id, session }));
  const events = () => database.read("select event_id from payment_events", []);

  vi.spyOn(demoProvider, "look").mockRejectedValueOnce(new ProviderUnavailable("not now"));
  const refused = await hear();
  expect([refused.status, refused.json.code, refused.headers["retry-after"]]).toEqual([
    503,
    "payments_unavailable",
    "10",
  ]);
  expect(await events()).toEqual([]);
  expect(await order()).toMatchObject({ state: "open" });

  expect((await hear()).status).toBe(204);
  expect(await events()).toHaveLength(1);
  expect(await order()).toMatchObject({ state: "paid" });

  // One that changes nothing is logged too.
  expect((await hear("event-2")).status).toBe(204);
  expect(await events()).toHaveLength(2);
});

it("R93: a webhook that is signed but can't be read is refused", async () => {
  const shop = await createDemoSale();
  onTestFinished(shop.app.close);
  const answer = await shop.app.visitor().post<Problem>("/webhooks/demo", signedByDemo(shop.app, "{"));
  expect([answer.status, answer.json.code]).toEqual([400, "webhook_invalid"]);
});
