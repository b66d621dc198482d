import type { Context } from "../../platform/http/context.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { lockUser } from "../users/lock-user.ts";
import { UserEntity, type UserRow } from "../users/user.entity.ts";

/** The reason why an account can get no further factor. */
export type SetupRefusal = "email_unverified" | "unauthenticated";

/**
 * The owner of an account that gets another factor, and the time of the last password change when the request began.
 */
export interface FactorOwner {
  id: string;
  passwordChangedAt: number | null;
}

export type FactorOwnerContext = Pick<Context, "em"> & { mailer: Pick<Mailer, "way"> };

/**
 * Checks that an account may get another factor. If mail can be sent, its address has to be verified: otherwise an
 * attacker could sign up with another's address, and keep access once its owner takes the account over.
 */
export async function findFactorOwner(
  { em, mailer }: FactorOwnerContext,
  userId: string,
): Promise<FactorOwner | SetupRefusal> {
  return checkOwner(mailer, await em.fork().findOne(UserEntity, userId));
}

/**
 * Checks the same in the transaction of `ctx`, and locks the user's row until its end, as a reset does. A password
 * changed since means that the requesting session has ended. Null: the setup may continue.
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
