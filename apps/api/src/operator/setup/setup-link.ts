import { randomBytes, timingSafeEqual } from "node:crypto";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { SettingEntity } from "../../platform/db/setting.entity.ts";
import type { Context } from "../../platform/http/context.ts";
import type { Clock } from "../../platform/lib/clock.ts";

const SETUP_LINK = "setup_link";
const LIFETIME_MS = 24 * 60 * 60_000;
const TOKEN_BYTES = 32;

type LinkContext = Pick<Context, "em"> & { clock: Clock };

interface IssueOptions {
  /** `false`: issues nothing while an earlier link is valid, so that of two servers that start at once, one issues. */
  isReplacing: boolean;
}

/**
 * Issues the token of the link that makes an operator of whoever opens it. The database keeps its hash alone, for 24
 * hours. An earlier link ends. Null: an earlier link is valid and may not be replaced.
 */
export async function issueSetupToken(
  { em, clock }: LinkContext,
  { isReplacing }: IssueOptions,
): Promise<string | null> {
  const former = await findLink(em);
  if (!isReplacing && former !== null && former.expiresAt > clock.now()) return null;
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const value = `${hashOfToken(token)} ${clock.now() + LIFETIME_MS}`;
  const sql = `insert into settings (key, value) values (?, ?)
    on conflict (key) do update set value = excluded.value where settings.value = ? returning key`;
  const stored = await em.execute<unknown[]>(sql, [SETUP_LINK, value, former?.value ?? ""]);
  if (stored.length > 0) return token;
  // Another process has issued a link since `findLink`.
  return isReplacing ? issueSetupToken({ em, clock }, { isReplacing }) : null;
}

/**
 * Consumes the token in the transaction of `em`. False: it is not the token of the present link, or the link has
 * expired or was used. Of concurrent calls one succeeds.
 */
export async function consumeSetupToken({ em, clock }: LinkContext, token: string): Promise<boolean> {
  const link = await findLink(em);
  if (link === null || link.expiresAt <= clock.now()) return false;
  const given = Buffer.from(hashOfToken(token));
  const kept = Buffer.from(link.hash);
  if (given.length !== kept.length || !timingSafeEqual(given, kept)) return false;
  const deleted = await em.execute<unknown[]>("delete from settings where key = ? and value = ? returning key", [
    SETUP_LINK,
    link.value,
  ]);
  return deleted.length > 0;
}

interface SetupLink {
  hash: string;
  expiresAt: number;
  value: string;
}

async function findLink(em: EntityManager): Promise<SetupLink | null> {
  const setting = await em.fork().findOne(SettingEntity, { key: SETUP_LINK });
  if (!setting) return null;
  const { value } = setting;
  const [hash = "", expiresAt] = value.split(" ");
  return { hash, expiresAt: Number(expiresAt), value };
}

/** The path of the link. The token is in the fragment, which browsers send to no server. */
export function setupPathOf(token: string): string {
  return `/setup#key=${token}`;
}
