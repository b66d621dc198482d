import type { MailState } from "@yumroad/contract";
import type { MailRow } from "../../platform/mail/mail.entity.ts";
import { unclaimedAt } from "../../platform/mail/outbox.ts";
import { IN_TRAY } from "../../platform/mail/queries.ts";

type StatefulMail = Pick<MailRow, "sentAt" | "givenUpAt" | "nextAttemptAt" | "claimedUntil" | "attempts">;

/** The state of a mail at a time. `isInState` finds mails by the same rules. */
export function stateOf(mail: StatefulMail, now: number): MailState {
  const { sentAt, givenUpAt, nextAttemptAt, claimedUntil, attempts } = mail;
  if (sentAt !== null) return "sent";
  if (givenUpAt !== null) return "given_up";
  if (nextAttemptAt === null) return "in_tray";
  if (claimedUntil && claimedUntil.getTime() > now) return "sending";
  return attempts === 0 ? "queued" : "failing";
}

/** The condition of the mails that are in a state at a time. */
export function isInState(state: MailState, now: Date) {
  const isWaiting = { sentAt: null, givenUpAt: null, nextAttemptAt: { $ne: null } };
  switch (state) {
    case "sent":
      return { sentAt: { $ne: null } };
    case "given_up":
      return { sentAt: null, givenUpAt: { $ne: null } };
    case "in_tray":
      return IN_TRAY;
    case "sending":
      return { ...isWaiting, claimedUntil: { $gt: now } };
    case "queued":
      return { ...isWaiting, ...unclaimedAt(now), attempts: 0 };
    case "failing":
      return { ...isWaiting, ...unclaimedAt(now), attempts: { $gt: 0 } };
  }
}
