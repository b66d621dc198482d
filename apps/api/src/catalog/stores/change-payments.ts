import type { StorePayments } from "@yumroad/contract";
import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import { lockUserOfSession, type SessionUser } from "../../identity/users/lock-user-of-session.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import { payInstructionsChangedWords } from "../../words/shop-mails.ts";
import { StoreEntity } from "./store.entity.ts";

type PaymentsContext = ActivityContext & MailContext;

interface ChangePaymentsInput {
  owner: SessionUser;
  change: StorePayments;
}

/**
 * Changes how a user's store is paid. Mails the user about other payment instructions, since a thief could redirect the
 * buyers' money. Orders keep the instructions that they were begun with. `not_found`: the user has no store.
 */
export function changePayments(
  ctx: PaymentsContext,
  { owner: session, change }: ChangePaymentsInput,
): Promise<"changed" | "not_found" | "unauthenticated"> {
  return inTransaction(ctx, async (ctx) => {
    const { em } = ctx;
    const owner = await lockUserOfSession(ctx, session);
    if (!owner) return "unauthenticated";
    const store = await em.findOne(StoreEntity, { owner: owner.id });
    if (!store) return "not_found";
    const { payInstructions = store.payInstructions, endsAccessOnDispute = store.endsAccessOnDispute } = change;
    const isRedirected = store.payInstructions !== payInstructions;
    em.assign(store, { payInstructions, endsAccessOnDispute });
    await em.flush();
    if (!isRedirected) return "changed";
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
