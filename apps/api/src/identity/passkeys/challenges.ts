import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../platform/lib/clock.ts";

/** What a challenge is good for, and nothing else: to log in with whichever passkey, or to make one for an account. */
export type ChallengeUse = { kind: "log-in" } | { kind: "registration"; accountId: string };

export interface Challenge {
  id: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Challenges that are kept nowhere until they are answered: each says itself until when it is good, and is signed for
 * its use. So anybody may ask for one without a cookie and without a row. That each is good once is another's to see
 * to: `consumeChallenge`.
 */
export interface Challenges {
  issue(use: ChallengeUse): Uint8Array<ArrayBuffer>;
  /** What a challenge says (in base64url, as it comes back), if it is one of ours, for this use, and not over. */
  read(text: string, use: ChallengeUse): Challenge | null;
}

interface ChallengesOptions {
  /** Newest first: the first signs, all are believed. */
  secrets: readonly string[];
  clock: Clock;
  lifetimeMs: number;
}

const ID_BYTES = 16;
const TIME_BYTES = 6;
const CONTENT_BYTES = ID_BYTES + TIME_BYTES;

export function createChallenges({ secrets, clock, lifetimeMs }: ChallengesOptions): Challenges {
  return {
    issue(use) {
      const content = Buffer.concat([randomBytes(ID_BYTES), Buffer.alloc(TIME_BYTES)]);
      content.writeUIntBE(clock.now() + lifetimeMs, ID_BYTES, TIME_BYTES);
      return Uint8Array.from(Buffer.concat([content, signature(content, use, secrets[0] ?? "")]));
    },

    read(text, use) {
      const bytes = Buffer.from(text, "base64url");
      const content = bytes.subarray(0, CONTENT_BYTES);
      const signed = bytes.subarray(CONTENT_BYTES);
      const isOurs = secrets.some((secret) => isSame(signed, signature(content, use, secret)));
      if (content.length < CONTENT_BYTES || !isOurs) return null;
      const expiresAt = content.readUIntBE(ID_BYTES, TIME_BYTES);
      if (expiresAt <= clock.now()) return null;
      return { id: content.subarray(0, ID_BYTES).toString("base64url"), expiresAt };
    },
  };
}

function signature(content: Buffer, use: ChallengeUse, secret: string): Buffer {
  const whose = use.kind === "registration" ? use.accountId : "";
  return createHmac("sha256", secret)
    .update(`yumroad passkey challenge\n${use.kind}\n${whose}\n`)
    .update(content)
    .digest();
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
