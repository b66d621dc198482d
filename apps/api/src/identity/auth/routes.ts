import { endpoints } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { SharedPasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ActivityBacklog, recordActivityLater } from "../activity/record-activity.ts";
import { logOut } from "../sessions/logout.ts";
import { limitLinks } from "../tokens/limit-links.ts";
import { refuseLink } from "../tokens/refuse-link.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { afterLogin } from "./after-login.ts";
import type { KnownBrowserCookie } from "./known-browser-cookie.ts";
import { type LoginOutcome, logIn, type NeedsSecondFactor } from "./login.ts";
import { attemptClient, knownNumberOf } from "./login-limits.ts";
import { reportUnknownLogin } from "./report-unknown-login.ts";
import { signUp } from "./signup.ts";
import { unlockBrowser } from "./unlock-browser.ts";
import { weakPassword } from "./weak-password.ts";
import { withHasher } from "./with-hasher.ts";

interface AuthNeeds {
  /** Clears what a browser keeps of its user beside the session. Passed in, because modules above keep cookies too. */
  clearOnLogout(ctx: Pick<Context, "em" | "clock">, req: Request, res: Response): Promise<void>;
  limits: Limits;
  rateLimiter: RateLimiter;
  hasher: SharedPasswordHasher;
  mailer: MailQueue;
  sessions: Sessions;
  sessionStore: SessionStore;
  knownBrowserCookie: KnownBrowserCookie;
  activityBacklog: ActivityBacklog;
  passwordResetWorker: Worker;
  accountExtension: AccountExtension;
  needsSecondFactor: NeedsSecondFactor;
  allowsOnlyFirstAccount: boolean;
}

export function serveAuth(serve: Serve<AuthNeeds>): void {
  serve(
    endpoints.auth.signup,
    async ({ ctx, body, req, res }) => {
      const outcome = await signUp(withHasher(ctx), req, body);
      if (outcome.kind === "too_many") return tooManyTries(outcome.retryAfterMs);
      if (outcome.kind === "weak_password") return weakPassword(outcome.reason);
      if (outcome.kind !== "signed_up") return new Refusal(outcome.kind);
      const { session, number } = outcome;
      const { id: accountId } = session.user;
      if (number !== null) ctx.knownBrowserCookie.remember(req, res, { accountId, number });
      recordActivityLater(ctx, res, { kind: "user_created", userId: accountId });
      return { body: ctx.sessions.present(session), headers: { Location: endpoints.sessions.current.path } };
    },
    { session: "replaced" },
  );

  serve(
    endpoints.auth.login,
    async ({ ctx, body, req, res }) => {
      const from = attemptClient(ctx, req);
      const outcome = await logIn(withHasher(ctx), req, { input: body, from });
      if (outcome.kind === "too_many" || outcome.kind === "refused") return refuseLogin(ctx, res, outcome);
      const { account, session } = outcome;
      if (outcome.kind === "second_factor_pending") {
        // The browser is unknown, so another person may have the password, and the owner should see this.
        const isKnown = knownNumberOf(account, from, ctx.limits) !== null;
        if (!isKnown) recordActivityLater(ctx, res, { kind: "authn_login_half", userId: account.user.id });
        return { body: ctx.sessions.presentPending(session) };
      }
      await afterLogin(ctx, req, res, { session, account });
      return { body: ctx.sessions.present(session) };
    },
    { session: "replaced" },
  );

  serve(
    endpoints.auth.logout,
    async ({ ctx, req, res }) => {
      const ended = await logOut(ctx, req, res);
      await ctx.clearOnLogout(ctx, req, res);
      for (const userId of ended.length > 0 ? ended : [null]) {
        recordActivityLater(ctx, res, { kind: "authn_logout", userId });
      }
      return { body: undefined };
    },
    { session: "unloaded" },
  );

  serve(endpoints.sessions.current, ({ ctx: { sessions }, req }) => {
    const record = sessions.current(req);
    if (record) return { body: sessions.present(record) };
    const pending = sessions.pending(req);
    if (pending) return { body: sessions.presentPending(pending) };
    return { body: { user: null, expiresAt: null, ended: sessions.hasEnded(req) } };
  });

  serve(endpoints.auth.reportUnknownLogin, ({ ctx, body, res }) =>
    limitLinks(ctx, async () => {
      const outcome = await reportUnknownLogin(ctx, body.token);
      if (outcome.kind === "refused") return refuseLink(ctx, res, outcome.userId);
      return { body: { resetToken: outcome.resetToken } };
    }),
  );

  serve(endpoints.auth.unlock, ({ ctx, body, req, res }) =>
    limitLinks(ctx, async () => {
      const outcome = await unlockBrowser(ctx, body.token);
      if (outcome.kind === "refused") return refuseLink(ctx, res, outcome.userId);
      ctx.knownBrowserCookie.allow(req, res, outcome.grant);
      return { body: undefined };
    }),
  );
}

function refuseLogin(
  ctx: Context & AuthNeeds,
  res: Response,
  outcome: Extract<LoginOutcome, { kind: "too_many" | "refused" }>,
): Refusal {
  if (outcome.kind === "too_many") {
    recordActivityLater(ctx, res, { kind: "authn_login_fail_max", userId: null });
    return tooManyTries(outcome.retryAfterMs);
  }
  recordActivityLater(ctx, res, { kind: "authn_login_fail", userId: outcome.userId });
  return new Refusal("invalid_credentials");
}
