import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { type FactorBar, type FactorOwner, lockFactorOwner } from "./factor-owner.ts";
import type { Totp } from "./totp.ts";

export type BeginTotpOutcome =
  | { kind: "begun"; secret: string; uri: string }
  | { kind: "already_set_up" }
  | { kind: "barred"; by: FactorBar };

interface Parts {
  em: EntityManager;
  totp: Totp;
  mailer: Pick<Mailer, "way">;
}

/** Makes a secret for an authenticator app, in place of one that was not confirmed. */
export async function beginTotp(
  { em, totp, mailer }: Parts,
  user: Pick<User, "id" | "email">,
  owner: FactorOwner,
): Promise<BeginTotpOutcome> {
  const { secret, uri, sealed } = totp.make(user);
  const sql = `insert into totp_factors (user_id, sealed_secret, last_step) values (?, ?, 0)
    on conflict (user_id) do update set sealed_secret = excluded.sealed_secret
    where totp_factors.confirmed_at is null returning user_id`;
  return em.transactional(async (transaction): Promise<BeginTotpOutcome> => {
    const by = await lockFactorOwner(transaction, mailer, owner);
    if (by !== null) return { kind: "barred", by };
    const begun = await transaction.execute<unknown[]>(sql, [user.id, sealed]);
    return begun.length > 0 ? { kind: "begun", secret, uri } : { kind: "already_set_up" };
  });
}
