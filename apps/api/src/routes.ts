import { serveProducts } from "./catalog/products/routes.ts";
import type { Dependencies } from "./dependencies.ts";
import { serveActivity } from "./identity/activity/routes.ts";
import type { DeviceCookie } from "./identity/auth/known-browser-cookie.ts";
import { serveAccounts } from "./identity/auth/routes.ts";
import { servePasskeys } from "./identity/passkeys/routes.ts";
import { serveRecovery } from "./identity/password/routes.ts";
import { serveOwnData } from "./identity/privacy/routes.ts";
import { serveSessions } from "./identity/sessions/routes.ts";
import { serveFactors } from "./identity/two-factor/routes.ts";
import { serveService } from "./platform/http/routes.ts";
import type { createServe } from "./platform/http/serve.ts";
import type { Sessions } from "./platform/http/session.ts";
import { serveSite } from "./shop/routes.ts";

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
