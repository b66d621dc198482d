import type { Request, Response } from "express";
import type { Dependencies } from "../../dependencies.ts";
import type { Sessions } from "../../http/session.ts";
import type { SessionRecord } from "../../sessions/session-record.ts";
import { recordActivityLater } from "../activity/record-activity.ts";
import { mailNewDevice } from "../recovery/mail-new-device.ts";
import type { DeviceCookie } from "./device-cookie.ts";
import { isKnownTo, originOfAttempt } from "./login-budgets.ts";

interface Parts {
  dependencies: Pick<Dependencies, "database" | "clock" | "limits" | "mailer" | "logger">;
  sessions: Sessions;
  devices: DeviceCookie;
}

/**
 * What follows a log-in that is whole, by whichever factors: its owner is told of a browser that is new to the account,
 * the browser is known to it from now on, and the log and its owner's page tell of it. Half a log-in is none.
 * When nobody can be told, so it throws, and there is no log-in: no cookie leaves.
 */
export async function noteLogIn(
  { dependencies, sessions, devices }: Parts,
  req: Request,
  res: Response,
  session: SessionRecord,
): Promise<void> {
  const { user } = session;
  if (!isKnownTo(user.id, originOfAttempt(req, devices))) {
    await mailNewDevice(dependencies, session).catch(async (error) => {
      await sessions.abandon(req).catch(() => {});
      throw error;
    });
  }
  devices.remember(req, res, user.id);
  recordActivityLater(dependencies, req, { kind: "authn_login_success", userId: user.id });
}
