import { inTransaction } from "../../platform/http/context.ts";
import { makeUndeliverableEmail } from "../../platform/mail/undeliverable-email.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ActivityContext, recordActivity } from "../activity/record-activity.ts";
import { removeFactors } from "../passkeys/remove-factors.ts";
import { consumeToken, peekToken, type TokenClaim } from "../tokens/consume-token.ts";
import type { TokenContext } from "../tokens/issue-token.ts";
import { MailedTokenEntity } from "../tokens/mailed-token.entity.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { endingSessions } from "../users/ending-sessions.ts";
import { revokeKnownBrowsers } from "../users/known-browsers.ts";
import { emailKeyOf, type UserRow } from "../users/user.entity.ts";

type DisownContext = ActivityContext &
  TokenContext & { sessionStore: SessionStore; accountExtension: AccountExtension };

export type DisownOutcome = { kind: "disowned" | "called_off" } | { kind: "refused"; userId: string | null };

/** Stored in place of a password hash: no password matches it. */
export const DISOWNED_PASSWORD_HASH = "disowned";

/**
 * Handles “I didn’t create this account”. The reader of an address reports this by the link in the mail that asks to
 * confirm the address. Closes the account, unpublishes its products, and frees the address, so that its reader can sign
 * up. Refuses if the address is verified, because its reader has then used the account. Refuses for an operator, whose
 * unconfirmed mailbox a stranger may read: the shop would lose its operator. If the link confirms a change of address,
 * only that change is cancelled.
 */
export async function disownAccount(ctx: DisownContext, token: string): Promise<DisownOutcome> {
  const claim: TokenClaim = { token, purposes: ["verify_email", "change_email"] };
  const look = await peekToken(ctx, claim);
  if (look.kind === "refused") return look;
  if (look.token.purpose === "change_email") return inTransaction(ctx, (ctx) => callOffChange(ctx, claim));
  const { id: userId } = look.user;
  // Before the sessions end. `disown` asks again, because the account may become an operator in between.
  if (!isDisownable(look.user)) return { kind: "refused", userId };
  return endingSessions(ctx, { userId }, () => inTransaction(ctx, (ctx) => disown(ctx, claim)));
}

async function callOffChange(ctx: DisownContext, claim: TokenClaim): Promise<DisownOutcome> {
  const used = await consumeToken(ctx, claim);
  if (used.kind === "refused") return used;
  await recordActivity(ctx, { kind: "authn_email_change_undone", userId: used.user.id });
  return { kind: "called_off" };
}

async function disown(ctx: DisownContext, claim: TokenClaim): Promise<DisownOutcome> {
  const used = await consumeToken(ctx, claim);
  if (used.kind === "refused") return used;
  const { user } = used;
  if (!isDisownable(user)) return { kind: "refused", userId: user.id };
  await shut(ctx, user);
  await recordActivity(ctx, { kind: "user_disowned", userId: user.id });
  return { kind: "disowned" };
}

function isDisownable({ emailVerifiedAt, operatorSince }: UserRow): boolean {
  return emailVerifiedAt === null && operatorSince === null;
}

/**
 * Disables the account and removes its password and factors, so that every login fails even after an operator enables
 * the account again.
 */
async function shut(ctx: DisownContext, user: UserRow): Promise<void> {
  const { em, clock, accountExtension } = ctx;
  const now = new Date(clock.now());
  const email = makeUndeliverableEmail();
  em.assign(user, {
    email,
    emailKey: emailKeyOf(email),
    passwordHash: DISOWNED_PASSWORD_HASH,
    disabledAt: now,
    updatedAt: now,
  });
  await em.flush();
  await em.nativeUpdate(MailedTokenEntity, { user: user.id, endedAt: null }, { endedAt: now });
  await removeFactors(em, user.id);
  await revokeKnownBrowsers(em, user.id);
  await accountExtension.closed(em, user.id, now);
}
