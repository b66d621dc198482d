import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import type { Database } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import { enqueueMail, type MailQueue } from "../../platform/mail/enqueue-mail.ts";
import { purchasesWords } from "../../words/order-mails.ts";
import { OrderEntity } from "../orders/order.entity.ts";
import { LIFETIME_MS, MOST_ORDERS } from "./open-purchases.ts";
import { PurchaseLinkEntity } from "./purchase-link.entity.ts";

interface LinkParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  mailer: MailQueue;
}

const BATCH = 50;

/**
 * Mails the links to purchases that were asked for. The orders are looked up here, where nobody waits for the answer: the
 * time that an answer takes does not tell whether an email has bought anything.
 */
export async function sendPurchaseLinks(parts: LinkParts, isStopping: () => boolean): Promise<void> {
  const { database, logger } = parts;
  const asked = await database
    .fork()
    .find(PurchaseLinkEntity, { sentAt: null }, { orderBy: { id: "asc" }, limit: BATCH });
  for (const { id } of asked) {
    if (isStopping()) return;
    await sendOne(parts, id).catch((error: Error) =>
      logger.warn({ error: error.message }, "could not send a link to purchases yet"),
    );
  }
}

function sendOne(parts: LinkParts, id: string): Promise<void> {
  return inTransaction(backgroundContext(parts), async (ctx) => {
    const { em, clock } = ctx;
    const key = newToken();
    const sent = { sentAt: new Date(clock.now()), keyHash: hashOfToken(key) };
    // Of several processes, one sends.
    if ((await em.nativeUpdate(PurchaseLinkEntity, { id, sentAt: null }, sent)) === 0) return;
    const link = await em.findOneOrFail(PurchaseLinkEntity, id);
    const count = await em.count(OrderEntity, { emailKey: link.emailKey, state: "paid" });
    if (count === 0) {
      await em.nativeDelete(PurchaseLinkEntity, { id });
      return;
    }
    const words = purchasesWords({ count, most: MOST_ORDERS, linkMs: LIFETIME_MS });
    await enqueueMail(ctx, {
      kind: "find_purchases",
      to: link.email,
      ...words,
      button: { label: words.buttonLabel, path: `/find-purchases#key=${key}` },
    });
  });
}
