import { endpoints } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { clientInfo } from "../activity/record-activity.ts";
import { logOut } from "../sessions/logout.ts";
import { exportData } from "./export-data.ts";
import { requestDeletion } from "./request-deletion.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function servePrivacy(serve: Serve, dependencies: Dependencies, sessions: Sessions): void {
  const { database, clock, limits, rateLimiter } = dependencies;

  serve(endpoints.exportData, async ({ user, req }) => {
    const verdict = await rateLimiter.consume([{ key: `exports:${user.id}`, limit: limits.exports }]);
    if (!verdict.isAllowed) return tooManyTries(verdict.retryAfterMs);
    const session = sessions.current(req);
    const exported = session && (await exportData(dependencies, session, clientInfo(req)));
    if (exported === null) return new Refusal("unauthenticated");
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    return { body: undefined, file: { name: `yumroad-${user.store?.handle ?? "account"}-${day}.zip`, ...exported } };
  });

  serve(endpoints.requestDeletion, async ({ user, req, res }) => {
    const parts = { ...dependencies, em: database.fork() };
    const deletionAt = await requestDeletion(parts, user, clientInfo(req));
    if (deletionAt === null) return new Refusal("unauthenticated");
    await logOut(sessions, req, res);
    return { body: { deletionAt: deletionAt.toISOString() } };
  });
}
