import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { OUTBOX_KEY_HEADER } from "@yumroad/contract";
import type { Request } from "express";
import { isLoopbackName } from "../../config/env.ts";
import type { Clock } from "../lib/clock.ts";

/**
 * Access control of the mail tray. Its mails contain links that open any account, so each request needs the key that
 * the server prints when it starts. A loopback address is no proof of a local client: a proxy on this machine (nginx by
 * default, `ssh -R`) forwards strangers' requests under a loopback name, without any header that reveals the proxy.
 */
export interface MailTray {
  /** Address of the tray's page, with the key in the fragment. */
  link: string;
  key: string;
  isOpenTo(req: Request): boolean;
  /**
   * Address of one mail as a page to show in a frame. A frame can't send the key, so the address contains a signature
   * instead. The signature is valid for this mail only, for `pageMs` milliseconds.
   */
  pageUrlOf(id: string): string;
  isPageOpenTo(req: Request, id: string): boolean;
}

interface MailTrayOptions {
  publicUrl: URL;
  /**
   * The newest session secret. The key is derived from it, so that no key is stored and a restart does not change the
   * key.
   */
  secret: string;
  clock: Clock;
  pageMs: number;
}

/**
 * Headers that proxies add. They are refused, since every request through a local proxy comes from a loopback address.
 */
const OF_A_PROXY = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/;
const PORT = /:\d*$/;
const KEY_BYTES = 32;
const A_TIME = /^\d{1,15}$/;

export function createMailTray({ publicUrl, secret, clock, pageMs }: MailTrayOptions): MailTray {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "yumroad mail tray", KEY_BYTES)).toString("base64url");
  const signatureOf = (id: string, until: string) =>
    createHmac("sha256", key).update(`yumroad mail tray page\n${id}\n${until}`).digest("base64url");

  return {
    key,
    link: new URL(`/outbox#key=${key}`, publicUrl).href,
    isOpenTo: (req) => isMeantForThisMachine(req) && isSame(req.get(OUTBOX_KEY_HEADER), key),
    pageUrlOf(id) {
      const until = String(clock.now() + pageMs);
      return `/api/outbox/${id}/page?${new URLSearchParams({ until, signature: signatureOf(id, until) })}`;
    },
    isPageOpenTo(req, id) {
      const { until, signature } = req.query;
      if (typeof until !== "string" || !A_TIME.test(until) || Number(until) <= clock.now()) return false;
      return isMeantForThisMachine(req) && isSame(signature, signatureOf(id, until));
    },
  };
}

/**
 * Checks, in addition to the key, that the `Host` header names this machine and that there is no header of a proxy. The
 * `Host` check refuses a foreign page whose domain name was pointed at this machine (DNS rebinding).
 */
function isMeantForThisMachine({ headers }: Request): boolean {
  const name = (headers.host ?? "").replace(PORT, "");
  return isLoopbackName(name) && !Object.keys(headers).some((header) => OF_A_PROXY.test(header));
}

/** Compares in constant time. */
function isSame(given: unknown, wanted: string): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
