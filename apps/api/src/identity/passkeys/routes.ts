import { type ActivityKind, endpoints, type User } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { hashKey, ipRateLimitKey } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { clientInfo, logForeignId, recordActivityLater } from "../activity/record-activity.ts";
import { afterLogin } from "../auth/after-login.ts";
import type { KnownBrowserCookie } from "../auth/known-browser-cookie.ts";
import { originOfAttempt } from "../auth/login-limits.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import { findFactorOwner } from "../two-factor/factor-owner.ts";
import { addPasskey } from "./add-passkey.ts";
import { logInWithPasskey } from "./passkey-login.ts";
import { presentPasskey } from "./present.ts";
import { hasPasskey, listPasskeysOf } from "./queries.ts";
import { reauthenticateWithPasskey } from "./reauthenticate-by-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";
import type { PasskeyProof } from "./verify-passkey.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function servePasskeys(
  serve: Serve,
  dependencies: Dependencies,
  sessions: Sessions,
  devices: KnownBrowserCookie,
): void {
  const { database, limits, rateLimiter, relyingParty } = dependencies;
  const note = (req: Request, kind: ActivityKind, userId: string | null) =>
    recordActivityLater(dependencies, req, { kind, userId });
  const partsFor = (req: Request) => ({ ...dependencies, em: database.fork(), sessions, log: req.log });

  /** Before anything is changed: of several requests with one session one comes past it, the others change nothing. */
  const goOn = (req: Request, user: User) => rotateSession(partsFor(req), req, user, { isProven: false });

  serve(endpoints.passkeyLoginOptions, async ({ req }) => {
    const key = `passkey-options:${hashKey(ipRateLimitKey(req.ip))}`;
    const verdict = await rateLimiter.consume([{ key, limit: limits.passkeyOptions }]);
    return verdict.isAllowed ? { body: await relyingParty.loginOptions() } : tooManyTries(verdict.retryAfterMs);
  });

  serve(
    endpoints.passkeyLogin,
    async ({ body, req, res }) => {
      const wanted = { passkey: body.passkey, isRemembered: body.remember ?? false };
      const outcome = await logInWithPasskey(partsFor(req), req, wanted);
      if (outcome.kind !== "logged_in") return refusePasskey(req, outcome);
      await afterLogin({ dependencies, sessions, devices }, req, res, outcome);
      return { body: sessions.present(outcome.session) };
    },
    { session: "replaced" },
  );

  serve(endpoints.passkeyReauthenticate, async ({ user, body, req }) => {
    const outcome = await reauthenticateWithPasskey(partsFor(req), req, { passkey: body.passkey, userId: user.id });
    if (outcome.kind !== "proven") return refusePasskey(req, outcome);
    note(req, "authn_reauthenticated", user.id);
    return { body: sessions.present(outcome.session) };
  });

  serve(endpoints.listPasskeys, async ({ user }) => {
    const rows = await listPasskeysOf(database.fork(), user.id);
    return { body: { items: rows.map(presentPasskey) } };
  });

  serve(endpoints.passkeyCreationOptions, async ({ user, req }) => {
    const owner = await findFactorOwner(partsFor(req), user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const existing = await listPasskeysOf(database.fork(), user.id);
    // Sooner than after the browser has made one that nobody would keep.
    if (existing.length >= limits.passkeysPerAccount) return tooManyPasskeys();
    return { body: await relyingParty.creationOptions(user, existing) };
  });

  serve(endpoints.addPasskey, async ({ user, body, req, res }) => {
    const owner = await findFactorOwner(partsFor(req), user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const from = originOfAttempt(req, devices);
    const wanted = { owner, name: body.name, attestation: body.passkey, from };
    const parts = { ...partsFor(req), goOn: () => goOn(req, user) };
    const outcome = await addPasskey(parts, wanted, clientInfo(req));
    if (outcome.kind === "refused") {
      note(req, "authn_factor_fail", user.id);
      return new Refusal("invalid_passkey");
    }
    if (outcome.kind === "barred") return new Refusal(outcome.by);
    if (outcome.kind === "too_many") return tooManyPasskeys();
    if (outcome.kind === "already_set_up") return new Refusal("already_set_up");
    devices.renumber(req, res, { accountId: user.id, number: outcome.number });
    return { body: presentPasskey(outcome.passkey) };
  });

  serve(endpoints.removePasskey, async ({ user, params, req }) => {
    const { handle } = params;
    if (!(await hasPasskey(database.fork(), user.id, handle))) {
      logForeignId(req, user.id);
      return new Refusal("not_found");
    }
    await goOn(req, user);
    const isRemoved = await removePasskey(partsFor(req), { userId: user.id, handle }, clientInfo(req));
    return isRemoved ? { body: undefined } : new Refusal("not_found");
  });

  function refusePasskey(req: Request, outcome: Exclude<PasskeyProof, { kind: "proven" }>): Refusal {
    if (outcome.kind === "too_many") {
      note(req, "authn_login_fail_max", null);
      return tooManyTries(outcome.retryAfterMs);
    }
    note(req, "authn_login_fail", outcome.userId);
    return new Refusal("invalid_passkey");
  }

  function tooManyPasskeys(): Refusal {
    const message = `You have ${limits.passkeysPerAccount} passkeys already: remove one first`;
    return new Refusal("invalid_input", { issues: [{ path: [], message }] });
  }
}
