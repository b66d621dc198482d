import { createHmac, timingSafeEqual } from "node:crypto";
import { WebhookInvalid } from "./payment-provider.ts";

/** Maximum difference between the time of a signature and now, as payment providers recommend it. */
const TOLERANCE_MS = 5 * 60_000;

/** The value of a signature's header: the time in seconds, and the HMAC of time and body. */
export function signWebhook(raw: string, { secret, now }: { secret: string; now: number }): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${hmacOf({ seconds, raw: Buffer.from(raw) }, secret)}`;
}

/** Throws `WebhookInvalid` unless one of the secrets has signed exactly this body within the last minutes. */
export function assertWebhookSigned(
  raw: Buffer,
  header: string | string[] | undefined,
  { secrets, now }: { secrets: readonly string[]; now: number },
): void {
  const [, seconds, signature] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(String(header)) ?? [];
  if (seconds === undefined || signature === undefined) throw new WebhookInvalid("no signature");
  if (Math.abs(now - Number(seconds) * 1000) > TOLERANCE_MS) throw new WebhookInvalid("the signature is too old");
  const given = Buffer.from(signature);
  const isSigned = secrets.some((secret) => timingSafeEqual(given, Buffer.from(hmacOf({ seconds, raw }, secret))));
  if (!isSigned) throw new WebhookInvalid("another secret or another body");
}

/** Hashes the bytes as they came: decoding them would make one text of different bodies. */
function hmacOf({ seconds, raw }: { seconds: number | string; raw: Buffer }, secret: string): string {
  return createHmac("sha256", secret).update(`${seconds}.`).update(raw).digest("hex");
}
