import type { Request, Response } from "express";
import type { Database } from "../../db/database.ts";
import type { Clock } from "../../lib/clock.ts";
import { recordActivityLater } from "../activity/record-activity.ts";
import type { DeviceCookie } from "./device-cookie.ts";

interface Parts {
  database: Database;
  clock: Clock;
  devices: DeviceCookie;
}

/**
 * What follows a log-in that is whole, by whichever factors: the browser is known to the account from now on, and the
 * log and its owner's page tell of it. Half a log-in is none.
 */
export function noteLogIn({ database, clock, devices }: Parts, req: Request, res: Response, userId: string): void {
  devices.remember(req, res, userId);
  recordActivityLater({ database, clock }, req, { kind: "authn_login_success", userId });
}
