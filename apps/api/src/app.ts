import { maySell, type User } from "@yumroad/contract";
import express, { type Express } from "express";
import { serveMedia } from "./catalog/pictures/serve-media.ts";
import { movedStorePath } from "./catalog/stores/moved-store-path.ts";
import { serveTus } from "./catalog/uploads/serve-tus.ts";
import type { Dependencies } from "./dependencies.ts";
import { createKnownBrowserCookie } from "./identity/auth/known-browser-cookie.ts";
import { refuseStranger } from "./identity/auth/refuse-stranger.ts";
import { hasAccounts } from "./identity/users/queries.ts";
import { serveApiDocs } from "./platform/api-docs/serve-api-docs.ts";
import { cookieSettings } from "./platform/http/cookies.ts";
import { refuseLongPaths } from "./platform/http/long-paths.ts";
import { answerProblem, Refusal } from "./platform/http/problem.ts";
import { logRequests } from "./platform/http/request-log.ts";
import { securityHeaders } from "./platform/http/security-headers.ts";
import { createServe } from "./platform/http/serve.ts";
import { createSessions } from "./platform/http/session.ts";
import { serveWebApp } from "./platform/http/web-app.ts";
import { serveMailTray } from "./platform/mail/routes.ts";
import { type Needs, serveEndpoints } from "./routes.ts";
import { serveDownloads } from "./sales/downloads/serve-downloads.ts";
import { forgetOrders } from "./sales/orders/forget-orders.ts";
import { createOrdersCookie } from "./sales/orders/orders-cookie.ts";
import { createShopName } from "./shop/create-shop-name.ts";
import { readShopKind } from "./shop/shop-kind.ts";

/**
 * Assembles the Express app. Does not listen on a port or read the environment, so that tests can assemble apps of
 * their own.
 */
export function createApp(dependencies: Dependencies): Express {
  const { config, limits, clock, logger, database, sessionStore, rateLimiter, mailer, mailTray, webAppFolder } =
    dependencies;
  const cookies = cookieSettings(config.publicUrl);
  const sessions = createSessions({ store: sessionStore, cookies, secrets: config.sessionSecrets, clock, limits });
  const knownBrowserCookie = createKnownBrowserCookie({ cookies, secrets: config.sessionSecrets, limits });

  const ordersCookie = createOrdersCookie({ cookies, secrets: config.sessionSecrets });

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing");
  app.enable("strict routing");
  app.set("trust proxy", config.trustProxy);
  app.set("query parser", "simple");

  app.use(logRequests(app, logger));
  app.use(securityHeaders(config.publicUrl.protocol === "https:"));
  app.use(refuseLongPaths(limits.pathLength));

  const serveOptions = {
    sessions,
    publicOrigin: config.publicUrl.origin,
    isLocalDemo: config.isLocalDemo,
    limits,
    rateLimiter,
    database,
    clock,
    maySell: async (user: User) => maySell(await readShopKind(database.fork()), user),
  };
  const needs: Needs = {
    ...dependencies,
    sessions,
    knownBrowserCookie,
    ordersCookie,
    clearOnLogout: (ctx, req, res) => forgetOrders(ctx, { ordersCookie, req, res }),
    isSignupOpen: async (ctx) => config.signupMode !== "closed" || !(await hasAccounts(ctx.em)),
    readShopName: createShopName(database),
    allowsOnlyFirstAccount: config.signupMode === "closed",
    refuseStranger: refuseStranger({ ...dependencies, sessions, knownBrowserCookie }),
  };
  const { serve, refuseOtherMethods } = createServe({ app, ...serveOptions }, needs);
  serveEndpoints(serve);
  refuseOtherMethods();
  app.use(serveTus(serveOptions, dependencies));
  if (mailTray !== null) app.use(serveMailTray(serveOptions, { mailer, mailTray }));

  app.use(serveMedia(dependencies.mediaFolder));
  app.use(serveDownloads(dependencies));

  app.use(serveApiDocs({ webAppFolder, publicOrigin: serveOptions.publicOrigin, readShopName: needs.readShopName }));
  app.use(/^\/api(?=\/|$)/, () => {
    throw new Refusal("not_found");
  });
  app.use(
    serveWebApp(webAppFolder, { readShopName: needs.readShopName, movedTo: (path) => movedStorePath(database, path) }),
  );
  app.use(answerProblem);
  return app;
}
