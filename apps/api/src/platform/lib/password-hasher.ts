import { createHmac } from "node:crypto";
import { availableParallelism } from "node:os";
import { normalizePassword } from "@yumroad/contract";
import bcrypt from "bcrypt";
import { createSemaphore, type Party } from "./semaphore.ts";

/** Too many passwords are waiting already; the caller should retry in a moment. */
export { SemaphoreFull as HashQueueFull } from "./semaphore.ts";

export interface Verification {
  isRight: boolean;
  /** The hash has an older cost or pepper: hash the password again while it is at hand. */
  isOutdated: boolean;
}

/** Hashes passwords for one party. */
export interface PasswordHasher {
  /** Throws HashQueueFull when another password would be refused: for work that must not begin then. */
  assertCapacity(): void;
  /** Hashes a password (NFKC first). Throws HashQueueFull. */
  hash(password: string): Promise<string>;
  /**
   * Compares a password with a stored hash. For `null`, an account that does not exist, it does the same work at the
   * current cost and returns false, so that timing reveals nothing. Throws HashQueueFull.
   */
  verify(password: string, stored: string | null): Promise<Verification>;
}

/**
 * The shared hasher. IP blocks take turns, so each use names its party (`addressPartyOf`): a busy block does not keep
 * another one waiting (R57).
 */
export interface SharedPasswordHasher {
  assertCapacity(party: Party): void;
  hash(password: string, party: Party): Promise<string>;
  verify(password: string, stored: string | null, party: Party): Promise<Verification>;
  forParty(party: Party): PasswordHasher;
}

/** The party of work that no request asks for: demo data, an operator's command. */
export const INTERNAL_PARTY: Party = { group: "ourselves", member: "ourselves" };

interface HasherOptions {
  /** bcrypt's cost: it does 2^cost rounds. */
  cost: number;
  /** Peppers, newest first, each with the name that its hashes contain. */
  peppers: readonly { id: string; secret: string }[];
  /** Number of passwords that may wait beside those being hashed. */
  queueLength: number;
}

const VERSION = "y1";

/** One less than the threads of libuv (UV_THREADPOOL_SIZE, four), on which bcrypt runs: one stays free for reading files. */
const MAX_HASHES_AT_ONCE = 3;

/**
 * Password hashing: bcrypt over base64(HMAC-SHA-384(password, pepper)), stored as `y1:<pepper>:<bcrypt>`. The HMAC
 * makes every character count, where bcrypt alone reads 72 bytes and stops at a NUL, and makes a stolen database
 * useless without the pepper. Source: OWASP Password Storage Cheat Sheet, "Peppering" and "Pre-Hashing Passwords with
 * bcrypt".
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

/** Throws a RangeError for a text that is far too long for a password. */
function preHash(password: string, pepper: string): string {
  return createHmac("sha384", pepper).update(normalizePassword(password), "utf8").digest("base64");
}
