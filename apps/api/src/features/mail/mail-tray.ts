import type { Request } from "express";
import { isLoopbackName } from "../../env.ts";
import type { Mailer } from "./mailer.ts";

/** What proxies add. Behind one, every request looks as if it came from this machine. */
const OF_A_PROXY = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/;
const PORT = /:\d*$/;

/**
 * Whether a request may look into the mail tray, whose links open any account: only in the local demo without SMTP,
 * which listens on a loopback address, and only when the browser says that it meant this machine and no proxy had a
 * hand in it. A page elsewhere that has its own name point here (DNS rebinding) is told by that name.
 */
export function isTrayOpenTo(req: Request, { way }: Pick<Mailer, "way">): boolean {
  const { host = "" } = req.headers;
  return (
    way === "tray" &&
    isLoopbackName(host.replace(PORT, "")) &&
    !Object.keys(req.headers).some((name) => OF_A_PROXY.test(name))
  );
}
