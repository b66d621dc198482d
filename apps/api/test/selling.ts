import { randomUUID } from "node:crypto";
import type { Order, Product } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import type { Person, TestApp } from "./test-app.ts";

export const PAY_INSTRUCTIONS = "Send it to\nIBAN DE02 1203 0000 0000 2020 51";
export const LEGAL_DETAILS = { legalName: "Plum Ltd", legalAddress: "1 Road\nTown" };

/** The page and the token of the link in the test mail that was just sent. It is sent at once, past the outbox. */
export function linkOfTestMail(app: TestApp, address: string): { path: string; token: string } {
  const url = new URL(app.mailbox.server.last(address).link());
  return { path: url.pathname, token: new URLSearchParams(url.hash.slice(1)).get("token") ?? "" };
}

/** Confirms by a test mail of an operator that the mails of a shop arrive. */
export async function confirmMail(app: TestApp, { client, email }: Person): Promise<void> {
  await client.post("/api/operator/test-mail");
  const { token } = linkOfTestMail(app, email);
  const answer = await app.visitor().post("/api/operator/test-mail/confirm", { json: { token } });
  if (answer.status !== 204) throw new Error(`Confirming a test mail answered ${answer.status}: ${answer.text}`);
}

/** Adds a product for EUR 19.00 with a note, which opens the seller's store. */
export async function addProduct({ client }: Person): Promise<Product> {
  const json = { name: "Field notes", price: { amount: 1900, currency: "EUR" } };
  const { json: product } = await client.post<Product>("/api/products", { json });
  const note = { kind: "note", title: "Thank you", body: "The secret" };
  await client.post(`/api/products/${product.slug}/contents`, { json: note });
  return product;
}

/** Fills in what a seller has to say before buyers can pay outside of the shop. */
export async function setUpSelling({ client }: Person): Promise<void> {
  await client.patch("/api/me/store", { json: LEGAL_DETAILS });
  await client.patch("/api/me/store/payments", { json: { payInstructions: PAY_INSTRUCTIONS } });
}

/** Orders a product in a browser; the answer may be a refusal. */
export function order<Answer>(
  buyer: Client,
  { slug, price }: Product,
  { email = "buyer@example.com", attempt = randomUUID() }: { email?: string; attempt?: string } = {},
) {
  const json = { email, seenPrice: price, hasConsented: true, attempt };
  return buyer.post<Answer>(`/api/products/${slug}/checkout`, { json });
}

/** A buyer who has ordered a product, and how the order looks to them. */
export async function orderInNewBrowser(
  app: TestApp,
  product: Product,
  more: { email?: string; attempt?: string } = {},
) {
  const buyer = app.visitor();
  const { json, status, text } = await order<{ ref: string }>(buyer, product, more);
  if (status !== 201) throw new Error(`The checkout answered ${status}: ${text}`);
  const look = async () => (await buyer.get<Order>(`/api/orders/${json.ref}`)).json;
  return { ref: json.ref, look };
}
