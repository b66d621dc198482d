import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../platform/lib/clock.ts";

/** The only use of a challenge: to log in with any passkey, or to register a passkey for one account. */
export type ChallengeUse = { kind: "log-in" } | { kind: "registration"; accountId: string };

export interface Challenge {
  id: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Stateless challenges: each contains its expiry time and is signed for one use, so anybody may request one without a
 * cookie or a row of the database. `consumeChallenge` accepts each challenge only once.
 */
export interface Challenges {
  issue(use: ChallengeUse): Uint8Array<ArrayBuffer>;
  /**
   * Reads a challenge in base64url, as the browser returns it. Null: the challenge was not signed by this server, was
   * signed for another use, or has expired.
   */
  read(text: string, use: ChallengeUse): Challenge | null;
}

interface ChallengesOptions {
  /** Signing secrets, newest first: the first one signs, and signatures of all are accepted. */
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
      const isSigned = secrets.some((secret) => isSame(signed, signature(content, use, secret)));
      if (content.length < CONTENT_BYTES || !isSigned) return null;
      const expiresAt = content.readUIntBE(ID_BYTES, TIME_BYTES);
      if (expiresAt <= clock.now()) return null;
      return { id: content.subarray(0, ID_BYTES).toString("base64url"), expiresAt };
    },
  };
}

function signature(content: Buffer, use: ChallengeUse, secret: string): Buffer {
  const accountId = use.kind === "registration" ? use.accountId : "";
  return createHmac("sha256", secret)
    .update(`yumroad passkey challenge\n${use.kind}\n${accountId}\n`)
    .update(content)
    .digest();
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
