import type { Context } from "../../platform/http/context.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { lockUser } from "../users/lock-user.ts";
import { UserEntity, type UserRow } from "../users/user.entity.ts";

/** The reason why no factor can be added to an account. */
export type SetupRefusal = "email_unverified" | "unauthenticated";

/**
 * The owner of an account to which a factor is added. `passwordChangedAt`: time of the last password change when the
 * request began, in milliseconds since 1970; null: never changed.
 */
export interface FactorOwner {
  id: string;
  passwordChangedAt: number | null;
}

export type FactorOwnerContext = Pick<Context, "em"> & { mailer: Pick<Mailer, "way"> };

/**
 * Checks that a factor may be added to an account. If the server sends mail, the account's address has to be verified:
 * otherwise an attacker could sign up with another person's address, add a factor, and still have access after that
 * person takes the account over.
 */
export async function findFactorOwner(
  { em, mailer }: FactorOwnerContext,
  userId: string,
): Promise<FactorOwner | SetupRefusal> {
  return checkOwner(mailer, await em.fork().findOne(UserEntity, userId));
}

/**
 * Repeats the check of `findFactorOwner` in the transaction of `em`, and locks the user's row until its end, as a
 * password reset does. If the password was changed after the request began, the session of the request has ended. Null:
 * the factor may be added.
 */
export async function lockFactorOwner(
  { em, mailer }: FactorOwnerContext,
  owner: FactorOwner,
): Promise<SetupRefusal | null> {
  const now = checkOwner(mailer, await lockUser(em, owner.id));
  if (typeof now === "string") return now;
  return now.passwordChangedAt === owner.passwordChangedAt ? null : "unauthenticated";
}

function checkOwner(mailer: Pick<Mailer, "way">, user: UserRow | null): FactorOwner | SetupRefusal {
  if (!user || user.disabledAt) return "unauthenticated";
  if (!user.emailVerifiedAt && mailer.way !== "none") return "email_unverified";
  return { id: user.id, passwordChangedAt: user.passwordChangedAt?.getTime() ?? null };
}
