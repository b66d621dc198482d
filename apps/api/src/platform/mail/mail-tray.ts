import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { OUTBOX_KEY_HEADER } from "@yumroad/contract";
import type { Request } from "express";
import { isLoopbackName } from "../../config/env.ts";
import type { Clock } from "../lib/clock.ts";

/**
 * Who may look into the mail tray, whose links open any account: whoever has its key, which is printed at the start.
 * That a request comes from this machine proves nothing: a proxy on it (nginx as it comes, `ssh -R`) sends strangers'
 * requests on under a loopback name, and adds no header to tell them by.
 */
export interface MailTray {
  /** The page of the tray, with the key in its fragment. */
  link: string;
  key: string;
  isOpenTo(req: Request): boolean;
  /** Where one mail is a page. A frame can't send the key: a signature stands for it, for this mail and a while. */
  pageUrlOf(id: string): string;
  isPageOpenTo(req: Request, id: string): boolean;
}

interface MailTrayOptions {
  publicUrl: URL;
  /** The newest session secret: the key is made from it, so it is kept nowhere, and is the same at the next start. */
  secret: string;
  clock: Clock;
  pageMs: number;
}

/** What proxies add. Behind one, every request looks as if it came from this machine. */
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
 * Beside the key: the browser says that it means this machine, and no proxy says that it had a hand in it. A page
 * elsewhere that has its own name point here (DNS rebinding) is told by that name.
 */
function isMeantForThisMachine({ headers }: Request): boolean {
  const name = (headers.host ?? "").replace(PORT, "");
  return isLoopbackName(name) && !Object.keys(headers).some((header) => OF_A_PROXY.test(header));
}

/** In a time that tells nothing of how much of it is right. */
function isSame(given: unknown, wanted: string): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
