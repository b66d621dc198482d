import type { QueuedMail } from "@yumroad/contract";
import { hideAddress } from "./hide-address.ts";
import { hideSecrets } from "./hide-secrets.ts";
import { stateOf } from "./mail-state.ts";
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
