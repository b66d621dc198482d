import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { MailedTokenEntity } from "../tokens/mailed-token.entity.ts";
import { emailKeyOf, UserEntity } from "../users/user.entity.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
}

/** The address that a user has asked for and not confirmed yet; null for none. */
export async function findPendingEmail({ em, clock }: Parts, userId: string): Promise<string | null> {
  const isPending = { endedAt: null, expiresAt: { $gt: new Date(clock.now()) } };
  const token = await em
    .fork()
    .findOne(MailedTokenEntity, { user: userId, purpose: "change_email", ...isPending }, { fields: ["email"] });
  return token?.email ?? null;
}

/**
 * Whether an address is somebody else's than the one who asks: of an account, or the former one of an account for as
 * long as that change can be undone.
 */
export async function isEmailTaken(
  { em, clock }: Parts,
  email: string,
  { askedBy }: { askedBy: string | null },
): Promise<boolean> {
  const emailKey = emailKeyOf(email);
  const [ofAccount, ofChange] = askedBy === null ? [{}, {}] : [{ id: { $ne: askedBy } }, { user: { $ne: askedBy } }];
  if ((await em.fork().count(UserEntity, { emailKey, ...ofAccount })) > 0) return true;
  const canBeUndone = { endedAt: null, expiresAt: { $gt: new Date(clock.now()) } };
  const reserved = { emailKey, purpose: "undo_email_change", ...canBeUndone } as const;
  return (await em.fork().count(MailedTokenEntity, { ...reserved, ...ofChange })) > 0;
}
