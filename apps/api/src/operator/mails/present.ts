import type { MailState, QueuedMail } from "@yumroad/contract";
import { hideAddress } from "./hide-address.ts";
import { hideSecrets } from "./hide-secrets.ts";
import type { ListedMail } from "./queries.ts";

/** A mail for the operator: who it is for can be recognised but not read, and nothing tells what is in it (R85). */
export function presentMail(mail: ListedMail, now: number): QueuedMail {
  const { id, kind, toAddress, attempts, lastError, createdAt, sentAt, nextAttemptAt } = mail;
  return {
    id,
    kind,
    to: hideAddress(toAddress),
    state: stateOf(mail, now),
    attempts,
    error: lastError ? hideSecrets(lastError, toAddress) : null,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
  };
}

/** The state of a mail at a time. `isInState` in `queries.ts` finds mails by the same rules. */
function stateOf(mail: ListedMail, now: number): MailState {
  const { sentAt, givenUpAt, nextAttemptAt, claimedUntil, attempts } = mail;
  if (sentAt !== null) return "sent";
  if (givenUpAt !== null) return "given_up";
  if (nextAttemptAt === null) return "in_tray";
  if (claimedUntil && claimedUntil.getTime() > now) return "sending";
  return attempts === 0 ? "queued" : "failing";
}
