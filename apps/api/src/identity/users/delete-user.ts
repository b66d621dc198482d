import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { AccountExtension } from "./account-extension.ts";
import { endingSessions } from "./ending-sessions.ts";
import { UserEntity } from "./user.entity.ts";

type DeleteContext = Pick<Context, "em"> & { sessionStore: SessionStore; accountExtension: AccountExtension };

interface Deletion<C> {
  userId: string;
  /** Only if its owner has asked for the account to be gone by then. */
  dueBy?: Date;
  /** Written together with the deletion, or not at all. */
  inTransaction?: (ctx: C) => Promise<void>;
}

/**
 * Deletes a user with all that refers to them; every session of theirs is over at its next request.
 * Throws SessionStoreUnavailable when the sessions can't be reached: then call it again, which does no harm.
 * False: no such user, or not due yet.
 */
export function deleteUser<C extends DeleteContext>(ctx: C, deletion: Deletion<C>): Promise<boolean> {
  const { userId, dueBy } = deletion;
  return endingSessions(ctx, { userId }, () =>
    inTransaction(ctx, async (ctx) => {
      const which = { id: userId, ...(dueBy && { deletionAt: { $lte: dueBy } }) };
      // Rows of other tables that refer to the user go with it: the database cascades.
      if ((await ctx.em.nativeDelete(UserEntity, which)) === 0) return false;
      await ctx.accountExtension.deleted(ctx.em, userId);
      await deletion.inTransaction?.(ctx);
      return true;
    }),
  );
}
