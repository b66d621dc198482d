import { serveProducts } from "./catalog/products/routes.ts";
import type { Dependencies } from "./dependencies.ts";
import { serveActivity } from "./identity/activity/routes.ts";
import type { KnownBrowserCookie } from "./identity/auth/known-browser-cookie.ts";
import { serveAuth } from "./identity/auth/routes.ts";
import { servePasskeys } from "./identity/passkeys/routes.ts";
import { servePassword } from "./identity/password/routes.ts";
import { servePrivacy } from "./identity/privacy/routes.ts";
import { serveSessions } from "./identity/sessions/routes.ts";
import { serveTwoFactor } from "./identity/two-factor/routes.ts";
import { serveHealth } from "./platform/http/routes.ts";
import type { createServe } from "./platform/http/serve.ts";
import type { Sessions } from "./platform/http/session.ts";
import { serveShop } from "./shop/routes.ts";

/** The table of contents: every endpoint of the contract is served by one of these, the mail tray's aside (`app.ts`). */
export function serveEndpoints(
  serve: ReturnType<typeof createServe>["serve"],
  dependencies: Dependencies,
  sessions: Sessions,
  devices: KnownBrowserCookie,
): void {
  serveAuth(serve, dependencies, sessions, devices);
  serveTwoFactor(serve, dependencies, sessions, devices);
  serveSessions(serve, dependencies, sessions);
  serveActivity(serve, dependencies);
  servePassword(serve, dependencies, sessions, devices);
  servePasskeys(serve, dependencies, sessions, devices);
  servePrivacy(serve, dependencies, sessions);
  serveProducts(serve, dependencies);
  serveHealth(serve, dependencies);
  serveShop(serve, dependencies);
}
