import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { MailContext } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { type ActivityBacklog, recordActivityLater } from "../activity/record-activity.ts";
import { makeBrowserKnown } from "../users/known-browsers.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import type { KnownBrowserCookie } from "./known-browser-cookie.ts";
import { attemptClient, knownNumberOf } from "./login-limits.ts";
import { mailUnknownLogin } from "./mail-unknown-login.ts";

export type AfterLoginContext = MailContext &
  Pick<Context, "client"> & {
    limits: Limits;
    rateLimiter: RateLimiter;
    sessions: Sessions;
    knownBrowserCookie: KnownBrowserCookie;
    activityBacklog: ActivityBacklog;
  };

interface Login {
  session: SessionRecord;
  /**
   * The account as it was read when the login verified its owner. If the account's browsers were revoked after that,
   * this browser stays unknown.
   */
  account: AccountForLogin;
}

/**
 * Finishes a login that is complete (a pending one, whose second factor is missing, is not). If the account does not
 * know the browser, mails the owner, makes the browser known, and records the login. If no mail may be sent (`mayTell`),
 * the browser stays unknown. If the mail can't be enqueued, abandons the session and throws: no cookie is sent.
 * Only this function and the signup make browsers known, so the owner hears of every known browser (R56).
 */
export async function afterLogin(
  ctx: AfterLoginContext,
  req: Request,
  res: Response,
  { session, account }: Login,
): Promise<void> {
  const { id: accountId } = session.user;
  const known = knownNumberOf(account, attemptClient(ctx, req), ctx.limits);
  const number =
    known ?? ((await mayTell(ctx, account)) ? await tellAndMakeKnown(ctx, req, { session, account }) : null);
  if (number !== null) ctx.knownBrowserCookie.remember(req, res, { accountId, number });
  recordActivityLater(ctx, res, { kind: "authn_login_success", userId: accountId });
}

async function tellAndMakeKnown(
  ctx: AfterLoginContext,
  req: Request,
  { session, account }: Login,
): Promise<number | null> {
  try {
    return await inTransaction(ctx, async (ctx) => {
      await mailUnknownLogin(ctx, session);
      return makeBrowserKnown(ctx.em, session.user.id, account.browsers);
    });
  } catch (error) {
    await ctx.sessions.abandon(req).catch(() => {});
    throw error;
  }
}

/**
 * Tells if the owner may be mailed about this login. An unverified address may belong to a stranger, and the account's
 * creator could flood the stranger with mails by logging in. Therefore mails to such an address are limited. Without
 * the mail the browser stays unknown, and a later login reports it.
 */
async function mayTell(
  { rateLimiter, limits, mailer }: AfterLoginContext,
  { user, isEmailVerified }: AccountForLogin,
): Promise<boolean> {
  if (isEmailVerified || mailer.way === "none") return true;
  const key = `new-device-mail:${hashKey(emailKeyOf(user.email))}`;
  return (await rateLimiter.consume([{ key, limit: limits.unknownLoginMails }])).isAllowed;
}
