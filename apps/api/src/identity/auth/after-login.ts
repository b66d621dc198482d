import type { Request, Response } from "express";
import type { Dependencies } from "../../dependencies.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { recordActivityLater } from "../activity/record-activity.ts";
import { makeBrowserKnown } from "../users/known-browsers.ts";
import type { AccountForLogin } from "../users/queries.ts";
import { emailKeyOf } from "../users/user.entity.ts";
import type { KnownBrowserCookie } from "./known-browser-cookie.ts";
import { knownNumberOf, originOfAttempt } from "./login-limits.ts";
import { mailUnknownLogin } from "./mail-unknown-login.ts";

interface Parts {
  dependencies: Pick<
    Dependencies,
    "database" | "clock" | "activityBacklog" | "limits" | "mailer" | "logger" | "rateLimiter"
  >;
  sessions: Sessions;
  devices: KnownBrowserCookie;
}

interface LogIn {
  session: SessionRecord;
  /** As it was when its owner proved who they are: what is revoked since then is revoked here as well. */
  account: AccountForLogin;
}

/**
 * What follows a log-in that is whole, by whichever factors: its owner is told of a browser that is new to the account,
 * the browser is known to it from now on, and the log and its owner's page tell of it. Half a log-in is none.
 * When nobody can be told, so it throws, and there is no log-in: no cookie leaves.
 * With the sign-up the only place where a browser becomes known: no owner would hear of others (R56).
 */
export async function afterLogin(
  { dependencies, sessions, devices }: Parts,
  req: Request,
  res: Response,
  { session, account }: LogIn,
): Promise<void> {
  const { id: accountId } = session.user;
  const known = knownNumberOf(account, originOfAttempt(req, devices), dependencies.limits);
  const number = known ?? ((await mayTell(dependencies, account)) ? await tellAndMakeKnown() : null);
  if (number !== null) devices.remember(req, res, { accountId, number });
  recordActivityLater(dependencies, req, { kind: "authn_login_success", userId: accountId });

  async function tellAndMakeKnown(): Promise<number | null> {
    try {
      return await dependencies.database.fork().transactional(async (em) => {
        await mailUnknownLogin(em, dependencies, session);
        return makeBrowserKnown(em, accountId, account.browsers);
      });
    } catch (error) {
      await sessions.abandon(req).catch(() => {});
      throw error;
    }
  }
}

/**
 * Whether the owner may be told by mail. An address that nobody has proven may be a stranger's, whom whoever signed up
 * with it could flood with log-ins. Untold, the browser stays unknown: a later log-in tells of it.
 */
async function mayTell(
  { rateLimiter, limits, mailer }: Pick<Dependencies, "rateLimiter" | "limits" | "mailer">,
  { user, isEmailVerified }: AccountForLogin,
): Promise<boolean> {
  if (isEmailVerified || mailer.way === "none") return true;
  const key = `new-device-mail:${hashKey(emailKeyOf(user.email))}`;
  return (await rateLimiter.consume([{ key, limit: limits.unknownLoginMails }])).isAllowed;
}
