import { hash, randomBytes } from "node:crypto";
import type { EntityManager } from "../../platform/db/database.ts";
import { RecoveryCodeEntity } from "./recovery-code.entity.ts";

const CODE_COUNT = 10;
/** Crockford's base 32, which has no letters that look like digits. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** In characters of five bits: 120 bits are enough for a plain hash (ASVS 6.5.2 asks for 112). */
const CODE_LENGTH = 24;
const IS_UNUSED = "hash = ? and user_id = ? and used_at is null";
const GROUP = /.{4}(?=.)/g;

/**
 * Replaces all recovery codes of a user and returns the new ones. Only their hashes are stored, so they can't be shown
 * again.
 */
export async function replaceRecoveryCodes(em: EntityManager, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODE_COUNT }, makeCode);
  await em.nativeDelete(RecoveryCodeEntity, { user: userId });
  await em.insertMany(
    RecoveryCodeEntity,
    codes.map((code) => ({ hash: hashOf(code), user: userId })),
  );
  return codes;
}

/** Tells if a code is an unused recovery code of this user. */
export async function isRecoveryCode(em: EntityManager, userId: string, code: string): Promise<boolean> {
  const sql = `select 1 from recovery_codes where ${IS_UNUSED}`;
  return (await em.execute<unknown[]>(sql, [hashOf(code), userId])).length > 0;
}

/** Consumes a code. False: the code is not this user's, or was used before. Of concurrent uses only one succeeds. */
export async function consumeRecoveryCode(
  em: EntityManager,
  { userId, code, at }: { userId: string; code: string; at: Date },
): Promise<boolean> {
  const sql = `update recovery_codes set used_at = ? where ${IS_UNUSED} returning hash`;
  return (await em.execute<unknown[]>(sql, [at, hashOf(code), userId])).length > 0;
}

function makeCode(): string {
  // 256 is a multiple of 32, so every letter is equally likely.
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  return letters.join("").replace(GROUP, "$&-");
}

/** The hash is the same for every way to type a code: in lower case, without dashes, or with an O for a zero. */
function hashOf(code: string): string {
  const plain = code.toUpperCase().replace(/[ -]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return hash("sha256", `yumroad recovery code ${plain}`, "base64url");
}
