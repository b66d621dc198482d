import { LockMode } from "@mikro-orm/core";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "./account-extension.ts";
import { endingSessions } from "./ending-sessions.ts";
import { UserEntity } from "./user.entity.ts";

type DeleteContext = Pick<Context, "em" | "clock"> & { sessionStore: SessionStore; accountExtension: AccountExtension };

interface Deletion<C> {
  userId: string;
  /** Deletes the user only if their requested deletion is due at this time. Left out: deletes the user at once. */
  dueBy?: Date;
  /** Runs in the transaction of the deletion, after the user was deleted. `isStoreKept`: their store stays, closed. */
  inTransaction?: (ctx: C, left: { isStoreKept: boolean }) => Promise<void>;
}

/**
 * Deletes a user and every row that refers to them. The next request of each of their sessions finds the session ended.
 * Throws SessionStoreUnavailable if the session store can't be reached; a repeated call is safe. False: there is no
 * such user, or the deletion is not due yet.
 */
export function deleteUser<C extends DeleteContext>(ctx: C, deletion: Deletion<C>): Promise<boolean> {
  const { userId, dueBy } = deletion;
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async (ctx) => {
      const which = { id: userId, ...(dueBy && { deletionAt: { $lte: dueBy } }) };
      const user = await ctx.em.findOne(UserEntity, which, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user) return false;
      const isStoreKept = await ctx.accountExtension.deleting(ctx.em, userId, new Date(ctx.clock.now()));
      // The database deletes the rows of other tables by cascade.
      await ctx.em.nativeDelete(UserEntity, { id: userId });
      await ctx.accountExtension.deleted(ctx.em, userId);
      await deletion.inTransaction?.(ctx, { isStoreKept });
      return true;
    }),
  );
}
