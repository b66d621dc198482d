import type { Context } from "../../platform/http/context.ts";
import { MailedTokenEntity } from "../tokens/mailed-token.entity.ts";
import { emailKeyOf, UserEntity } from "../users/user.entity.ts";

type QueryContext = Pick<Context, "em" | "clock">;

/** Returns the requested new address that is not confirmed yet; null: none. */
export async function findPendingEmail({ em, clock }: QueryContext, userId: string): Promise<string | null> {
  const isPending = { endedAt: null, expiresAt: { $gt: new Date(clock.now()) } };
  const token = await em
    .fork()
    .findOne(MailedTokenEntity, { user: userId, purpose: "change_email", ...isPending }, { fields: ["email"] });
  return token?.email ?? null;
}

/**
 * Tells if an address belongs to an account other than `askedBy` (null: to any account): as the current address, or as
 * the former address while the change of address can still be undone.
 */
export async function isEmailTaken(
  { em, clock }: QueryContext,
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
