import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import { type CookieSettings, cookieValues, readSigned, writeSigned } from "../../platform/http/cookies.ts";

/** An account that was logged in to in this browser, and the account's number for the browser (`makeBrowserKnown`). */
export interface KnownTo {
  accountId: string;
  number: number;
}

/**
 * The proofs that may be tried. A password reset grants tries for passwords only: otherwise a reader of the mailbox
 * could repeat the reset and guess codes without end.
 */
export type TriesFor = "passwords" | "passwords-and-codes";

/**
 * Tries that a mailed link grants to one browser. They end at `endsAt` (milliseconds since 1970). They also end when
 * the account's browsers are revoked, because that raises the account's number above `revoked`.
 */
export interface Grant {
  accountId: string;
  id: string;
  endsAt: number;
  revoked: number;
  triesFor: TriesFor;
}

/** Content of the known-browser cookie. It does not authenticate its browser. */
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
  /** Reads the content of the request's cookie; null: there is no cookie that this server signed. */
  read(req: Request): KnownBrowser | null;
  /** Stores that an account knows this browser, and renews the cookie's lifetime. */
  remember(req: Request, res: Response, known: KnownTo): void;
  /**
   * Stores the browser's new number after the account's browsers were revoked; null: the browser was not known, and the
   * cookie does not change.
   */
  renumber(req: Request, res: Response, renumbered: { accountId: string; number: number | null }): void;
  /** Stores the tries that a followed link grants to this browser. */
  allow(req: Request, res: Response, grant: Grant): void;
}

const KNOWN = /^([\w-]+)\.(\d+)$/;
const GRANT = /^([\w-]+)\.([\w-]+)\.(\d+)\.(\d+)\.(passwords|passwords-and-codes)$/;

export function createKnownBrowserCookie({ cookies, secrets, limits }: KnownBrowserCookieOptions): KnownBrowserCookie {
  /**
   * Returns the entries of the cookie; null: its signature is invalid. Cookies of an earlier version, which had no
   * numbers, yield no entries.
   */
  function entriesOf(req: Request): string[] | null {
    const values = cookieValues(req.headers.cookie, cookies.deviceName);
    const content = values.length === 1 ? readSigned(values[0] ?? "", secrets) : null;
    const [kind, ...entries] = content?.split("~") ?? [];
    // The prefix "device" keeps a signed session id from being accepted as a known-browser cookie.
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

  /**
   * Puts an entry first, removes the account's former entry of the same kind, and drops the oldest entries above the
   * maximum.
   */
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
