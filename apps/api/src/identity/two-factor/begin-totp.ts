import type { User } from "@yumroad/contract";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { readShopSettings } from "../../shop/read-shop-settings.ts";
import { type FactorOwner, type FactorOwnerContext, lockFactorOwner, type SetupRefusal } from "./factor-owner.ts";
import type { Totp } from "./totp.ts";

export type BeginTotpOutcome =
  | { kind: "begun"; secret: string; uri: string }
  | { kind: "already_set_up" }
  | { kind: "setup_refused"; reason: SetupRefusal };

/** Makes a secret for an authenticator app, and replaces a secret that was never confirmed. */
export async function beginTotp(
  ctx: Context & FactorOwnerContext & { totp: Totp },
  { user, owner }: { user: Pick<User, "id" | "email">; owner: FactorOwner },
): Promise<BeginTotpOutcome> {
  const { name: issuer } = await readShopSettings(ctx.em);
  const { secret, uri, sealed } = ctx.totp.createSecret({ ...user, issuer });
  const sql = `insert into totp_factors (user_id, sealed_secret, last_step) values (?, ?, 0)
    on conflict (user_id) do update set sealed_secret = excluded.sealed_secret
    where totp_factors.confirmed_at is null returning user_id`;
  return inTransaction(ctx, async (ctx): Promise<BeginTotpOutcome> => {
    const reason = await lockFactorOwner(ctx, owner);
    if (reason !== null) return { kind: "setup_refused", reason };
    const begun = await ctx.em.execute<unknown[]>(sql, [user.id, sealed]);
    return begun.length > 0 ? { kind: "begun", secret, uri } : { kind: "already_set_up" };
  });
}
