import { setImmediate } from "node:timers/promises";
import type { BoughtContent, Content, Order } from "@yumroad/contract";
import { contentsOf } from "../../catalog/contents/queries.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Owned } from "../../platform/lib/owned.ts";
import { plainMarkdown, renderMarkdown } from "../../platform/lib/render-markdown.ts";
import { MANUAL } from "../payments/create-manual-provider.ts";
import { hasMismatch, isKeyMailed, itemsOf, lastAttemptOf, type OrderInFull } from "./queries.ts";
import { takenDiscountOf } from "./taken-discount-of.ts";

/** An order as its buyer sees it: with what they bought, once it is paid and as long as the access lasts. */
export async function presentOrder(em: EntityManager, order: Owned<OrderInFull>): Promise<Order> {
  const { currency } = order;
  const items = await itemsOf(em, order.id);
  const accessible = order.state === "paid" ? items.filter(({ hasAccess }) => hasAccess) : [];
  const contents = await Promise.all(
    accessible.map(({ productId }) => (productId === null ? [] : contentsOf(em, productId, "buyer"))),
  );
  const attempt = await lastAttemptOf(em, order.id);
  const canBePaid = order.state !== "paid" && attempt?.state === "open";
  const isManual = order.state !== "paid" && attempt?.provider === MANUAL;
  const words = canBePaid ? order.payInstructions : "";
  const payInstructions = isManual ? words : null;
  return {
    ref: order.ref,
    number: order.number,
    state: order.state,
    isInTrouble: order.trouble !== null,
    isMismatchRefunded: order.state !== "paid" && order.trouble === null && (await hasMismatch(em, order.id)),
    email: order.email,
    items: items.map(({ name, slug, amount, listAmount }) => ({
      ...{ name, slug, price: { amount: listAmount ?? amount, currency } },
    })),
    discount: takenDiscountOf(order),
    total: { amount: order.total, currency },
    refunded: { amount: order.refunded, currency },
    store: { handle: order.storeHandle, name: order.storeName },
    merchantOfRecord: order.merchantOfRecord,
    seller: { name: order.sellerName, address: order.sellerAddress, contact: order.sellerContact },
    consent:
      order.consentText === null || order.consentAt === null
        ? null
        : { text: order.consentText, at: order.consentAt.toISOString() },
    createdAt: order.createdAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    contents: await presentContents(contents.flat()),
    hasAccess: accessible.length > 0,
    payAt: canBePaid ? attempt.payTo : null,
    payInstructions,
    // Before an order is paid, no other mail has a key.
    isHowToPayMailed: isManual && words !== "" && (await isKeyMailed(em, order)),
  };
}

/** Characters of notes that one answer renders. A product can have fifty notes of 20,000; more are shown as written. */
const MOST_RENDERED = 100_000;

/** Other requests come between two notes: each can take milliseconds to render. */
async function presentContents(contents: Content[]): Promise<BoughtContent[]> {
  const presented: BoughtContent[] = [];
  let rendered = 0;
  for (const content of contents) {
    const isNote = content.kind === "note";
    if (isNote && presented.length > 0) await setImmediate();
    rendered += isNote ? content.body.length : 0;
    const toHtml = rendered > MOST_RENDERED ? plainMarkdown : renderMarkdown;
    presented.push({ ...content, bodyHtml: isNote ? toHtml(content.body, 4) : null });
  }
  return presented;
}
