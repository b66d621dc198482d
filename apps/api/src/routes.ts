import type { Dependencies } from "./dependencies.ts";
import type { DeviceCookie } from "./features/accounts/device-cookie.ts";
import { serveAccounts } from "./features/accounts/routes.ts";
import { serveActivity } from "./features/activity/routes.ts";
import { serveFactors } from "./features/factors/routes.ts";
import { serveOwnData } from "./features/own-data/routes.ts";
import { servePasskeys } from "./features/passkeys/routes.ts";
import { serveProducts } from "./features/products/routes.ts";
import { serveRecovery } from "./features/recovery/routes.ts";
import { serveService } from "./features/service/routes.ts";
import { serveSessions } from "./features/sessions/routes.ts";
import { serveSite } from "./features/site/routes.ts";
import type { createServe } from "./http/serve.ts";
import type { Sessions } from "./http/session.ts";

/** The table of contents: every endpoint of the contract is served by one of these, the mail tray's aside (`app.ts`). */
export function serveEndpoints(
  serve: ReturnType<typeof createServe>["serve"],
  dependencies: Dependencies,
  sessions: Sessions,
  devices: DeviceCookie,
): void {
  serveAccounts(serve, dependencies, sessions, devices);
  serveFactors(serve, dependencies, sessions, devices);
  serveSessions(serve, dependencies, sessions);
  serveActivity(serve, dependencies);
  serveRecovery(serve, dependencies, sessions, devices);
  servePasskeys(serve, dependencies, sessions, devices);
  serveOwnData(serve, dependencies, sessions);
  serveProducts(serve, dependencies);
  serveService(serve, dependencies);
  serveSite(serve, dependencies);
}
