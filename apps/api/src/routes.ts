import type { Request, Response } from "express";
import { serveContents } from "./catalog/contents/routes.ts";
import { servePictures } from "./catalog/pictures/routes.ts";
import { serveProducts } from "./catalog/products/routes.ts";
import { serveStores } from "./catalog/stores/routes.ts";
import { serveUploads } from "./catalog/uploads/routes.ts";
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
import { serveMailQueue } from "./operator/mails/routes.ts";
import { serveOperatorPayments } from "./operator/payments/routes.ts";
import { servePeople } from "./operator/people/routes.ts";
import { serveSetup } from "./operator/setup/routes.ts";
import { serveShopSettings } from "./operator/shop/routes.ts";
import { serveTakeDown } from "./operator/stores/routes.ts";
import { serveOperatorWithdrawals } from "./operator/withdrawals/routes.ts";
import type { Context } from "./platform/http/context.ts";
import { serveHealth } from "./platform/http/routes.ts";
import type { Serve } from "./platform/http/serve.ts";
import type { Sessions } from "./platform/http/session.ts";
import type { ReadShopName } from "./platform/http/web-app.ts";
import { serveDiscounts } from "./sales/discounts/routes.ts";
import { serveDownloadLinks } from "./sales/downloads/routes.ts";
import { serveLibrary } from "./sales/library/routes.ts";
import type { OrdersCookie } from "./sales/orders/orders-cookie.ts";
import { serveOrders } from "./sales/orders/routes.ts";
import { serveCheckout } from "./sales/orders/serve-checkout.ts";
import { serveDemoPayments } from "./sales/payments/routes.ts";
import { servePurchases } from "./sales/purchases/routes.ts";
import { serveSales } from "./sales/sales/routes.ts";
import { serveWebhooks } from "./sales/webhooks/routes.ts";
import { serveWithdrawals } from "./sales/withdrawals/routes.ts";
import { serveShop } from "./shop/routes.ts";

/**
 * Everything that request handlers need. Each folder declares the part that its handlers use, so none imports this
 * type.
 */
export interface Needs extends Dependencies {
  sessions: Sessions;
  knownBrowserCookie: KnownBrowserCookie;
  ordersCookie: OrdersCookie;
  /** Clears what a browser keeps of its user beside the session. */
  clearOnLogout(ctx: Pick<Context, "em" | "clock">, req: Request, res: Response): Promise<void>;
  /** False if sign-up is closed and an account exists, so that no visitor can create an account. */
  isSignupOpen(ctx: Pick<Context, "em">): Promise<boolean>;
  readShopName: ReadShopName;
  /** True if sign-up is closed, so that only the first account can be created. */
  allowsOnlyFirstAccount: boolean;
  refuseStranger: RefuseStranger;
}

/** Registers every endpoint of the contract except those of the mail tray, which `app.ts` registers. */
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
  serveStores(serve);
  serveContents(serve);
  serveUploads(serve);
  servePictures(serve);
  serveDiscounts(serve);
  serveCheckout(serve);
  serveOrders(serve);
  serveDownloadLinks(serve);
  servePurchases(serve);
  serveSales(serve);
  serveWithdrawals(serve);
  serveWebhooks(serve);
  serveLibrary(serve);
  serveDemoPayments(serve);
  serveSetup(serve);
  servePeople(serve);
  serveMailQueue(serve);
  serveOperatorPayments(serve);
  serveOperatorWithdrawals(serve);
  serveShopSettings(serve);
  serveTakeDown(serve);
}
