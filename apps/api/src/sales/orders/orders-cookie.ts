import type { Request, Response } from "express";
import { type CookieSettings, cookieValues, readSigned, writeSigned } from "../../platform/http/cookies.ts";
import type { Clock } from "../../platform/lib/clock.ts";

/** Orders that a browser can keep open, and for how long. */
const MOST_ORDERS = 20;
const LIFETIME_MS = 30 * 24 * 60 * 60_000;
const KEY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface OrdersCookieOptions {
  cookies: CookieSettings;
  secrets: string[];
  clock: Clock;
}

/**
 * The cookie of a browser that has begun or opened orders. It names keys, not orders: a key that has ended opens nothing
 * any more. Signed, so that a browser can't name other people's keys, with the time of its last change: a copy that
 * somebody keeps ends when the cookie would.
 */
export interface OrdersCookie {
  /** Ids of the keys, the newest first. */
  read(req: Request): string[];
  add(req: Request, res: Response, keyIds: readonly string[]): void;
  /** Removes the cookie. The keys that it named live on. */
  clear(req: Request, res: Response): void;
}

export function createOrdersCookie({ cookies, secrets, clock }: OrdersCookieOptions): OrdersCookie {
  const name = `${cookies.sessionName}-orders`;

  function read(req: Request): string[] {
    const values = cookieValues(req.headers.cookie, name);
    const content = values.length === 1 ? readSigned(values[0] ?? "", secrets) : null;
    // The prefix keeps another signed cookie of this site from being taken for this one.
    const [kind, changedAt = "", ...ids] = content?.split("~") ?? [];
    const isAlive = Number.parseInt(changedAt, 36) + LIFETIME_MS > clock.now();
    return kind === "orders" && isAlive ? ids.filter((id) => KEY_ID.test(id)).slice(0, MOST_ORDERS) : [];
  }

  return {
    read,
    add(req, res, keyIds) {
      const ids = [...new Set([...keyIds, ...read(req)])].slice(0, MOST_ORDERS);
      const value = writeSigned(["orders", clock.now().toString(36), ...ids].join("~"), secrets);
      res.cookie(name, value, { ...cookies.attributes, maxAge: LIFETIME_MS });
    },
    clear(req, res) {
      // A browser without the cookie is told nothing of it.
      if (cookieValues(req.headers.cookie, name).length > 0) res.clearCookie(name, cookies.attributes);
    },
  };
}
