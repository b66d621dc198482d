import type { EntityManager } from "../../platform/db/database.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { endingSessions } from "./ending-sessions.ts";
import { isLastOperator } from "./is-last-operator.ts";
import { lockUser } from "./lock-user.ts";
import type { UserRow } from "./user.entity.ts";

interface ChangeContext {
  readonly em: EntityManager;
  readonly sessionStore: Pick<SessionStore, "endAllOf">;
}

/**
 * Changes a user in a transaction and ends all their sessions (`endingSessions`). For the last operator it refuses, and
 * their sessions live on: the sessions end before the change, so the question is asked once before them, and once more
 * in the change's own transaction, since another operator may go in between.
 */
export async function changeUnlessLastOperator<C extends ChangeContext, Outcome>(
  ctx: C,
  userId: string,
  change: (ctx: C, user: UserRow) => Promise<Outcome>,
): Promise<Outcome | "no_such_user" | "last_operator"> {
  const asking = <Result>(work: (ctx: C, user: UserRow) => Promise<Result>) =>
    inTransaction(ctx, async (ctx) => {
      const user = await lockUser(ctx.em, userId);
      if (!user) return "no_such_user";
      return (await isLastOperator(ctx.em, user)) ? "last_operator" : work(ctx, user);
    });
  const refusal = await asking(async () => null);
  return refusal ?? endingSessions(ctx, { userId }, () => asking(change));
}
