import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "./account-extension.ts";
import { endingSessions } from "./ending-sessions.ts";
import { UserEntity } from "./user.entity.ts";

type DeleteContext = Pick<Context, "em"> & { sessionStore: SessionStore; accountExtension: AccountExtension };

interface Deletion<C> {
  userId: string;
  /** Deletes only if the owner's requested deletion is due by then. */
  dueBy?: Date;
  /** Runs in the transaction of the deletion. */
  inTransaction?: (ctx: C) => Promise<void>;
}

/**
 * Deletes a user with all that refers to them; every session of theirs has ended by its next request. Throws
 * SessionStoreUnavailable when the sessions can't be reached; calling it again is safe. False: no such user, or not due
 * yet.
 */
export function deleteUser<C extends DeleteContext>(ctx: C, deletion: Deletion<C>): Promise<boolean> {
  const { userId, dueBy } = deletion;
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async (ctx) => {
      const which = { id: userId, ...(dueBy && { deletionAt: { $lte: dueBy } }) };
      // The database cascades to rows of other tables.
      if ((await ctx.em.nativeDelete(UserEntity, which)) === 0) return false;
      await ctx.accountExtension.deleted(ctx.em, userId);
      await deletion.inTransaction?.(ctx);
      return true;
    }),
  );
}
