import { type ActivityKind, endpoints } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { liftAccountBudgets } from "../../platform/http/account-limits.ts";
import { addressPartyOf, blur, neighbourhoodOf } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { disownAccount } from "../account/disown-account.ts";
import { originOf, recordActivity, recordActivityLater } from "../activity/record-activity.ts";
import type { DeviceCookie } from "../auth/known-browser-cookie.ts";
import { liftWrongPasswords, originOfAttempt } from "../auth/login-limits.ts";
import { denyLogin } from "../auth/report-unknown-login.ts";
import { unlockBrowser } from "../auth/unlock-browser.ts";
import { type ConfirmerOutcome, proveConfirmer } from "../auth/verify-confirmer.ts";
import { changeEmail } from "../email/change-email.ts";
import { confirmEmailChange } from "../email/confirm-email-change.ts";
import { resendVerification } from "../email/resend-verification.ts";
import { undoEmailChange } from "../email/undo-email-change.ts";
import { verifyEmail } from "../email/verify-email.ts";
import { lookAtToken } from "../tokens/consume-token.ts";
import { endTokens } from "../tokens/revoke-tokens.ts";
import { changePassword } from "./change-password.ts";
import { askForRecovery } from "./request-password-reset.ts";
import { resetPassword } from "./reset-password.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveRecovery(
  serve: Serve,
  dependencies: Dependencies,
  sessions: Sessions,
  devices: DeviceCookie,
): void {
  const { database, clock, limits, throttle } = dependencies;
  /** What a request works with. */
  const parts = () => ({ ...dependencies, em: database.fork(), sessions });
  const hashingParts = (req: Request) => ({
    ...parts(),
    hasher: dependencies.hasher.forParty(addressPartyOf(req.ip)),
  });
  const note = (req: Request, kind: ActivityKind, userId: string | null) =>
    recordActivityLater(dependencies, req, { kind, userId });

  serve(endpoints.forgotPassword, async ({ body, req }) => {
    const { device, address } = originOf(req);
    const asker = { neighbourhood: neighbourhoodOf(req.ip), device, address };
    const outcome = await askForRecovery(parts(), body, asker);
    return outcome.kind === "too_many" ? tooManyTries(outcome.retryAfterMs) : { body: undefined };
  });

  serve(endpoints.resetPassword, ({ body, req, res }) =>
    withLinkBudget(req, async () => {
      const outcome = await resetPassword(hashingParts(req), body, originOf(req));
      if (outcome.kind === "weak_password") return weakPassword(outcome.reason);
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      await liftWrongPasswords(throttle, outcome.email, neighbourhoodOf(req.ip));
      await liftAccountBudgets(throttle, outcome.userId);
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
      const look = await lookAtToken(database.fork(), { clock }, claim);
      if (look.kind === "refused") return refuseLink(req, look.userId);
      const proof = await proveConfirmer(
        hashingParts(req),
        req,
        { user: look.user, password },
        originOfAttempt(req, devices),
      );
      if (proof.kind !== "is_theirs") return refuseConfirmer(req, look.user.id, proof);
      const isChange = look.token.purpose === "change_email";
      const outcome = await (isChange
        ? confirmEmailChange(parts(), req, token)
        : verifyEmail(parts(), token, originOf(req)));
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      if (outcome.kind === "email_taken") return new Refusal("email_taken");
      return { body: { email: outcome.email, isChanged: isChange } };
    }),
  );

  serve(endpoints.disownAccount, ({ body, req }) =>
    withLinkBudget(req, async () => {
      const outcome = await disownAccount(parts(), body.token, originOf(req));
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      return { body: { isAccountClosed: outcome.kind === "disowned" } };
    }),
  );

  serve(endpoints.undoEmailChange, ({ body, req }) =>
    withLinkBudget(req, async () => {
      const outcome = await undoEmailChange(parts(), body.token, originOf(req));
      return outcome.kind === "refused" ? refuseLink(req, outcome.userId) : { body: { email: outcome.email } };
    }),
  );

  serve(endpoints.denyLogin, ({ body, req }) =>
    withLinkBudget(req, async () => {
      const outcome = await denyLogin(parts(), body.token, originOf(req));
      if (outcome.kind === "refused") return refuseLink(req, outcome.userId);
      return { body: { resetToken: outcome.resetToken } };
    }),
  );

  serve(endpoints.resendVerification, async ({ user }) => {
    await resendVerification(parts(), user.id);
    return { body: undefined };
  });

  serve(endpoints.changeEmail, async ({ user, body, req }) => {
    const outcome = await changeEmail(parts(), user, body.email, originOf(req));
    if (outcome.kind === "too_many") return tooManyTries(outcome.retryAfterMs);
    return outcome.kind === "asked" ? { body: undefined } : new Refusal(outcome.kind);
  });

  serve(endpoints.cancelEmailChange, async ({ user, req }) => {
    await database.fork().transactional(async (em) => {
      if (!(await endTokens({ em, clock }, user.id, ["change_email"]))) return;
      await recordActivity({ em, clock }, originOf(req), { kind: "authn_email_change_undone", userId: user.id });
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
    const draws = [{ key: `links:${blur(neighbourhoodOf(req.ip))}`, budget: limits.wrongLinksOfAddress }];
    const verdict = await throttle.take(draws);
    if (!verdict.isAllowed) return tooManyTries(verdict.retryAfterMs);
    let isWrong = false;
    try {
      const reply = await use();
      isWrong = reply instanceof Refusal && reply.code === "link_invalid";
      return reply;
    } finally {
      if (!isWrong) await throttle.giveBack(draws);
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
