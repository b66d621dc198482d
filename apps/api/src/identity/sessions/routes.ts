import { type ActivityKind, endpoints } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { handleOf } from "../../platform/sessions/session-record.ts";
import type { StoredSession } from "../../platform/sessions/session-store.ts";
import { logForeignId, recordActivityLater } from "../activity/record-activity.ts";
import { logOut } from "./logout.ts";
import { presentSessions } from "./present.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveSessions(serve: Serve, dependencies: Dependencies, sessions: Sessions): void {
  const { limits, sessionStore } = dependencies;
  const note = (req: Request, kind: ActivityKind, userId: string) =>
    recordActivityLater(dependencies, req, { kind, userId });

  /** Half a session is nobody's yet: its owner learns of it by the log-in that becomes of it. */
  async function wholeSessionsOf(userId: string): Promise<StoredSession[]> {
    return (await sessionStore.listOf(userId)).filter(({ record }) => !record.isPending);
  }

  serve(endpoints.listSessions, async ({ user, req }) => {
    const own = await wholeSessionsOf(user.id);
    return { body: { items: presentSessions(own, { currentId: sessions.idOf(req), limits }) } };
  });

  serve(endpoints.endSession, async ({ user, params, req, res }) => {
    const named = (await wholeSessionsOf(user.id)).find(({ id }) => handleOf(id) === params.handle);
    if (!named) {
      logForeignId(req, user.id);
      return new Refusal("not_found");
    }
    const isCurrent = named.id === sessions.idOf(req);
    if (isCurrent) await logOut(sessions, req, res);
    else await sessionStore.end(named.id);
    note(req, isCurrent ? "authn_logout" : "session_ended_by_user", user.id);
    return { body: undefined };
  });

  serve(endpoints.endOtherSessions, async ({ user, req }) => {
    const ended = await sessionStore.endAllOf(user.id, { except: sessions.idOf(req) });
    if (ended > 0) note(req, "session_ended_by_user", user.id);
    return { body: undefined };
  });
}
