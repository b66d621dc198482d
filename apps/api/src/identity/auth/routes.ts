import { type Account, type ActivityKind, endpoints } from "@yumroad/contract";
import type { Request } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { addressPartyOf, hashKey, ipRateLimitKey } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import { changeProfile } from "../account/change-profile.ts";
import { presentAccount } from "../account/present.ts";
import { clientInfo, recordActivityLater } from "../activity/record-activity.ts";
import { findPendingEmail } from "../email/queries.ts";
import { sendVerification, verificationLimit } from "../email/send-verification.ts";
import { undoDeletion } from "../privacy/undo-deletion.ts";
import { logOut } from "../sessions/logout.ts";
import { reauthenticate } from "../two-factor/reauthenticate.ts";
import { describeUser } from "../users/describe-user.ts";
import { makeBrowserKnown } from "../users/known-browsers.ts";
import { findAccountInFull } from "../users/queries.ts";
import { afterLogin } from "./after-login.ts";
import { createUser } from "./create-user.ts";
import type { KnownBrowserCookie } from "./known-browser-cookie.ts";
import { logIn } from "./login.ts";
import { knownNumberOf, originOfAttempt } from "./login-limits.ts";
import { rollBackSignup } from "./roll-back-signup.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveAuth(
  serve: Serve,
  dependencies: Dependencies,
  sessions: Sessions,
  devices: KnownBrowserCookie,
): void {
  const { config, database, clock, limits, rateLimiter } = dependencies;
  const hasherFor = (req: Request) => dependencies.hasher.forParty(addressPartyOf(req.ip));
  const note = (req: Request, kind: ActivityKind, userId: string | null) =>
    recordActivityLater(dependencies, req, { kind, userId });

  serve(
    endpoints.signup,
    async ({ body, req, res }) => {
      const { remember = false, ...newUser } = body;
      // Otherwise an account would be made that its owner can't be told of, and the next try would find it taken.
      await sessions.assertCanBegin(req);
      const from = hashKey(ipRateLimitKey(req.ip));
      const made = { key: `signups:${from}`, limit: limits.signups };
      const taken = { key: `taken-signups:${from}`, limit: limits.takenSignups };
      const limitKeys = [made, taken];
      const verdict = await rateLimiter.consume(limitKeys);
      if (!verdict.isAllowed) return tooManyTries(verdict.retryAfterMs);
      let mailId: string | null = null;
      let number: number | null = null;
      const outcome = await createUser({ ...dependencies, em: database.fork(), hasher: hasherFor(req) }, newUser, {
        isOnlyFirst: config.signupMode === "closed",
        async inTransaction(em, user) {
          mailId = await sendVerification(em, dependencies, user);
          number = await makeBrowserKnown(em, user.id, { revoked: 0 });
        },
      }).catch(async (error) => {
        await rateLimiter.refund(limitKeys);
        throw error;
      });
      const counted = { created: made, email_taken: taken, signup_closed: null, weak_password: null }[outcome.kind];
      // At once, since each costs a way to the store.
      await Promise.all([
        rateLimiter.refund(limitKeys.filter((limitKey) => limitKey !== counted)),
        outcome.kind === "created" && rateLimiter.consume([verificationLimit(outcome.user.email, limits)]),
      ]);
      if (outcome.kind === "signup_closed") return new Refusal("signup_closed");
      if (outcome.kind === "email_taken") return new Refusal("email_taken");
      if (outcome.kind === "weak_password") {
        return new Refusal("invalid_input", { issues: [{ path: ["password"], message: outcome.reason }] });
      }
      const { user } = outcome;
      const session = await sessions.begin(req, user, { isRemembered: remember }).catch(async (error) => {
        await rollBackSignup({ em: database.fork() }, user.id, { mailId });
        await rateLimiter.refund([made, verificationLimit(user.email, limits)]);
        throw error;
      });
      if (number !== null) devices.remember(req, res, { accountId: user.id, number });
      note(req, "user_created", user.id);
      return { body: sessions.present(session), headers: { Location: endpoints.session.path } };
    },
    { session: "replaced" },
  );

  serve(
    endpoints.login,
    async ({ body, req, res }) => {
      const parts = { ...dependencies, em: database.fork(), hasher: hasherFor(req), sessions, log: req.log };
      const from = originOfAttempt(req, devices);
      const outcome = await logIn(parts, req, body, from);
      if (outcome.kind === "too_many") {
        note(req, "authn_login_fail_max", null);
        return tooManyTries(outcome.retryAfterMs);
      }
      if (outcome.kind === "refused") {
        note(req, "authn_login_fail", outcome.userId);
        return new Refusal("invalid_credentials");
      }
      if (outcome.kind === "second_factor_pending") {
        const { account, session } = outcome;
        // Its owner should see that somebody has the password.
        if (knownNumberOf(account, from, limits) === null) note(req, "authn_login_half", account.user.id);
        return { body: sessions.presentPending(session) };
      }
      await afterLogin({ dependencies, sessions, devices }, req, res, outcome);
      return { body: sessions.present(outcome.session) };
    },
    { session: "replaced" },
  );

  serve(
    endpoints.logout,
    async ({ req, res }) => {
      const ended = await logOut(sessions, req, res);
      for (const userId of ended.length > 0 ? ended : [null]) note(req, "authn_logout", userId);
      return { body: undefined };
    },
    { session: "unloaded" },
  );

  serve(endpoints.session, ({ req }) => {
    const record = sessions.current(req);
    if (record) return { body: sessions.present(record) };
    const half = sessions.half(req);
    if (half) return { body: sessions.presentPending(half) };
    return { body: { user: null, expiresAt: null, ended: sessions.hasEnded(req) } };
  });

  serve(endpoints.account, async ({ user }) => accountOr401(user.id));

  serve(endpoints.changeProfile, async ({ user, body, req }) => {
    const em = database.fork();
    const changed = await changeProfile({ ...dependencies, em }, user.id, body);
    if (changed) note(req, "user_updated", user.id);
    return accountOr401(user.id);
  });

  // Here, since its answer is the account.
  serve(endpoints.undoDeletion, async ({ user, req }) => {
    await undoDeletion({ ...dependencies, em: database.fork() }, user.id, clientInfo(req));
    return accountOr401(user.id);
  });

  serve(endpoints.reauthenticate, async ({ user, body, req }) => {
    const parts = { ...dependencies, em: database.fork(), hasher: hasherFor(req), sessions };
    const outcome = await reauthenticate(parts, req, user, body, originOfAttempt(req, devices));
    if (outcome.kind === "code_missing") {
      const message = "Enter the code of your authenticator app, or a recovery code";
      return new Refusal("invalid_input", { issues: [{ path: ["code"], message }] });
    }
    if (outcome.kind === "code_missed") {
      const { miss } = outcome;
      note(req, miss.kind === "wrong" ? "authn_factor_fail" : "authn_login_fail_max", user.id);
      return miss.kind === "wrong" ? new Refusal("invalid_code") : tooManyTries(miss.retryAfterMs);
    }
    if (outcome.kind === "too_many") {
      note(req, "authn_login_fail_max", null);
      return tooManyTries(outcome.retryAfterMs);
    }
    if (outcome.kind === "refused") {
      note(req, "authn_login_fail", user.id);
      return new Refusal("invalid_credentials");
    }
    if (outcome.factor === "recovery_code") note(req, "authn_recovery_code_used", user.id);
    note(req, "authn_reauthenticated", user.id);
    return { body: sessions.present(outcome.session) };
  });

  async function accountOr401(userId: string): Promise<{ body: Account } | Refusal> {
    const em = database.fork();
    const account = await findAccountInFull(em, userId);
    // Deleted while this request was under way: then nobody is logged in any more.
    if (account === null) return new Refusal("unauthenticated");
    return {
      body: presentAccount(
        await describeUser({ ...dependencies, em }, account.user),
        account,
        await findPendingEmail({ em, clock }, userId),
      ),
    };
  }
}
