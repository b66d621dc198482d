import { randomUUID } from "node:crypto";
import type { Order, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import type { Limits } from "../src/config/limits.ts";
import { demoLogin } from "../src/demo/demo-stores.ts";
import { createTestApp, type TestApp } from "./test-app.ts";

const PRICE = { amount: 1900, currency: "EUR" } as const;

/** A local demo with its seller, who has a product with a note, and buyers. */
export interface DemoSale {
  app: TestApp;
  seller: Client;
  product: Product;
  /** Orders the product in a new browser, or in the given one. */
  begin(more?: object, buyer?: Client): Promise<BegunSale>;
  /** Orders the product and pays it; the shop is told by its own question. */
  buy(more?: object): Promise<BegunSale>;
  /** The newest mail to an address, and the newest to anybody. */
  mailTo(email: string): Promise<{ subject: string; text: string } | null>;
}

export interface BegunSale {
  buyer: Client;
  ref: string;
  email: string;
  session: string;
  order(): Promise<Order>;
}

let buyers = 0;

export async function createDemoSale(
  options: { price?: object; limits?: Partial<Limits>; webAppFolder?: string } = {},
): Promise<DemoSale> {
  const app = await createTestApp({ ...options, isLocalDemo: true });
  const seller = (await app.logIn(demoLogin)).client;
  const json = { name: "Field notes", price: options.price ?? PRICE };
  const { json: product } = await seller.post<Product>("/api/products", { json });
  const note = { kind: "note", title: "Thank you", body: "The secret" };
  await seller.post(`/api/products/${product.slug}/contents`, { json: note });

  async function begin(more: object = {}, buyer = app.visitor()): Promise<BegunSale> {
    buyers += 1;
    const email = `buyer-${buyers}@example.com`;
    const asked = { email, seenPrice: product.price, hasConsented: true, attempt: randomUUID(), ...more };
    const answer = await buyer.post<{ ref: string; payAt: string | null }>(`/api/products/${product.slug}/checkout`, {
      json: asked,
    });
    if (answer.status !== 201) throw new Error(`The checkout answered ${answer.status}: ${answer.text}`);
    const { ref, payAt } = answer.json;
    const order = async () => (await buyer.get<Order>(`/api/orders/${ref}`)).json;
    return { buyer, ref, email: asked.email, session: payAt?.split("/").at(-1) ?? "", order };
  }

  return {
    app,
    seller,
    product,
    begin,
    async buy(more) {
      const begun = await begin(more);
      await begun.buyer.post(`/api/demo-payments/${begun.session}`, { json: { outcome: "pay", isUntold: true } });
      await begun.buyer.post(`/api/orders/${begun.ref}/check`);
      return begun;
    },
    async mailTo(email) {
      const em = app.dependencies.database.fork();
      const [row] = await em.execute<{ id: string; subject: string; body: string }[]>(
        "select id, subject, body from mails where to_address = ? order by id desc limit 1",
        [email],
      );
      if (!row) return null;
      const { text } = JSON.parse(app.dependencies.mailer.box.open(row.body, row.id)) as { text: string };
      return { subject: row.subject, text };
    },
  };
}

/** The token of the link in a mail, by the name it has in the fragment. */
export function tokenIn(mail: { text: string } | null, name: "key" | "undo" = "key"): string {
  return new RegExp(`#${name}=([\\w-]+)`).exec(mail?.text ?? "")?.[1] ?? "";
}
