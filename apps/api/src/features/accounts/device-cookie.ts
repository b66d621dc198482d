import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import { type CookieManners, cookieValues, readSigned, writeSigned } from "../../http/cookies.ts";
import type { Limits } from "../../limits.ts";

/** A browser as it is recognised: by a random id, and the accounts that have logged in there. It opens nothing. */
export interface Device {
  id: string;
  accountIds: readonly string[];
}

interface DeviceCookieOptions {
  cookies: CookieManners;
  secrets: string[];
  limits: Limits;
}

export interface DeviceCookie {
  /** The device that the request's cookie names; null when there is none that we signed. */
  read(req: Request): Device | null;
  /** Notes that an account has logged in from this browser. */
  remember(req: Request, res: Response, accountId: string): void;
}

export function createDeviceCookie({ cookies, secrets, limits }: DeviceCookieOptions): DeviceCookie {
  function read(req: Request): Device | null {
    const values = cookieValues(req.headers.cookie, cookies.deviceName);
    const content = values.length === 1 ? readSigned(values[0] ?? "", secrets) : null;
    const [kind, id, ...accountIds] = content?.split("~") ?? [];
    // The kind keeps a signed session id from passing for a device.
    return kind === "device" && id ? { id, accountIds } : null;
  }

  function remember(req: Request, res: Response, accountId: string): void {
    const device = read(req) ?? { id: randomBytes(16).toString("base64url"), accountIds: [] };
    const others = device.accountIds.filter((id) => id !== accountId);
    const accountIds = [accountId, ...others].slice(0, limits.deviceAccounts);
    const content = ["device", device.id, ...accountIds].join("~");
    res.cookie(cookies.deviceName, writeSigned(content, secrets), {
      ...cookies.attributes,
      maxAge: limits.deviceCookie,
    });
  }

  return { read, remember };
}
