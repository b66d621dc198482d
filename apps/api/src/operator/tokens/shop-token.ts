import { timingSafeEqual } from "node:crypto";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { lockSetting } from "../../platform/db/lock-setting.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { SettingEntity } from "../../platform/db/setting.entity.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";

/** The purpose of a link that belongs to the shop instead of an account. It is the key of its row in `settings`. */
export type ShopTokenPurpose = "setup_link" | "mail_check";

type TokenContext = Pick<Context, "em"> & { clock: Clock };

interface NewShopToken {
  purpose: ShopTokenPurpose;
  lifetimeMs: number;
  /** `false`: issues nothing while an earlier token is valid, so that of two servers that start at once, one issues. */
  isReplacing: boolean;
}

interface GivenToken {
  purpose: ShopTokenPurpose;
  token: string;
}

/**
 * Issues the token of a link. The database stores only its hash. An earlier token of the purpose becomes invalid. Null:
 * an earlier one is valid and may not be replaced.
 */
export function issueShopToken(
  ctx: TokenContext,
  { purpose, lifetimeMs, isReplacing }: NewShopToken,
): Promise<string | null> {
  return inTransaction(ctx, async ({ em, clock }) => {
    await lockSetting(em, purpose);
    const former = await findToken(em, purpose);
    if (!isReplacing && former !== null && former.expiresAt > clock.now()) return null;
    const token = newToken();
    const value = `${hashOfToken(token)} ${clock.now() + lifetimeMs}`;
    await em.nativeUpdate(SettingEntity, { key: purpose }, { value });
    return token;
  });
}

/** Tells if this is the present token of a purpose, without using it up. */
export async function isShopToken({ em, clock }: TokenContext, { purpose, token }: GivenToken): Promise<boolean> {
  const present = await findToken(em, purpose);
  if (present === null || present.expiresAt <= clock.now()) return false;
  const [given, kept] = [Buffer.from(hashOfToken(token)), Buffer.from(present.hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/**
 * Consumes a token in the transaction of `em`. False: it is not the present one of its purpose, or it has expired or was
 * used. Of concurrent calls one succeeds.
 */
export async function consumeShopToken(ctx: TokenContext, given: GivenToken): Promise<boolean> {
  await lockSetting(ctx.em, given.purpose);
  if (!(await isShopToken(ctx, given))) return false;
  await endShopToken(ctx.em, given.purpose);
  return true;
}

/** Makes the present token of a purpose invalid. Does nothing if there is none. */
export async function endShopToken(em: EntityManager, purpose: ShopTokenPurpose): Promise<void> {
  await em.nativeDelete(SettingEntity, { key: purpose });
}

interface StoredToken {
  hash: string;
  expiresAt: number;
}

async function findToken(em: EntityManager, purpose: ShopTokenPurpose): Promise<StoredToken | null> {
  const [row] = await readRows<{ value: string }>(em, "select value from settings where key = ?", [purpose]);
  if (!row) return null;
  const [hash = "", expiresAt = "0"] = row.value.split(" ");
  return { hash, expiresAt: Number(expiresAt) };
}
