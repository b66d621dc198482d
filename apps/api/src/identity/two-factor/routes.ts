import { type ActivityKind, endpoints, type User } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { clientInfo, recordActivityLater } from "../activity/record-activity.ts";
import { afterLogin } from "../auth/after-login.ts";
import type { KnownBrowserCookie } from "../auth/known-browser-cookie.ts";
import { originOfAttempt } from "../auth/login-limits.ts";
import type { Miss } from "../auth/try-proof.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import { beginTotp } from "./begin-totp.ts";
import { completeLogin } from "./complete-login.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { findFactorOwner } from "./factor-owner.ts";
import { countRecoveryCodes, findConfirmedTotp, findTotp } from "./queries.ts";
import { removeTotp } from "./remove-totp.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveTwoFactor(
  serve: Serve,
  dependencies: Dependencies,
  sessions: Sessions,
  devices: KnownBrowserCookie,
): void {
  const { database, sessionStore } = dependencies;
  /** What a request works with. */
  const partsOf = () => ({ ...dependencies, em: database.fork(), sessions });
  const note = (req: Request, kind: ActivityKind, userId: string) =>
    recordActivityLater(dependencies, req, { kind, userId });

  /** Before anything is changed: of several requests with one session one comes past it, the others change nothing. */
  const goOn = (req: Request, user: User) => rotateSession(partsOf(), req, user, { isProven: false });

  serve(endpoints.secondFactor, async ({ body, req, res }) => {
    const half = sessions.half(req);
    if (half === null) return new Refusal("unauthenticated");
    const { id } = half.user;
    const attempt = { accountId: id, code: body.code, from: originOfAttempt(req, devices) };
    const outcome = await completeLogin(partsOf(), req, attempt);
    if (outcome.kind === "refused") return new Refusal("unauthenticated");
    if (outcome.kind !== "logged_in") return refuseCode(req, id, outcome);
    if (outcome.factor === "recovery_code") note(req, "authn_recovery_code_used", id);
    await afterLogin({ dependencies, sessions, devices }, req, res, outcome);
    return { body: sessions.present(outcome.session) };
  });

  serve(endpoints.factors, async ({ user }) => {
    const em = database.fork();
    const since = (await findTotp(em, user.id))?.confirmedAt ?? null;
    return {
      body: {
        totpSince: since === null ? null : new Date(since).toISOString(),
        recoveryCodesLeft: await countRecoveryCodes(em, user.id),
      },
    };
  });

  serve(endpoints.beginTotp, async ({ user }) => {
    const owner = await findFactorOwner(partsOf(), user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const outcome = await beginTotp(partsOf(), user, owner);
    if (outcome.kind === "barred") return new Refusal(outcome.by);
    if (outcome.kind === "already_set_up") return new Refusal("already_set_up");
    return { body: { secret: outcome.secret, uri: outcome.uri } };
  });

  serve(endpoints.confirmTotp, async ({ user, body, req, res }) => {
    const owner = await findFactorOwner(partsOf(), user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const attempt = { code: body.code, from: originOfAttempt(req, devices) };
    const parts = { ...partsOf(), goOn: () => goOn(req, user) };
    const outcome = await confirmTotp(parts, owner, attempt, clientInfo(req));
    if (outcome.kind === "barred") return new Refusal(outcome.by);
    if (outcome.kind === "already_set_up") return new Refusal("already_set_up");
    if (outcome.kind !== "confirmed") return refuseCode(req, user.id, outcome);
    // They were begun with a password alone, which is not enough any more.
    await sessionStore.endAllOf(user.id, { except: sessions.idOf(req) });
    devices.renumber(req, res, { accountId: user.id, number: outcome.number });
    return { body: { recoveryCodes: outcome.recoveryCodes } };
  });

  serve(endpoints.removeTotp, async ({ user, req }) => {
    // One that is only begun as well: it may be confirmed by the time that it is removed.
    if ((await findTotp(database.fork(), user.id)) === null) return { body: undefined };
    await goOn(req, user);
    await removeTotp(partsOf(), { userId: user.id, origin: clientInfo(req) });
    return { body: undefined };
  });

  serve(endpoints.renewRecoveryCodes, async ({ user, req }) => {
    if ((await findConfirmedTotp(database.fork(), user.id)) === null) return new Refusal("not_found");
    await goOn(req, user);
    const recoveryCodes = await renewRecoveryCodes(partsOf(), user.id, clientInfo(req));
    return recoveryCodes === null ? new Refusal("not_found") : { body: { recoveryCodes } };
  });

  function refuseCode(req: Request, userId: string, miss: Miss): Refusal {
    if (miss.kind === "wrong") {
      note(req, "authn_factor_fail", userId);
      return new Refusal("invalid_code");
    }
    note(req, "authn_login_fail_max", userId);
    return tooManyTries(miss.retryAfterMs);
  }
}
