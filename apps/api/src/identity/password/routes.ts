import { type ActivityKind, endpoints } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { resetAccountLimits } from "../../platform/http/account-limits.ts";
import { addressPartyOf, hashKey, ipRateLimitKey } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { disownAccount } from "../account/disown-account.ts";
import { clientInfo, recordActivity, recordActivityLater } from "../activity/record-activity.ts";
import type { KnownBrowserCookie } from "../auth/known-browser-cookie.ts";
import { originOfAttempt, resetLoginLimits } from "../auth/login-limits.ts";
import { reportUnknownLogin } from "../auth/report-unknown-login.ts";
import { unlockBrowser } from "../auth/unlock-browser.ts";
import { type ConfirmerOutcome, verifyConfirmer } from "../auth/verify-confirmer.ts";
import { changeEmail } from "../email/change-email.ts";
import { confirmEmailChange } from "../email/confirm-email-change.ts";
import { resendVerification } from "../email/resend-verification.ts";
import { undoEmailChange } from "../email/undo-email-change.ts";
import { verifyEmail } from "../email/verify-email.ts";
import { peekToken } from "../tokens/consume-token.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { changePassword } from "./change-password.ts";
import { requestPasswordReset } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function servePassword(
  serve: Serve,
  dependencies: Dependencies,
  sessions: Sessions,
  devices: KnownBrowserCookie,
): void {
  const { database, clock, limits, rateLimiter } = dependencies;
  /** What a request works with. */
  const parts = () => ({ ...dependencies, em: database.fork(), sessions });
  const hashingParts = (req: Request) => ({
    ...parts(),
    hasher: dependencies.hasher.forParty(addressPartyOf(req.ip)),
  });
  const note = (req: Request, kind: ActivityKind, userId: string | null) =>
    recordActivityLater(dependencies, req, { kind, userId });

  serve(endpoints.forgotPassword, async ({ body, req }) => {
    const { device, address } = clientInfo(req);
    const asker = { ipKey: ipRateLimitKey(req.ip), device, address };
    const outcome = await requestPasswordReset(parts(), body, asker);
    return outcome.kind === "too_many" ? tooManyTries(outcome.retryAfterMs) : { body: undefined };
  });

  serve(endpoints.resetPassword, ({ body, req, res }) =>
    withLinkBudget(req, async () => {
      const outcome = await resetPassword(hashingParts(req), body, clientInfo(req));
      if (outcome.kind === "weak_password") return weakPassword(outcome.reason);
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      await resetLoginLimits(rateLimiter, outcome.email, ipRateLimitKey(req.ip));
      await resetAccountLimits(rateLimiter, outcome.userId);
      devices.allow(req, res, outcome.grant);
      return { body: { next: outcome.next } };
    }),
  );

  serve(endpoints.unlockBrowser, ({ body, req, res }) =>
    withLinkBudget(req, async () => {
      const outcome = await unlockBrowser(parts(), body.token);
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      devices.allow(req, res, outcome.grant);
      return { body: undefined };
    }),
  );

  serve(endpoints.verifyEmail, ({ body: { token, password }, req }) =>
    withLinkBudget(req, async () => {
      const claim = { token, purposes: ["verify_email", "change_email"] } as const;
      const look = await peekToken(database.fork(), { clock }, claim);
      if (look.kind === "refused") return refuseLink(req, look.userId);
      const proof = await verifyConfirmer(
        hashingParts(req),
        req,
        { user: look.user, password },
        originOfAttempt(req, devices),
      );
      if (proof.kind !== "is_theirs") return refuseConfirmer(req, look.user.id, proof);
      const isChange = look.token.purpose === "change_email";
      const outcome = await (isChange
        ? confirmEmailChange(parts(), req, token)
        : verifyEmail(parts(), token, clientInfo(req)));
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      if (outcome.kind === "email_taken") return new Refusal("email_taken");
      return { body: { email: outcome.email, isChanged: isChange } };
    }),
  );

  serve(endpoints.disownAccount, ({ body, req }) =>
    withLinkBudget(req, async () => {
      const outcome = await disownAccount(parts(), body.token, clientInfo(req));
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      return { body: { isAccountClosed: outcome.kind === "disowned" } };
    }),
  );

  serve(endpoints.undoEmailChange, ({ body, req }) =>
    withLinkBudget(req, async () => {
      const outcome = await undoEmailChange(parts(), body.token, clientInfo(req));
      return outcome.kind === "refused" ? refuseLink(req, outcome.userId) : { body: { email: outcome.email } };
    }),
  );

  serve(endpoints.reportUnknownLogin, ({ body, req }) =>
    withLinkBudget(req, async () => {
      const outcome = await reportUnknownLogin(parts(), body.token, clientInfo(req));
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      return { body: { resetToken: outcome.resetToken } };
    }),
  );

  serve(endpoints.resendVerification, async ({ user }) => {
    await resendVerification(parts(), user.id);
    return { body: undefined };
  });

  serve(endpoints.changeEmail, async ({ user, body, req }) => {
    const outcome = await changeEmail(parts(), user, body.email, clientInfo(req));
    if (outcome.kind === "too_many") return tooManyTries(outcome.retryAfterMs);
    return outcome.kind === "asked" ? { body: undefined } : new Refusal(outcome.kind);
  });

  serve(endpoints.cancelEmailChange, async ({ user, req }) => {
    await database.fork().transactional(async (em) => {
      if (!(await revokeTokens({ em, clock }, user.id, ["change_email"]))) return;
      await recordActivity({ em, clock }, clientInfo(req), { kind: "authn_email_change_undone", userId: user.id });
    });
    return { body: undefined };
  });

  serve(endpoints.changePassword, async ({ user, body, req, res }) => {
    const outcome = await changePassword(hashingParts(req), req, user, body, originOfAttempt(req, devices));
    if (outcome.kind === "changed") {
      devices.renumber(req, res, { accountId: user.id, number: outcome.number });
      return { body: sessions.present(outcome.session) };
    }
    if (outcome.kind === "weak_password") return weakPassword(outcome.reason);
    note(req, "authn_password_change_fail", user.id);
    return outcome.kind === "too_many" ? tooManyTries(outcome.retryAfterMs) : new Refusal("invalid_credentials");
  });

  /** Counts links that are no good against the address that they come from. */
  async function withLinkBudget<Reply>(req: Request, use: () => Promise<Reply | Refusal>): Promise<Reply | Refusal> {
    const limitKeys = [{ key: `links:${hashKey(ipRateLimitKey(req.ip))}`, limit: limits.wrongLinksOfAddress }];
    const verdict = await rateLimiter.consume(limitKeys);
    if (!verdict.isAllowed) return tooManyTries(verdict.retryAfterMs);
    let isWrong = false;
    try {
      const reply = await use();
      isWrong = reply instanceof Refusal && reply.code === "link_invalid";
      return reply;
    } finally {
      if (!isWrong) await rateLimiter.refund(limitKeys);
    }
  }

  function refuseConfirmer(req: Request, userId: string, proof: Exclude<ConfirmerOutcome, { kind: "is_theirs" }>) {
    if (proof.kind === "password_required") return new Refusal("password_required");
    note(req, proof.kind === "too_many" ? "authn_login_fail_max" : "authn_login_fail", userId);
    return proof.kind === "too_many" ? tooManyTries(proof.retryAfterMs) : new Refusal("invalid_credentials");
  }

  function refuseLink(req: Request, userId: string | null): Refusal {
    note(req, "authn_token_reuse", userId);
    return new Refusal("link_invalid");
  }
}

function weakPassword(reason: string): Refusal {
  return new Refusal("invalid_input", { issues: [{ path: ["password"], message: reason }] });
}
