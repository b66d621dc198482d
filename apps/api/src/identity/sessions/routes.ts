import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { publicIdOf } from "../../platform/sessions/session-record.ts";
import type { SessionStore, StoredSession } from "../../platform/sessions/session-store.ts";
import { type ActivityBacklog, logForeignId, recordActivityLater } from "../activity/record-activity.ts";
import { logOut } from "./logout.ts";
import { presentSessions } from "./present.ts";

interface SessionsNeeds {
  limits: Limits;
  sessions: Sessions;
  sessionStore: SessionStore;
  activityBacklog: ActivityBacklog;
}

export function serveSessions(serve: Serve<SessionsNeeds>): void {
  serve(endpoints.sessions.list, async ({ ctx, user, req }) => {
    const own = await listCompleteSessions(ctx, user.id);
    return { body: { items: presentSessions(own, { currentId: ctx.sessions.idOf(req), limits: ctx.limits }) } };
  });

  serve(endpoints.sessions.end, async ({ ctx, user, params, req, res }) => {
    const named = (await listCompleteSessions(ctx, user.id)).find(({ id }) => publicIdOf(id) === params.handle);
    if (!named) {
      logForeignId(ctx, user.id);
      return new Refusal("not_found");
    }
    const isCurrent = named.id === ctx.sessions.idOf(req);
    if (isCurrent) await logOut(ctx, req, res);
    else await ctx.sessionStore.end(named.id);
    recordActivityLater(ctx, res, { kind: isCurrent ? "authn_logout" : "session_ended_by_user", userId: user.id });
    return { body: undefined };
  });

  serve(endpoints.sessions.endOthers, async ({ ctx, user, req, res }) => {
    const ended = await ctx.sessionStore.endAllOf(user.id, { except: ctx.sessions.idOf(req) });
    if (ended > 0) recordActivityLater(ctx, res, { kind: "session_ended_by_user", userId: user.id });
    return { body: undefined };
  });
}

/** Lists a user's sessions without pending ones, in which the second factor is still missing. */
async function listCompleteSessions({ sessionStore }: SessionsNeeds, userId: string): Promise<StoredSession[]> {
  return (await sessionStore.listOf(userId)).filter(({ record }) => !record.isPending);
}
