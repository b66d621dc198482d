import type { Limits } from "../../config/limits.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { formatDay } from "../../platform/lib/format-day.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { deletionAskedWords } from "../../words/account-mails.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { isLastOperator } from "../users/is-last-operator.ts";
import { lockUser } from "../users/lock-user.ts";

type DeletionContext = ActivityContext &
  MailContext & {
    limits: Pick<Limits, "deletionGrace">;
    sessionStore: SessionStore;
    accountExtension: AccountExtension;
  };

/**
 * Schedules an account's deletion for the end of the grace period, and hides the account at once: unpublishes its
 * products and ends every session, pending ones included. An account that has to be kept for longer than the grace period
 * is deleted when that ends. A second request does not postpone the deletion. Throws SessionStoreUnavailable if the
 * session store can't be reached; a repeated call is safe. Returns the time of the deletion; null: there is no such user.
 * Refuses for the last operator.
 */
export async function requestDeletion(ctx: DeletionContext, userId: string): Promise<Date | "last_operator" | null> {
  // Checks the session store first: if it can't be reached, nothing changes.
  await ctx.sessionStore.assertWritable();
  const deletionAt = await inTransaction(ctx, async (ctx) => {
    const { em, clock, limits, accountExtension } = ctx;
    const user = await lockUser(em, userId);
    if (!user || user.deletionAt) return user?.deletionAt ?? null;
    if (await isLastOperator(em, user)) return "last_operator";
    const now = clock.now();
    const graceEnd = new Date(now + limits.deletionGrace);
    const keptUntil = await accountExtension.keptUntil(em, userId);
    const isKept = keptUntil !== null && keptUntil > graceEnd;
    user.deletionAt = isKept ? keptUntil : graceEnd;
    user.deletionAskedAt = new Date(now);
    user.updatedAt = new Date(now);
    await accountExtension.closed(em, userId, new Date(now));
    await recordActivity(ctx, { kind: "user_deletion_asked", userId });
    await notifyOwner(ctx, { to: user.email, day: formatDay(user.deletionAt), isKept });
    return user.deletionAt;
  });
  if (deletionAt instanceof Date) await ctx.sessionStore.endAllOf(userId);
  return deletionAt;
}

interface Notice {
  to: string;
  day: string;
  /** True if the account stays longer than others, for its sales. */
  isKept: boolean;
}

function notifyOwner(ctx: MailContext, { to, day, isKept }: Notice): Promise<unknown> {
  const words = deletionAskedWords({ day, isKept });
  const button = { label: words.buttonLabel, path: "/settings/data" };
  return enqueueMail(ctx, { kind: "deletion_asked", to, ...words, button });
}
