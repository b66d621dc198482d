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
import type { Context } from "./platform/http/context.ts";
import { serveHealth } from "./platform/http/routes.ts";
import type { Serve } from "./platform/http/serve.ts";
import type { Sessions } from "./platform/http/session.ts";
import { serveShop } from "./shop/routes.ts";

/** All that handlers may ask their context for. Each room declares its share, and none imports this. */
export interface Needs extends Dependencies {
  sessions: Sessions;
  knownBrowserCookie: KnownBrowserCookie;
  /** Whether anybody can make an account. */
  isSignupOpen(ctx: Pick<Context, "em">): Promise<boolean>;
}

/** The table of contents: every endpoint of the contract is served by one of these, the mail tray's aside (`app.ts`). */
export function serveEndpoints(
  serve: Serve<Needs>,
  dependencies: Dependencies,
  sessions: Sessions,
  knownBrowserCookie: KnownBrowserCookie,
): void {
  serveAuth(serve, dependencies, sessions, knownBrowserCookie);
  serveTwoFactor(serve, dependencies, sessions, knownBrowserCookie);
  serveSessions(serve, dependencies, sessions);
  serveActivity(serve, dependencies);
  servePassword(serve, dependencies, sessions, knownBrowserCookie);
  servePasskeys(serve, dependencies, sessions, knownBrowserCookie);
  servePrivacy(serve, dependencies, sessions);
  serveProducts(serve, dependencies);
  serveHealth(serve);
  serveShop(serve);
}
