import type { User } from "@yumroad/contract";
import type { Request } from "express";
import type { ActivityContext } from "../../identity/activity/record-activity.ts";
import { rotateSession } from "../../identity/sessions/rotate-session.ts";
import type { SessionContext } from "../../identity/sessions/session-context.ts";
import { endingSessions } from "../../identity/users/ending-sessions.ts";
import { inTransaction } from "../../platform/http/context.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { saveOperator } from "../operators/add-operator.ts";
import { consumeSetupToken } from "./setup-link.ts";

type SetupContext = SessionContext & ActivityContext;

interface Setup {
  user: User;
  token: string;
}

/**
 * Makes the logged-in user an operator by the link of the first start. The link and the rights are one transaction: a
 * link is used up only if it made an operator. The session then continues under a new id (R4), and all others of the
 * user end. Null: the link is not valid. Throws `unauthenticated` if the session has ended in the meantime; the rights
 * are kept, and the user logs in again.
 */
export async function becomeOperator(
  ctx: SetupContext,
  req: Request,
  { user, token }: Setup,
): Promise<SessionRecord | null> {
  const isDone = await endingSessions(ctx, { userId: user.id, except: ctx.sessions.idOf(req) }, () =>
    inTransaction(ctx, async (ctx) => {
      if (!(await consumeSetupToken(ctx, token))) return false;
      const outcome = await saveOperator(ctx, user.id);
      if (outcome === "added" || outcome === "already_operator") return true;
      // Rolls back, so that the link stays valid: the account was disabled or deleted while the request ran.
      throw new Error(`Setup by an account that is gone: ${outcome}`);
    }),
  );
  return isDone ? rotateSession(ctx, req, { user: { ...user, isOperator: true }, isProven: false }) : null;
}
