import { endpoints, fault } from "@yumroad/contract";
import type { Response } from "express";
import type { NeedsOf } from "../../platform/http/context.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { SharedPasswordHasher } from "../../platform/lib/password-hasher.ts";
import { type ActivityBacklogContext, recordActivityLater } from "../activity/record-activity.ts";
import { type AfterLoginContext, afterLogin } from "../auth/after-login.ts";
import { attemptClient } from "../auth/login-limits.ts";
import type { LockoutContext } from "../auth/report-lockout.ts";
import type { Miss } from "../auth/try-proof.ts";
import { withHasher } from "../auth/with-hasher.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { beginTotp } from "./begin-totp.ts";
import { completeLogin } from "./complete-login.ts";
import { confirmTotp } from "./confirm-totp.ts";
import type { FactorContext } from "./factor-context.ts";
import { findFactorOwner } from "./factor-owner.ts";
import { countRecoveryCodes, findTotp, hasConfirmedTotp } from "./queries.ts";
import { reauthenticate } from "./reauthenticate.ts";
import { removeTotp } from "./remove-totp.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import type { Totp } from "./totp.ts";

type TwoFactorNeeds = NeedsOf<
  SessionContext & LockoutContext & AfterLoginContext & FactorContext & { hasher: SharedPasswordHasher; totp: Totp }
>;

export function serveTwoFactor(serve: Serve<TwoFactorNeeds>): void {
  serveSecondFactor(serve);
  serveReauthentication(serve);
  serveFactors(serve);
  serveSetup(serve);
}

function serveSecondFactor(serve: Serve<TwoFactorNeeds>): void {
  serve(endpoints.twoFactor.completeLogin, async ({ ctx, body, req, res }) => {
    const pending = ctx.sessions.pending(req);
    if (pending === null) return new Refusal("unauthenticated");
    const { id: userId } = pending.user;
    const outcome = await completeLogin(ctx, req, { userId, code: body.code, from: attemptClient(ctx, req) });
    if (outcome.kind === "refused") return new Refusal("unauthenticated");
    if (outcome.kind !== "logged_in") return refuseCode(ctx, res, { userId, miss: outcome });
    if (outcome.factor === "recovery_code") recordActivityLater(ctx, res, { kind: "authn_recovery_code_used", userId });
    await afterLogin(ctx, req, res, outcome);
    return { body: ctx.sessions.present(outcome.session) };
  });
}

function serveReauthentication(serve: Serve<TwoFactorNeeds>): void {
  serve(endpoints.auth.reauthenticate, async ({ ctx, user, body, req, res }) => {
    const { id: userId } = user;
    const hashing = withHasher(ctx);
    const { password, code } = body;
    const outcome = await reauthenticate(hashing, req, { user, password, code, from: attemptClient(ctx, req) });
    if (outcome.kind === "code_missing") {
      const message = fault("second_factor_missing");
      return new Refusal("invalid_input", { issues: [{ path: ["code"], message }] });
    }
    if (outcome.kind === "code_missed") return refuseCode(ctx, res, { userId, miss: outcome.miss });
    if (outcome.kind === "too_many") {
      recordActivityLater(ctx, res, { kind: "authn_login_fail_max", userId: null });
      return tooManyTries(outcome.retryAfterMs);
    }
    if (outcome.kind === "refused") {
      recordActivityLater(ctx, res, { kind: "authn_login_fail", userId });
      return new Refusal("invalid_credentials");
    }
    if (outcome.factor === "recovery_code") recordActivityLater(ctx, res, { kind: "authn_recovery_code_used", userId });
    recordActivityLater(ctx, res, { kind: "authn_reauthenticated", userId });
    return { body: ctx.sessions.present(outcome.session) };
  });
}

function serveFactors(serve: Serve<TwoFactorNeeds>): void {
  serve(endpoints.twoFactor.get, async ({ ctx, user }) => {
    const since = (await findTotp(ctx.em, user.id))?.confirmedAt ?? null;
    return {
      body: {
        totpSince: since === null ? null : new Date(since).toISOString(),
        recoveryCodesLeft: await countRecoveryCodes(ctx.em, user.id),
      },
    };
  });

  serve(endpoints.twoFactor.removeTotp, async ({ ctx, user, req }) => {
    // Continues for an unconfirmed app too, because a concurrent request may confirm the app before this request
    // removes it.
    if ((await findTotp(ctx.em, user.id)) === null) return { body: undefined };
    // Rotates the session before anything changes: of concurrent requests with one session, only one succeeds, and the
    // others change nothing.
    await rotateSession(ctx, req, { user, isProven: false });
    await removeTotp(ctx, { userId: user.id });
    return { body: undefined };
  });

  serve(endpoints.twoFactor.renewRecoveryCodes, async ({ ctx, user, req }) => {
    if (!(await hasConfirmedTotp(ctx.em, user.id))) return new Refusal("not_found");
    // Rotates the session before anything changes: of concurrent requests with one session, only one succeeds.
    await rotateSession(ctx, req, { user, isProven: false });
    const recoveryCodes = await renewRecoveryCodes(ctx, user.id);
    return recoveryCodes === null ? new Refusal("not_found") : { body: { recoveryCodes } };
  });
}

function serveSetup(serve: Serve<TwoFactorNeeds>): void {
  serve(endpoints.twoFactor.beginTotp, async ({ ctx, user }) => {
    const owner = await findFactorOwner(ctx, user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const outcome = await beginTotp(ctx, { user, owner });
    if (outcome.kind === "setup_refused") return new Refusal(outcome.reason);
    if (outcome.kind === "already_set_up") return new Refusal("already_set_up");
    return { body: { secret: outcome.secret, uri: outcome.uri } };
  });

  serve(endpoints.twoFactor.confirmTotp, async ({ ctx, user, body, req, res }) => {
    const { id: userId } = user;
    const owner = await findFactorOwner(ctx, userId);
    if (typeof owner === "string") return new Refusal(owner);
    const outcome = await confirmTotp(ctx, req, { user, owner, code: body.code, from: attemptClient(ctx, req) });
    if (outcome.kind === "setup_refused") return new Refusal(outcome.reason);
    if (outcome.kind === "already_set_up") return new Refusal("already_set_up");
    if (outcome.kind !== "confirmed") return refuseCode(ctx, res, { userId, miss: outcome });
    // Ends the other sessions, because they began with a password alone, which is not enough any more.
    await ctx.sessionStore.endAllOf(userId, { except: ctx.sessions.idOf(req) });
    ctx.knownBrowserCookie.renumber(req, res, { accountId: userId, number: outcome.number });
    return { body: { recoveryCodes: outcome.recoveryCodes } };
  });
}

function refuseCode(
  ctx: ActivityBacklogContext,
  res: Response,
  { userId, miss }: { userId: string; miss: Miss },
): Refusal {
  if (miss.kind === "wrong") {
    recordActivityLater(ctx, res, { kind: "authn_factor_fail", userId });
    return new Refusal("invalid_code");
  }
  recordActivityLater(ctx, res, { kind: "authn_login_fail_max", userId });
  return tooManyTries(miss.retryAfterMs);
}
