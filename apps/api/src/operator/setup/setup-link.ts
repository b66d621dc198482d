import { randomBytes, timingSafeEqual } from "node:crypto";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
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
  if (!(await isSetupToken(ctx, token))) return false;
  const sql = "delete from settings where key = ? and value like ? returning key";
  return (await ctx.em.execute<unknown[]>(sql, [SETUP_LINK, `${hashOfToken(token)} %`])).length > 0;
}

interface SetupLink {
  hash: string;
  expiresAt: number;
  value: string;
}

async function findLink(em: EntityManager): Promise<SetupLink | null> {
  const [row] = await readRows<{ value: string }>(em, "select value from settings where key = ?", [SETUP_LINK]);
  if (!row) return null;
  const { value } = row;
  const [hash = "", expiresAt] = value.split(" ");
  return { hash, expiresAt: Number(expiresAt), value };
}

/** The link with a token. The token is in the fragment, which browsers send to no server. */
export function setupLink(publicUrl: URL, token: string): string {
  return new URL(`/setup#key=${token}`, publicUrl).href;
}
