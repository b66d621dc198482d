import { endpoints } from "@yumroad/contract";
import type { Database } from "../db/database.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { describeApi } from "./openapi.ts";
import type { Serve } from "./serve.ts";

interface HealthNeeds {
  database: Pick<Database, "ping">;
  sessionStore: Pick<SessionStore, "assertWritable">;
}

export function serveHealth(serve: Serve<HealthNeeds>): void {
  const description = describeApi();

  serve(endpoints.openapi.get, () => ({ body: description, isConstant: true }));

  serve(endpoints.health.live, () => ({ body: { status: "ok" as const } }));

  serve(endpoints.health.ready, async ({ ctx }) => {
    const [databaseState, sessionsState] = await Promise.all([
      stateOf(ctx.database.ping()),
      stateOf(ctx.sessionStore.assertWritable()),
    ]);
    const isReady = databaseState === "ok" && sessionsState === "ok";
    const checks = { database: databaseState, sessions: sessionsState };
    return isReady
      ? { body: { status: "ok" as const, checks } }
      : { body: { status: "unavailable" as const, checks }, status: 503 };
  });
}

async function stateOf(look: Promise<void>): Promise<"ok" | "failing"> {
  try {
    await look;
    return "ok";
  } catch {
    return "failing";
  }
}
