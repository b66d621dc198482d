import type { Request, Response } from "express";
import { type CookieSettings, cookieValues, readSigned, writeSigned } from "../../platform/http/cookies.ts";
import { BROWSER_KEY_MS } from "./policy.ts";

/** Orders that a browser can keep open. */
const MOST_ORDERS = 20;
const KEY_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface OrdersCookieOptions {
  cookies: CookieSettings;
  secrets: string[];
}

/**
 * The cookie of a browser that has begun or opened orders. It names keys, not orders: a key that has ended opens nothing
 * any more, and each ends 30 days after it was given, in a copy of the cookie too. Signed, so that a browser can't name
 * other people's keys.
 */
export interface OrdersCookie {
  /** Ids of the keys, the newest first. */
  read(req: Request): string[];
  add(req: Request, res: Response, keyIds: readonly string[]): void;
  /** Removes the cookie. The keys that it named live on. */
  clear(req: Request, res: Response): void;
}

export function createOrdersCookie({ cookies, secrets }: OrdersCookieOptions): OrdersCookie {
  const name = `${cookies.sessionName}-orders`;

  function read(req: Request): string[] {
    const values = cookieValues(req.headers.cookie, name);
    const content = values.length === 1 ? readSigned(values[0] ?? "", secrets) : null;
    // The prefix keeps another signed cookie of this site from being taken for this one.
    const [kind, ...ids] = content?.split("~") ?? [];
    return kind === "orders" ? ids.filter((id) => KEY_ID.test(id)).slice(0, MOST_ORDERS) : [];
  }

  return {
    read,
    add(req, res, keyIds) {
      const ids = [...new Set([...keyIds, ...read(req)])].slice(0, MOST_ORDERS);
      const value = writeSigned(["orders", ...ids].join("~"), secrets);
      res.cookie(name, value, { ...cookies.attributes, maxAge: BROWSER_KEY_MS });
    },
    clear(req, res) {
      // A browser without the cookie is told nothing of it.
      if (cookieValues(req.headers.cookie, name).length > 0) res.clearCookie(name, cookies.attributes);
    },
  };
}
