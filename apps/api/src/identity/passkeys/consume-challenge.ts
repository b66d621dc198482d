import type { Context } from "../../platform/http/context.ts";
import type { Challenge } from "./challenges.ts";

/**
 * Marks a challenge as used, after its answer was verified. False: the challenge was used before. Of concurrent uses
 * only one succeeds. Also deletes expired challenges.
 */
export async function consumeChallenge(
  { em, clock }: Pick<Context, "em" | "clock">,
  { id, expiresAt }: Challenge,
): Promise<boolean> {
  await em.execute("delete from used_challenges where expires_at <= ?", [clock.now()]);
  const sql = "insert into used_challenges (id, expires_at) values (?, ?) on conflict do nothing returning id";
  return (await em.execute<unknown[]>(sql, [id, expiresAt])).length > 0;
}
