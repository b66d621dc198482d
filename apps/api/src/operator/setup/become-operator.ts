import type { User } from "@yumroad/contract";
import type { Request } from "express";
import type { ActivityContext } from "../../identity/activity/record-activity.ts";
import { rotateSession } from "../../identity/sessions/rotate-session.ts";
import type { SessionContext } from "../../identity/sessions/session-context.ts";
import { syncUserToSessions } from "../../identity/sessions/sync-user-to-sessions.ts";
import { endingSessions } from "../../identity/users/ending-sessions.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { saveOperator } from "../operators/add-operator.ts";
import { consumeSetupToken, isSetupToken } from "../operators/setup-link.ts";

type SetupContext = SessionContext & ActivityContext & MailContext;

interface Setup {
  user: User;
  token: string;
}

/**
 * Makes the logged-in user an operator by the link of the first start. The session gets a new id before anything
 * changes, and all other sessions of the user end (R4). Using the link up and storing the rights are one transaction.
 * If the process dies after it, the user has the rights from their next login on. Null: the link is not valid. Throws
 * `unauthenticated` if the session has ended in the meantime, and `deletion_pending` for an account that is going to be
 * deleted, since the shop would then have no operator; the link stays valid.
 */
export async function becomeOperator(
  ctx: SetupContext,
  req: Request,
  { user, token }: Setup,
): Promise<SessionRecord | null> {
  if (!(await isSetupToken(ctx, token))) return null;
  const session = await rotateSession(ctx, req, { user, isProven: false });
  const isDone = await endingSessions(ctx, { userId: user.id, except: ctx.sessions.idOf(req) }, () =>
    inTransaction(ctx, (ctx) => useLink(ctx, user, token)),
  );
  if (!isDone) return null;
  return { ...session, user: (await syncUserToSessions(ctx, user.id)) ?? session.user };
}

async function useLink(ctx: SetupContext, user: User, token: string): Promise<boolean> {
  if (!(await consumeSetupToken(ctx, token))) return false;
  const outcome = await saveOperator(ctx, user.id);
  if (outcome === "added" || outcome === "already_operator") return true;
  // Throwing rolls back, so that the link stays valid.
  if (outcome === "deletion_pending") throw new Refusal("deletion_pending");
  // The account was disabled or deleted while the request ran.
  throw new Refusal("unauthenticated");
}
