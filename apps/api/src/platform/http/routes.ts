import { endpoints } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import { describeApi } from "./openapi.ts";
import type { createServe } from "./serve.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveHealth(serve: Serve, { database, sessionStore }: Dependencies): void {
  const description = describeApi();

  serve(endpoints.openapi, () => ({ body: description, isConstant: true }));

  serve(endpoints.health, () => ({ body: { status: "ok" as const } }));

  serve(endpoints.readiness, async () => {
    const [databaseState, sessionsState] = await Promise.all([
      stateOf(database.ping()),
      stateOf(sessionStore.assertWritable()),
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
