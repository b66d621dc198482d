import type { Context } from "../../platform/http/context.ts";

/** Notes when a buyer first saw what they bought: from then on their right of withdrawal may be lost. */
export async function noteAccess({ em, clock }: Pick<Context, "em" | "clock">, { id }: { id: string }): Promise<void> {
  await em.execute("update orders set opened_at = ? where id = ? and opened_at is null", [new Date(clock.now()), id]);
}
