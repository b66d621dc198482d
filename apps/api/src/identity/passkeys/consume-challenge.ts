import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Challenge } from "./challenges.ts";

/**
 * Uses a challenge up, once its answer has turned out to be right. False: it was before. Of several at once one
 * succeeds. What is over by now is cleared out on the way.
 */
export async function consumeChallenge(
  { em, clock }: { em: EntityManager; clock: Clock },
  { id, expiresAt }: Challenge,
): Promise<boolean> {
  await em.execute("delete from used_challenges where expires_at <= ?", [clock.now()]);
  const sql = "insert into used_challenges (id, expires_at) values (?, ?) on conflict do nothing returning id";
  return (await em.execute<unknown[]>(sql, [id, expiresAt])).length > 0;
}
