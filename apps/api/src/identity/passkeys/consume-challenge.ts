import type { Context } from "../../platform/http/context.ts";
import type { Challenge } from "./challenges.ts";

/**
 * Consumes a challenge, once its answer has turned out to be right. False: it was used before. Of several at once one
 * succeeds. Challenges that have expired are deleted on the way.
 */
export async function consumeChallenge(
  { em, clock }: Pick<Context, "em" | "clock">,
  { id, expiresAt }: Challenge,
): Promise<boolean> {
  await em.execute("delete from used_challenges where expires_at <= ?", [clock.now()]);
  const sql = "insert into used_challenges (id, expires_at) values (?, ?) on conflict do nothing returning id";
  return (await em.execute<unknown[]>(sql, [id, expiresAt])).length > 0;
}
