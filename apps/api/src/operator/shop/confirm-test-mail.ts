import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { storeMailConfirmed } from "../../shop/mail-confirmation.ts";
import { consumeShopToken } from "../tokens/shop-token.ts";

type ConfirmContext = Pick<Context, "em"> & { clock: Clock; mailer: Pick<Mailer, "settingsId"> };

/**
 * Stores that the shop's mails arrive, as the link of a test mail proves. False: the link is not valid, because it was
 * used, has expired, or a newer test mail has replaced it.
 */
export function confirmTestMail(ctx: ConfirmContext, token: string): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    if (!(await consumeShopToken(ctx, { purpose: "mail_check", token }))) return false;
    await storeMailConfirmed(ctx.em, ctx.mailer, new Date(ctx.clock.now()));
    return true;
  });
}
