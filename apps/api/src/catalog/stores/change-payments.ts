import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { lockUserOfSession, type SessionUser } from "../../identity/users/lock-user-of-session.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { payInstructionsChangedWords } from "../../words/shop-mails.ts";
import { StoreEntity } from "./store.entity.ts";

type PaymentsContext = ActivityContext & MailContext;

interface ChangePaymentsInput {
  owner: SessionUser;
  payInstructions: string;
}

/**
 * Changes the payment instructions of a user's store, and mails the user, since a thief could redirect the buyers' money.
 * Orders keep the instructions that they were begun with. `not_found`: the user has no store.
 */
export function changePayments(
  ctx: PaymentsContext,
  { owner: session, payInstructions }: ChangePaymentsInput,
): Promise<"changed" | "not_found" | "unauthenticated"> {
  return inTransaction(ctx, async (ctx) => {
    const { em } = ctx;
    const owner = await lockUserOfSession(ctx, session);
    if (!owner) return "unauthenticated";
    const store = await em.findOne(StoreEntity, { owner: owner.id });
    if (!store) return "not_found";
    if (store.payInstructions === payInstructions) return "changed";
    em.assign(store, { payInstructions });
    await em.flush();
    await recordActivity(ctx, { kind: "pay_instructions_changed", userId: owner.id });
    await tellOwner(ctx, owner.email);
    return "changed";
  });
}

/** Does not repeat the new words: a thief would have chosen them. */
function tellOwner(ctx: MailContext, to: string): Promise<unknown> {
  const words = payInstructionsChangedWords();
  const button = { label: words.buttonLabel, path: "/settings/store" };
  return enqueueMail(ctx, { kind: "pay_instructions_changed", to, ...words, button });
}
