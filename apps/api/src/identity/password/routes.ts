import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { resetAccountLimits } from "../../platform/http/account-limits.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { SharedPasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ActivityBacklog, recordActivityLater } from "../activity/record-activity.ts";
import type { KnownBrowserCookie } from "../auth/known-browser-cookie.ts";
import { attemptClient, resetLoginLimits } from "../auth/login-limits.ts";
import { weakPassword } from "../auth/weak-password.ts";
import { withHasher } from "../auth/with-hasher.ts";
import { limitLinks } from "../tokens/limit-links.ts";
import { refuseLink } from "../tokens/refuse-link.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { changePassword } from "./change-password.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { peekResetLink, resetPassword } from "./reset-password.ts";

interface PasswordNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  hasher: SharedPasswordHasher;
  sessions: Sessions;
  sessionStore: SessionStore;
  mailer: MailQueue;
  passwordResetWorker: Worker;
  activityBacklog: ActivityBacklog;
  knownBrowserCookie: KnownBrowserCookie;
  accountExtension: AccountExtension;
}

export function servePassword(serve: Serve<PasswordNeeds>): void {
  serve(endpoints.password.requestReset, async ({ ctx, body }) => {
    const outcome = await requestPasswordReset(ctx, body);
    return outcome.kind === "too_many" ? tooManyTries(outcome.retryAfterMs) : { body: undefined };
  });

  // Looking at a link is no use of it, so a dead one is not recorded as a reuse.
  serve(endpoints.password.checkResetLink, ({ ctx, body }) =>
    limitLinks(ctx, async () => {
      const look = await peekResetLink(ctx, body.token);
      return look.kind === "good" ? { body: { email: look.user.email } } : new Refusal("link_invalid");
    }),
  );

  serve(endpoints.password.reset, ({ ctx, body, req, res }) =>
    limitLinks(ctx, async () => {
      const hashing = withHasher(ctx);
      const outcome = await resetPassword(hashing, body);
      if (outcome.kind === "weak_password") return weakPassword(outcome.reason);
      if (outcome.kind === "refused") return refuseLink(ctx, res, outcome.userId);
      await resetLoginLimits(ctx.rateLimiter, outcome.email, ctx.client.ipKey);
      await resetAccountLimits(ctx.rateLimiter, outcome.userId);
      ctx.knownBrowserCookie.allow(req, res, outcome.grant);
      return { body: { next: outcome.next } };
    }),
  );

  serve(endpoints.password.change, async ({ ctx, user, body, req, res }) => {
    const hashing = withHasher(ctx);
    const outcome = await changePassword(hashing, req, { user, ...body, from: attemptClient(ctx, req) });
    if (outcome.kind === "changed") {
      ctx.knownBrowserCookie.renumber(req, res, { accountId: user.id, number: outcome.number });
      return { body: ctx.sessions.present(outcome.session) };
    }
    if (outcome.kind === "weak_password") return weakPassword(outcome.reason);
    recordActivityLater(ctx, res, { kind: "authn_password_change_fail", userId: user.id });
    return outcome.kind === "too_many" ? tooManyTries(outcome.retryAfterMs) : new Refusal("invalid_credentials");
  });
}
