import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { makeUndeliverableEmail } from "../../platform/mail/undeliverable-email.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { removeFactors } from "../passkeys/remove-factors.ts";
import { consumeToken, peekToken } from "../tokens/consume-token.ts";
import { MailedTokenEntity } from "../tokens/mailed-token.entity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { revokeKnownBrowsers } from "../users/known-browsers.ts";
import { emailKeyOf, type UserRow } from "../users/user.entity.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

export type DisownOutcome = { kind: "disowned" | "called_off" } | { kind: "refused"; userId: string | null };

/** What no password is hashed to, so that nobody knows it. */
const NO_PASSWORD = "disowned";

/**
 * “I didn’t create this account”, by the link that was to confirm its address: shuts the account, takes it out of sight,
 * and frees the address, so that its owner can sign up. Only while nobody has proven the address: then it is an account
 * that its owner has used. Of a change of address it calls off that change alone.
 */
export async function disownAccount(parts: Parts, token: string, origin: ClientInfo): Promise<DisownOutcome> {
  const { em, clock, sessionStore } = parts;
  const claim = { token, purposes: ["verify_email", "change_email"] } as const;
  const look = await peekToken(em.fork(), { clock }, claim);
  if (look.kind === "refused") return look;
  const { id: userId } = look.user;
  const isOfAccount = look.token.purpose === "verify_email";

  // Before and after, for the reasons given in `disableUser`.
  if (isOfAccount) await sessionStore.endAllOf(userId);
  const outcome = await em.fork().transactional(async (transaction): Promise<DisownOutcome> => {
    const used = await consumeToken(transaction, { clock }, claim);
    if (used.kind === "refused") return used;
    const events = { em: transaction, clock };
    if (!isOfAccount) {
      await recordActivity(events, origin, { kind: "authn_email_change_undone", userId });
      return { kind: "called_off" };
    }
    if (used.user.emailVerifiedAt) return { kind: "refused", userId };
    await shut({ em: transaction, accountExtension: parts.accountExtension }, used.user, new Date(clock.now()));
    await recordActivity(events, origin, { kind: "user_disowned", userId });
    return { kind: "disowned" };
  });
  if (outcome.kind !== "disowned") return outcome;
  await sessionStore.endAllOf(userId);
  return outcome;
}

/** Also of what could open it again should an operator enable it: nobody would get in. */
async function shut(
  { em, accountExtension }: Pick<Parts, "em" | "accountExtension">,
  user: UserRow,
  now: Date,
): Promise<void> {
  const email = makeUndeliverableEmail();
  em.assign(user, {
    email,
    emailKey: emailKeyOf(email),
    passwordHash: NO_PASSWORD,
    disabledAt: now,
    updatedAt: now,
  });
  await em.flush();
  await em.nativeUpdate(MailedTokenEntity, { user: user.id, endedAt: null }, { endedAt: now });
  await removeFactors(em, user.id);
  await revokeKnownBrowsers(em, user.id);
  await accountExtension.closed(em, user.id, now);
}
