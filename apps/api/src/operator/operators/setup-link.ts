import { timingSafeEqual } from "node:crypto";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import { newToken } from "../../identity/tokens/new-token.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { lockSetting } from "../../platform/db/lock-setting.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { SettingEntity } from "../../platform/db/setting.entity.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";

const SETUP_LINK = "setup_link";
const LIFETIME_MS = 24 * 60 * 60_000;

type LinkContext = Pick<Context, "em"> & { clock: Clock };

interface IssueOptions {
  /** `false`: issues nothing while an earlier link is valid, so that of two servers that start at once, one issues. */
  isReplacing: boolean;
}

/**
 * Issues the token of the setup link: the user who opens the link becomes an operator. The database stores only the
 * token's hash, for 24 hours. An earlier link becomes invalid. Null: an earlier link is valid and may not be replaced.
 */
export function issueSetupToken(ctx: LinkContext, { isReplacing }: IssueOptions): Promise<string | null> {
  return inTransaction(ctx, async ({ em, clock }) => {
    await lockSetting(em, SETUP_LINK);
    const former = await findLink(em);
    if (!isReplacing && former !== null && former.expiresAt > clock.now()) return null;
    const token = newToken();
    const value = `${hashOfToken(token)} ${clock.now() + LIFETIME_MS}`;
    await em.nativeUpdate(SettingEntity, { key: SETUP_LINK }, { value });
    return token;
  });
}

/** Tells if this is the token of the present link, without using it up. */
export async function isSetupToken({ em, clock }: LinkContext, token: string): Promise<boolean> {
  const link = await findLink(em);
  if (link === null || link.expiresAt <= clock.now()) return false;
  const [given, kept] = [Buffer.from(hashOfToken(token)), Buffer.from(link.hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}

/**
 * Consumes the token in the transaction of `em`. False: it is not the token of the present link, or the link has
 * expired or was used. Of concurrent calls one succeeds.
 */
export async function consumeSetupToken(ctx: LinkContext, token: string): Promise<boolean> {
  await lockSetupLink(ctx);
  if (!(await isSetupToken(ctx, token))) return false;
  await endSetupLink(ctx);
  return true;
}

/** Locks the present link until the end of the transaction: nobody uses it until then. */
export function lockSetupLink({ em }: Pick<LinkContext, "em">): Promise<void> {
  return lockSetting(em, SETUP_LINK);
}

/** Makes the present link invalid. Does nothing if there is none. */
export async function endSetupLink({ em }: Pick<LinkContext, "em">): Promise<void> {
  await em.nativeDelete(SettingEntity, { key: SETUP_LINK });
}

interface SetupLink {
  hash: string;
  expiresAt: number;
}

async function findLink(em: EntityManager): Promise<SetupLink | null> {
  const [row] = await readRows<{ value: string }>(em, "select value from settings where key = ?", [SETUP_LINK]);
  if (!row) return null;
  const [hash = "", expiresAt = "0"] = row.value.split(" ");
  return { hash, expiresAt: Number(expiresAt) };
}

/** The link with a token. The token is in the fragment, which browsers send to no server. */
export function setupLink(publicUrl: URL, token: string): string {
  return new URL(`/setup#key=${token}`, publicUrl).href;
}
