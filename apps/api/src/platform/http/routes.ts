import { endpoints } from "@yumroad/contract";
import type { Database } from "../db/database.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { describeApi } from "./openapi.ts";
import type { Serve } from "./serve.ts";
import type { ReadShopName } from "./web-app.ts";

interface HealthNeeds {
  readShopName: ReadShopName;
  database: Pick<Database, "ping">;
  sessionStore: Pick<SessionStore, "assertWritable">;
}

export function serveHealth(serve: Serve<HealthNeeds>): void {
  let description = describeApi("API");

  serve(endpoints.openapi.get, async ({ ctx }) => {
    const title = (await ctx.readShopName()) ?? description.info.title;
    if (title !== description.info.title) description = { ...description, info: { ...description.info, title } };
    return { body: description, isConstant: true };
  });

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
