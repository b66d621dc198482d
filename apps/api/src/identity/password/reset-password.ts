import { isSafeNext, type PasswordReset } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import type { Grant } from "../auth/known-browser-cookie.ts";
import { grantBy } from "../auth/unlock-browser.ts";
import { removeFactors } from "../passkeys/remove-factors.ts";
import { consumeToken, peekToken } from "../tokens/consume-token.ts";
import type { MailedTokenRow } from "../tokens/mailed-token.entity.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { type BrowserCounts, revokeKnownBrowsers } from "../users/known-browsers.ts";
import { passwordWeakness } from "../users/password-rules.ts";
import type { UserRow } from "../users/user.entity.ts";
import { notifyPasswordReset } from "./notify-password-change.ts";

interface Parts extends MailParts {
  em: EntityManager;
  hasher: PasswordHasher;
  limits: Pick<Limits, "triesByLink">;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
}

export type ResetOutcome =
  /** `next`: the page that was to be come back to when the link was asked for; null for none. */
  | { kind: "reset"; userId: string; email: string; next: string | null; grant: Grant }
  | { kind: "weak_password"; reason: string }
  | { kind: "refused"; userId: string | null };

const PURPOSES = ["reset_password", "recover_account"] as const;

/**
 * Gives an account the password that its owner chooses with a mailed link. It ends all sessions, known browsers and every
 * other link but those that undo a change of address or only allow tries, logs nobody in, and leaves second factors alone,
 * unless it is what first proves the address (R63). A password that is too weak leaves the link as good as it was. The browser in
 * which it is done has some tries of its own for the new password (R56).
 */
export async function resetPassword(
  parts: Parts,
  { token, password }: PasswordReset,
  origin: ClientInfo,
): Promise<ResetOutcome> {
  const { em, clock, hasher, sessionStore } = parts;
  const claim = { token, purposes: PURPOSES };
  const look = await peekToken(em.fork(), { clock }, claim);
  if (look.kind === "refused") return look;
  const reason = await passwordWeakness(password, look.user);
  if (reason !== null) return { kind: "weak_password", reason };
  // Outside of the transaction: it takes a while, and others want to write.
  const passwordHash = await hasher.hash(password);

  // Before and after, for the reasons given in `disableUser`.
  await sessionStore.endAllOf(look.user.id);
  const outcome = await em.fork().transactional(async (transaction): Promise<ResetOutcome> => {
    const used = await consumeToken(transaction, { clock }, claim);
    if (used.kind === "refused") return used;
    const { revoked } = await store(transaction, parts, origin, { ...used, passwordHash });
    const { id: userId, email } = used.user;
    const { next } = used.token;
    // Or strangers would have used up what there is by the time that the owner logs in.
    const grant = grantBy(used.token, parts, { accountId: userId, revoked, triesFor: "passwords" });
    return { kind: "reset", userId, email, next: isSafeNext(next) ? next : null, grant };
  });
  await sessionStore.endAllOf(look.user.id);
  return outcome;
}

async function store(
  em: EntityManager,
  parts: Parts,
  origin: ClientInfo,
  { user, token, passwordHash }: { user: UserRow; token: MailedTokenRow; passwordHash: string },
): Promise<Pick<BrowserCounts, "revoked">> {
  const { clock } = parts;
  const now = new Date(clock.now());
  const proves = !user.emailVerifiedAt && token.emailKey === user.emailKey;
  em.assign(user, { passwordHash, passwordChangedAt: now, updatedAt: now });
  // Whoever reads the mails of an address has it. Until now anybody may have made this account, and ways into it.
  if (proves) em.assign(user, { emailVerifiedAt: now });
  await em.flush();
  const floor = await revokeKnownBrowsers(em, user.id);
  if (proves) await removeFactors(em, user.id);
  // Not the links that undo a change of address: somebody who has taken the address over could end the owner's so.
  await revokeTokens({ em, clock }, user.id, [...PURPOSES, "verify_email", "change_email", "not_me"]);
  await notifyPasswordReset(em, parts, user, { proves });
  await recordActivity({ em, clock }, origin, { kind: "authn_password_reset", userId: user.id });
  if (proves) await recordActivity({ em, clock }, origin, { kind: "authn_email_verified", userId: user.id });
  return floor;
}
