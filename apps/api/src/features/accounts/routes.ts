import { endpoints } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { blur, neighbourhoodOf } from "../../http/address.ts";
import { Refusal } from "../../http/problem.ts";
import type { createServe } from "../../http/serve.ts";
import type { Sessions } from "../../http/session.ts";
import { createUser } from "./create-user.ts";
import type { DeviceCookie } from "./device-cookie.ts";
import { logIn } from "./log-in.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveAccounts(
  serve: Serve,
  dependencies: Dependencies,
  sessions: Sessions,
  devices: DeviceCookie,
): void {
  const { database, hasher, clock, limits, throttle } = dependencies;

  serve(
    endpoints.signup,
    async ({ body, req, res }) => {
      const { remember = false, ...newUser } = body;
      // Otherwise an account would be made that its owner can't be told of, and the next try would find it taken.
      await sessions.mustBePossible(req);
      const draws = [{ key: `signups:${blur(neighbourhoodOf(req.ip))}`, budget: limits.signups }];
      const verdict = await throttle.take(draws);
      if (!verdict.isAllowed) return tooMany(verdict.retryAfterMs);
      const outcome = await createUser({ em: database.fork(), hasher, clock }, newUser).catch(async (error) => {
        await throttle.giveBack(draws);
        throw error;
      });
      if (outcome.kind !== "created") await throttle.giveBack(draws);
      if (outcome.kind === "email_taken") return new Refusal("email_taken");
      if (outcome.kind === "weak_password") {
        return new Refusal("invalid_input", { issues: [{ path: ["password"], message: outcome.reason }] });
      }
      const session = await sessions.begin(req, outcome.user, { isRemembered: remember });
      devices.remember(req, res, outcome.user.id);
      logEvent(req, "user_created", outcome.user.id);
      return { body: session, headers: { Location: endpoints.session.path } };
    },
    { session: "replaced" },
  );

  serve(
    endpoints.login,
    async ({ body, req, res }) => {
      const parts = { em: database.fork(), hasher, sessions, throttle, limits, log: req.log };
      const outcome = await logIn(parts, req, body, {
        neighbourhood: neighbourhoodOf(req.ip),
        device: devices.read(req),
      });
      if (outcome.kind === "too_many") {
        logEvent(req, "authn_login_fail_max");
        return tooMany(outcome.retryAfterMs);
      }
      if (outcome.kind === "refused") {
        logEvent(req, "authn_login_fail");
        return new Refusal("invalid_credentials");
      }
      devices.remember(req, res, outcome.session.user.id);
      logEvent(req, "authn_login_success", outcome.session.user.id);
      return { body: outcome.session };
    },
    { session: "replaced" },
  );

  serve(
    endpoints.logout,
    async ({ req, res }) => {
      // Not "cookies": the browser would drop the device's cookie as well.
      res.set("Clear-Site-Data", '"cache", "storage"');
      await sessions.end(req, res);
      logEvent(req, "authn_logout");
      return { body: undefined };
    },
    { session: "unloaded" },
  );

  serve(endpoints.session, ({ req }) => {
    const record = sessions.current(req);
    return { body: record ? sessions.present(record) : { user: null, expiresAt: null, ended: sessions.hasEnded(req) } };
  });
}

function tooMany(retryAfterMs: number): Refusal {
  return new Refusal("rate_limited", { retryAfter: Math.max(1, Math.ceil(retryAfterMs / 1000)) });
}

/** Security events in OWASP's vocabulary (Logging Vocabulary Cheat Sheet). The session's id only as its hash. */
function logEvent(req: Request, event: string, userId?: string): void {
  const sessionHash = req.session ? blur(req.sessionID) : undefined;
  req.log.info({ event, userId, address: req.ip, sessionHash }, event);
}
