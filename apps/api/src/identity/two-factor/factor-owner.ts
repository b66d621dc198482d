import type { EntityManager } from "../../platform/db/database.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { lockUser } from "../users/lock-user.ts";
import { UserEntity, type UserRow } from "../users/user.entity.ts";

type Way = Pick<Mailer, "way">;

/** Why no way to log in can be added to an account. */
export type FactorBar = "email_unverified" | "unauthenticated";

/** Whose account gets another way to log in, and the password it had when the request was looked at. */
export interface FactorOwner {
  id: string;
  passwordChangedAt: number | null;
}

/**
 * Looks whether an account may be given another way to log in. Where mail can be sent its address has to be proven:
 * otherwise somebody could sign up with another's address, and keep a way in once its owner takes the account over.
 */
export async function findFactorOwner(
  { em, mailer }: { em: EntityManager; mailer: Way },
  userId: string,
): Promise<FactorOwner | FactorBar> {
  return judge(mailer, await em.fork().findOne(UserEntity, userId));
}

/**
 * The same in the transaction of `em`, holding the user's row until it ends, which a reset holds as well. With another
 * password since, the session that asked is over. Null: nothing is in the way.
 */
export async function lockFactorOwner(em: EntityManager, mailer: Way, owner: FactorOwner): Promise<FactorBar | null> {
  const now = judge(mailer, await lockUser(em, owner.id));
  if (typeof now === "string") return now;
  return now.passwordChangedAt === owner.passwordChangedAt ? null : "unauthenticated";
}

function judge(mailer: Way, user: UserRow | null): FactorOwner | FactorBar {
  if (!user || user.disabledAt) return "unauthenticated";
  if (!user.emailVerifiedAt && mailer.way !== "none") return "email_unverified";
  return { id: user.id, passwordChangedAt: user.passwordChangedAt?.getTime() ?? null };
}
