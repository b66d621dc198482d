import { serveProducts } from "./catalog/products/routes.ts";
import type { Dependencies } from "./dependencies.ts";
import { serveAccount } from "./identity/account/routes.ts";
import { serveActivity } from "./identity/activity/routes.ts";
import type { KnownBrowserCookie } from "./identity/auth/known-browser-cookie.ts";
import { serveAuth } from "./identity/auth/routes.ts";
import type { RefuseStranger } from "./identity/email/refuse-stranger.ts";
import { serveEmail } from "./identity/email/routes.ts";
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

/** All needs of handlers. Each room declares its share, and none imports this. */
export interface Needs extends Dependencies {
  sessions: Sessions;
  knownBrowserCookie: KnownBrowserCookie;
  /** Tells whether anybody can sign up. */
  isSignupOpen(ctx: Pick<Context, "em">): Promise<boolean>;
  /** Only the first account may be created. */
  allowsOnlyFirstAccount: boolean;
  refuseStranger: RefuseStranger;
}

/** Registers every endpoint of the contract, except the mail tray's (`app.ts`). */
export function serveEndpoints(serve: Serve<Needs>): void {
  serveHealth(serve);
  serveShop(serve);
  serveActivity(serve);
  serveSessions(serve);
  serveEmail(serve);
  serveAuth(serve);
  serveTwoFactor(serve);
  servePasskeys(serve);
  servePassword(serve);
  serveAccount(serve);
  servePrivacy(serve);
  serveProducts(serve);
}
