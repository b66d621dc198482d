import { createHmac } from "node:crypto";
import { availableParallelism } from "node:os";
import { normalizePassword } from "@yumroad/contract";
import bcrypt from "bcrypt";
import { createSemaphore, type Party } from "./semaphore.ts";

/** Thrown when too many passwords are waiting to be hashed. The caller should retry in a moment. */
export { SemaphoreFull as HashQueueFull } from "./semaphore.ts";

export interface Verification {
  isRight: boolean;
  /** The stored hash has an older cost or pepper. The caller should hash the password again and store the result. */
  isOutdated: boolean;
}

/** Hashes the passwords of one party. */
export interface PasswordHasher {
  /**
   * Throws HashQueueFull if `hash` or `verify` would throw it now. Call this before work that is useless without a
   * hash.
   */
  assertCapacity(): void;
  /** Normalises a password (NFKC) and hashes it. Throws HashQueueFull. */
  hash(password: string): Promise<string>;
  /**
   * Compares a password with a stored hash. Null (the account does not exist): does the same work at the current cost
   * and finds the password wrong, so that the time taken reveals nothing. Throws HashQueueFull.
   */
  verify(password: string, stored: string | null): Promise<Verification>;
}

/**
 * The hasher that all parties share. Each call names its party: an IP address and its block (`addressPartyOf`). Blocks
 * take turns, so that a busy block does not keep another one waiting (R57).
 */
export interface SharedPasswordHasher {
  assertCapacity(party: Party): void;
  hash(password: string, party: Party): Promise<string>;
  verify(password: string, stored: string | null, party: Party): Promise<Verification>;
  forParty(party: Party): PasswordHasher;
}

/** The party of work without a request: demo data, an operator's command. */
export const INTERNAL_PARTY: Party = { group: "ourselves", member: "ourselves" };

interface HasherOptions {
  /** bcrypt's cost parameter: bcrypt runs 2^cost rounds. */
  cost: number;
  /** Peppers, newest first. Each hash contains the `id` of its pepper. */
  peppers: readonly { id: string; secret: string }[];
  /** Maximum number of waiting passwords, not counting those being hashed. */
  queueLength: number;
}

const VERSION = "y1";

/**
 * Passwords hashed at once: one less than libuv's threads, on which bcrypt runs (UV_THREADPOOL_SIZE, four by default).
 * One thread stays free for reading files.
 */
const MAX_HASHES_AT_ONCE = 3;

/**
 * Makes a hasher that stores bcrypt of base64(HMAC-SHA-384(password, pepper)) as `y1:<pepper's id>:<bcrypt>`. The HMAC
 * makes every character count: bcrypt alone reads only 72 bytes and stops at a NUL. The pepper makes a stolen database
 * useless by itself. Source: OWASP Password Storage Cheat Sheet, "Peppering" and "Pre-Hashing Passwords with bcrypt".
 */
export function createPasswordHasher({ cost, peppers, queueLength }: HasherOptions): SharedPasswordHasher {
  const newest = newestOf(peppers);
  const { run, assertCapacity } = createSemaphore({
    width: Math.min(availableParallelism(), MAX_HASHES_AT_ONCE),
    queueLength,
  });

  async function hash(password: string, party: Party): Promise<string> {
    const peppered = preHash(password, newest.secret);
    return `${VERSION}:${newest.id}:${await run(party, () => bcrypt.hash(peppered, cost))}`;
  }

  const decoy = bcrypt.hash(preHash("nobody has this password", newest.secret), cost);

  async function verify(password: string, stored: string | null, party: Party): Promise<Verification> {
    const [version, pepperId, digest] = stored?.split(":") ?? [];
    const pepper = peppers.find(({ id }) => id === pepperId);
    const isComparable = version === VERSION && pepper !== undefined && digest !== undefined;
    const against = isComparable ? digest : await decoy;
    const isEqual = await run(party, () => bcrypt.compare(preHash(password, (pepper ?? newest).secret), against));
    const isRight = isComparable && isEqual;
    return { isRight, isOutdated: isRight && (pepper !== newest || bcrypt.getRounds(digest) !== cost) };
  }

  const shared: SharedPasswordHasher = {
    hash,
    verify,
    assertCapacity,
    forParty: (party) => ({
      assertCapacity: () => shared.assertCapacity(party),
      hash: (password) => shared.hash(password, party),
      verify: (password, stored) => shared.verify(password, stored, party),
    }),
  };
  return shared;
}

function newestOf<Pepper>([newest]: readonly Pepper[]): Pepper {
  if (newest === undefined) throw new Error("A password hasher needs a pepper");
  return newest;
}

/** Applies the pepper. Throws a RangeError for a text that is far too long for a password. */
function preHash(password: string, pepper: string): string {
  return createHmac("sha384", pepper).update(normalizePassword(password), "utf8").digest("base64");
}
