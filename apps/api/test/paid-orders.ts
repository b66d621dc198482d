import { createHmac, randomUUID } from "node:crypto";
import type { Config } from "../src/config/env.ts";
import { demoLogin } from "../src/demo/demo-stores.ts";
import type { Dependencies } from "../src/dependencies.ts";
import { backgroundContext } from "../src/platform/http/background-context.ts";
import { beginCheckout } from "../src/sales/orders/begin-checkout.ts";
import { findForSale } from "../src/sales/orders/queries.ts";
import { DEMO_PROVIDER } from "../src/sales/payments/demo-provider.ts";
import { signWebhook } from "../src/sales/payments/webhook-signature.ts";
import { receiveWebhook } from "../src/sales/webhooks/receive-webhook.ts";

/** The settings of a local demo without mail server: its mails stay in the database, where they can be counted. */
export function demoConfig({ folder, databaseUrl }: { folder: string; databaseUrl: string | null }): Config {
  return {
    ...{ port: 0, host: "127.0.0.1", publicUrl: new URL("http://localhost:3000"), dataDir: folder, databaseUrl },
    ...{
      redisUrl: null,
      redisPrefix: "",
      smtp: null,
      stripe: null,
      signupMode: "instant",
      shopKind: "marketplace",
      consumerLaw: "eu",
      sendFiles: "node",
      trustProxy: 0,
    },
    sessionSecrets: ["a session secret that outlives its process"],
    passwordPeppers: ["a password pepper that outlives its process"],
    ...{ logLevel: "silent", isLocalDemo: true },
  };
}

/** An order whose payment has arrived at the provider, and of which the shop was not told. */
export interface PaidOrder {
  id: string;
  session: string;
}

/** A product of the demo that costs something. */
export async function slugOfDemo({ database }: Dependencies): Promise<string> {
  const [product] = await database.read<{ slug: string }>(
    `select p.slug as "slug" from products p join stores s on s.id = p.store_id join users u on u.id = s.owner_id
     where u.email = ? and p.price_amount > 0 order by p.id limit 1`,
    [demoLogin.email],
  );
  if (!product) throw new Error("The demo has no product");
  return product.slug;
}

/** Orders a product as a new buyer, and pays it without the shop being told. */
export async function beginAndPay(app: Dependencies, slug: string): Promise<PaidOrder> {
  const product = await findForSale(app.database.fork(), slug);
  if (product === null || app.demoProvider === null) throw new Error("The demo can't sell");
  const email = `${randomUUID()}@buyer.example`;
  const seenPrice = { amount: product.priceAmount, currency: product.priceCurrency };
  const terms = { seenPrice, seenPricing: product.pricing, hasConsented: true };
  const input = { email, ...terms, attempt: randomUUID() };
  const order = { product, buyer: null, total: seenPrice.amount, discount: null, input, known: null, keyIds: [] };
  const outcome = await beginCheckout(backgroundContext(app), order);
  if (outcome.kind !== "begun") throw new Error(`The checkout answered ${outcome.kind}`);
  const session = outcome.payAt?.split("/").at(-1) ?? "";
  await app.demoProvider.act(session, { outcome: "pay", isUntold: true });
  const sql = `select id as "id" from orders where ref = ?`;
  const [row] = await app.database.read<{ id: string }>(sql, [outcome.order.ref]);
  return { id: row?.id ?? "", session };
}

/** Receives the webhook of a payment, as the provider signs it. */
export function hearOf(app: Dependencies, session: string): Promise<unknown> {
  const [secret = ""] = app.config.sessionSecrets;
  const key = createHmac("sha256", secret).update("yumroad demo payments").digest("hex");
  const raw = Buffer.from(JSON.stringify({ id: `event-${session}`, kind: "payment.paid", session }));
  const headers = { "demo-signature": signWebhook(raw.toString(), { secret: key, now: app.clock.now() }) };
  return receiveWebhook(backgroundContext(app), { provider: DEMO_PROVIDER, raw, headers });
}
