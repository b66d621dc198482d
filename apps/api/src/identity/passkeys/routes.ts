import { endpoints, fault } from "@yumroad/contract";
import type { Response } from "express";
import type { Limits } from "../../config/limits.ts";
import type { NeedsOf } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import { readShopSettings } from "../../shop/read-shop-settings.ts";
import { type ActivityBacklogContext, logForeignId, recordActivityLater } from "../activity/record-activity.ts";
import { type AfterLoginContext, afterLogin } from "../auth/after-login.ts";
import { attemptClient } from "../auth/login-limits.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import type { FactorContext } from "../two-factor/factor-context.ts";
import { findFactorOwner } from "../two-factor/factor-owner.ts";
import { addPasskey } from "./add-passkey.ts";
import { logInWithPasskey } from "./login-with-passkey.ts";
import { presentPasskey } from "./present.ts";
import { hasPasskey, listPasskeysOf } from "./queries.ts";
import { reauthenticateWithPasskey } from "./reauthenticate-with-passkey.ts";
import { removePasskey } from "./remove-passkey.ts";
import type { PasskeyContext, PasskeyProof } from "./verify-passkey.ts";

type PasskeyNeeds = NeedsOf<SessionContext & PasskeyContext & AfterLoginContext & FactorContext>;

export function servePasskeys(serve: Serve<PasskeyNeeds>): void {
  serveProofs(serve);
  serveCreation(serve);

  serve(endpoints.passkeys.list, async ({ ctx, user }) => {
    const rows = await listPasskeysOf(ctx.em, user.id);
    return { body: { items: rows.map(presentPasskey) } };
  });

  serve(endpoints.passkeys.remove, async ({ ctx, user, params, req }) => {
    const { handle: publicId } = params;
    if (!(await hasPasskey(ctx.em, user.id, publicId))) {
      logForeignId(ctx, user.id);
      return new Refusal("not_found");
    }
    // Rotates the session before anything changes: of concurrent requests with one session, only one succeeds, and the
    // others change nothing.
    await rotateSession(ctx, req, { user, isProven: false });
    const isRemoved = await removePasskey(ctx, { userId: user.id, publicId });
    return isRemoved ? { body: undefined } : new Refusal("not_found");
  });
}

function serveProofs(serve: Serve<PasskeyNeeds>): void {
  serve(endpoints.passkeys.loginOptions, async ({ ctx }) => {
    const key = `passkey-options:${hashKey(ctx.client.ipKey)}`;
    const refusal = await refuseOverLimit(ctx, [{ key, limit: ctx.limits.passkeyOptions }]);
    return refusal ?? { body: await ctx.relyingParty.loginOptions() };
  });

  serve(
    endpoints.passkeys.login,
    async ({ ctx, body, req, res }) => {
      const wanted = { passkey: body.passkey, isRemembered: body.remember ?? false };
      const outcome = await logInWithPasskey(ctx, req, wanted);
      if (outcome.kind !== "logged_in") return refusePasskey(ctx, res, outcome);
      await afterLogin(ctx, req, res, outcome);
      return { body: ctx.sessions.present(outcome.session) };
    },
    { session: "replaced" },
  );

  serve(endpoints.passkeys.reauthenticate, async ({ ctx, user, body, req, res }) => {
    const outcome = await reauthenticateWithPasskey(ctx, req, { passkey: body.passkey, userId: user.id });
    if (outcome.kind !== "proven") return refusePasskey(ctx, res, outcome);
    recordActivityLater(ctx, res, { kind: "authn_reauthenticated", userId: user.id });
    return { body: ctx.sessions.present(outcome.session) };
  });
}

function serveCreation(serve: Serve<PasskeyNeeds>): void {
  serve(endpoints.passkeys.creationOptions, async ({ ctx, user }) => {
    const owner = await findFactorOwner(ctx, user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const existing = await listPasskeysOf(ctx.em, user.id);
    // Refuses now, so that the browser does not create a passkey that the server would not add.
    if (existing.length >= ctx.limits.passkeysPerAccount) return tooManyPasskeys(ctx.limits);
    const { name: shopName } = await readShopSettings(ctx.em);
    return { body: await ctx.relyingParty.creationOptions({ user, existing, shopName }) };
  });

  serve(endpoints.passkeys.add, async ({ ctx, user, body, req, res }) => {
    const owner = await findFactorOwner(ctx, user.id);
    if (typeof owner === "string") return new Refusal(owner);
    const { name, passkey: attestation } = body;
    const outcome = await addPasskey(ctx, req, { user, owner, name, attestation, from: attemptClient(ctx, req) });
    if (outcome.kind === "refused") {
      recordActivityLater(ctx, res, { kind: "authn_factor_fail", userId: user.id });
      return new Refusal("invalid_passkey");
    }
    if (outcome.kind === "setup_refused") return new Refusal(outcome.reason);
    if (outcome.kind === "too_many") return tooManyPasskeys(ctx.limits);
    if (outcome.kind === "already_set_up") return new Refusal("already_set_up");
    ctx.knownBrowserCookie.renumber(req, res, { accountId: user.id, number: outcome.number });
    return { body: presentPasskey(outcome.passkey) };
  });
}

function refusePasskey(
  ctx: ActivityBacklogContext,
  res: Response,
  outcome: Exclude<PasskeyProof, { kind: "proven" }>,
): Refusal {
  if (outcome.kind === "too_many") {
    recordActivityLater(ctx, res, { kind: "authn_login_fail_max", userId: null });
    return tooManyTries(outcome.retryAfterMs);
  }
  recordActivityLater(ctx, res, { kind: "authn_login_fail", userId: outcome.userId });
  return new Refusal("invalid_passkey");
}

function tooManyPasskeys({ passkeysPerAccount }: Limits): Refusal {
  const message = fault("too_many_passkeys", { max: passkeysPerAccount });
  return new Refusal("invalid_input", { issues: [{ path: [], message }] });
}
