import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { type CookieSettings, cookieValues, readSigned, writeSigned } from "../../platform/http/cookies.ts";

/** An account that has logged in in this browser, and the account's number for the browser (`makeBrowserKnown`). */
export interface KnownTo {
  accountId: string;
  number: number;
}

/** A password reset grants tries for passwords only: otherwise a reader of the mailbox could guess codes endlessly. */
export type TriesFor = "passwords" | "passwords-and-codes";

/**
 * A browser's own tries by a mailed link, valid while the account's browsers are revoked up to `revoked` and no
 * further.
 */
export interface Grant {
  accountId: string;
  id: string;
  endsAt: number;
  revoked: number;
  triesFor: TriesFor;
}

/** The content of the cookie. It authenticates nobody. */
export interface KnownBrowser {
  knownTo: readonly KnownTo[];
  grants: readonly Grant[];
}

interface KnownBrowserCookieOptions {
  cookies: CookieSettings;
  secrets: string[];
  limits: Limits;
}

export interface KnownBrowserCookie {
  /** The content of the request's cookie; null without one that this server signed. */
  read(req: Request): KnownBrowser | null;
  /** Stores that an account knows this browser; renewed at each login. */
  remember(req: Request, res: Response, known: KnownTo): void;
  /**
   * Stores the browser's new number after the account's browsers were revoked; null for a browser that was not known.
   */
  renumber(req: Request, res: Response, renumbered: { accountId: string; number: number | null }): void;
  /** Stores that a followed link allows this browser some tries. */
  allow(req: Request, res: Response, grant: Grant): void;
}

const KNOWN = /^([\w-]+)\.(\d+)$/;
const GRANT = /^([\w-]+)\.([\w-]+)\.(\d+)\.(\d+)\.(passwords|passwords-and-codes)$/;

export function createKnownBrowserCookie({ cookies, secrets, limits }: KnownBrowserCookieOptions): KnownBrowserCookie {
  /** Null for a cookie with an invalid signature. Cookies from before accounts had numbers contain no valid entry. */
  function entriesOf(req: Request): string[] | null {
    const values = cookieValues(req.headers.cookie, cookies.deviceName);
    const content = values.length === 1 ? readSigned(values[0] ?? "", secrets) : null;
    const [kind, ...entries] = content?.split("~") ?? [];
    // The prefix keeps a signed session id from being accepted as a known-browser cookie.
    if (kind !== "device") return null;
    return entries.filter((entry) => KNOWN.test(entry) || GRANT.test(entry));
  }

  function read(req: Request): KnownBrowser | null {
    const entries = entriesOf(req);
    if (entries === null) return null;
    return {
      knownTo: entries.flatMap((entry) => {
        const [, accountId, number] = KNOWN.exec(entry) ?? [];
        return accountId === undefined ? [] : [{ accountId, number: Number(number) }];
      }),
      grants: entries.flatMap((entry) => {
        const [, accountId, id, endsAt, revoked, triesFor] = GRANT.exec(entry) ?? [];
        if (accountId === undefined || id === undefined) return [];
        const numbers = { endsAt: Number(endsAt), revoked: Number(revoked) };
        return [{ accountId, id, ...numbers, triesFor: triesFor as TriesFor }];
      }),
    };
  }

  /** Puts an entry first and removes the account's former one of its kind. */
  function write(req: Request, res: Response, entry: string, kind: RegExp): void {
    const accountId = entry.split(".")[0];
    const others = (entriesOf(req) ?? []).filter((other) => kind.exec(other)?.[1] !== accountId);
    const content = ["device", ...[entry, ...others].slice(0, limits.knownBrowserAccounts)].join("~");
    res.cookie(cookies.deviceName, writeSigned(content, secrets), {
      ...cookies.attributes,
      maxAge: limits.knownBrowserCookie,
    });
  }

  const remember = (req: Request, res: Response, { accountId, number }: KnownTo) =>
    write(req, res, `${accountId}.${number}`, KNOWN);

  return {
    read,
    remember,
    renumber(req, res, { accountId, number }) {
      if (number !== null) remember(req, res, { accountId, number });
    },
    allow: (req, res, { accountId, id, endsAt, revoked, triesFor }) =>
      write(req, res, [accountId, id, endsAt, revoked, triesFor].join("."), GRANT),
  };
}
