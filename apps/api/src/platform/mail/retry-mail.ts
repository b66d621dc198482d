import type { Context } from "../http/context.ts";
import { MailEntity } from "./mail.entity.ts";
import type { Mailer } from "./mailer.ts";
import { unclaimedAt } from "./outbox.ts";

/**
 * Makes a mail due now that waits for its next attempt or was given up. A mail that a process is sending stays as it
 * is: its claim and the number of its attempts are left alone, so it is not sent by two processes. The same holds for a
 * mail that was sent, that stays in the mail tray, or whose text was deleted. False: the mail stays as it is.
 */
export async function retryMail(
  { em, clock, mailer }: Pick<Context, "em" | "clock"> & { mailer: Pick<Mailer, "worker"> },
  id: string,
): Promise<boolean> {
  const now = new Date(clock.now());
  const isWaiting = { $or: [{ nextAttemptAt: { $ne: null } }, { givenUpAt: { $ne: null } }] };
  const which = { id, sentAt: null, body: { $ne: "" }, $and: [isWaiting, unclaimedAt(now)] };
  const changed = await em.nativeUpdate(MailEntity, which, { nextAttemptAt: now, givenUpAt: null });
  if (changed === 1) mailer.worker.nudge();
  return changed === 1;
}
