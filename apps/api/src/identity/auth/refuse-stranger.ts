import { type Context, extendContext } from "../../platform/http/context.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SharedPasswordHasher } from "../../platform/lib/password-hasher.ts";
import { type ActivityBacklog, recordActivityLater } from "../activity/record-activity.ts";
import type { Confirmer, RefuseStranger } from "../email/refuse-stranger.ts";
import type { KnownBrowserCookie } from "./known-browser-cookie.ts";
import { attemptClient } from "./login-limits.ts";
import type { LockoutContext } from "./report-lockout.ts";
import { verifyConfirmer } from "./verify-confirmer.ts";
import { withHasher } from "./with-hasher.ts";

type RefuseNeeds = Pick<LockoutContext, "limits" | "rateLimiter" | "passwordResetWorker"> & {
  hasher: SharedPasswordHasher;
  sessions: Sessions;
  knownBrowserCookie: KnownBrowserCookie;
  activityBacklog: ActivityBacklog;
};

/**
 * Implements the port by which the email module verifies that a person who confirms an address has the account's
 * password.
 */
export function refuseStranger(needs: RefuseNeeds): RefuseStranger {
  return async (context: Context, { req, res, user, password }: Confirmer) => {
    const ctx = withHasher(extendContext(context, needs));
    const proof = await verifyConfirmer(ctx, req, { user, password, from: attemptClient(ctx, req) });
    if (proof.kind === "is_theirs") return null;
    if (proof.kind === "password_required") return new Refusal("password_required");
    const kind = proof.kind === "too_many" ? "authn_login_fail_max" : "authn_login_fail";
    recordActivityLater(ctx, res, { kind, userId: user.id });
    return proof.kind === "too_many" ? tooManyTries(proof.retryAfterMs) : new Refusal("invalid_credentials");
  };
}
