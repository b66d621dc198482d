import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";

/** Thrown for a text that was changed, or that was sealed with another secret, purpose or place. */
export class SealBroken extends Error {
  override name = "SealBroken";

  constructor() {
    super("A sealed text can't be opened: it was changed, moved, or sealed with a secret that is not known any more");
  }
}

export interface SealedBox {
  /**
   * Seals a text for a place, for example the id of its row. Sealing the same text twice gives two different results.
   * The result has about 4/3 of the text's bytes plus 60 characters, all of them `A-Z a-z 0-9 _ - .`.
   */
  seal(text: string, place: string): string;
  /** Opens a text that was sealed for the same place. Throws SealBroken for any other text. */
  open(sealed: string, place: string): string;
  /**
   * True for a text sealed with an older secret. The caller should seal the content again, so that the older secret can
   * be removed.
   */
  isOutdated(sealed: string): boolean;
}

interface SealedBoxOptions {
  /** Secrets, newest first: the newest seals, all of them open. Each sealed text contains the `id` of its secret. */
  secrets: readonly { id: string; secret: string }[];
  /**
   * Use of the box, for example `totp`. Boxes with different purposes have different keys, so neither opens the other's
   * texts.
   */
  purpose: string;
}

const VERSION = "s1";
const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Makes a box that encrypts short secrets for storage in a database. An attacker who has only the database can neither
 * read nor change them, nor move them to another row. For secrets that have to be read again; a secret that is only
 * compared should be hashed instead.
 * The cipher is AES-256-GCM, the format `s1.<secret's id>.<IV, ciphertext and tag in base64url>`. HKDF-SHA-256 derives
 * the key from the secret and the purpose. Version, secret's id and place are authenticated together with the text. The
 * IV is 96 random bits, so that one secret may seal 2³² texts. Sources: NIST SP 800-38D, 8.3; RFC 5869.
 *
 * @example
 * const box = createSealedBox({ secrets: [{ id: "a1b2", secret: pepper }], purpose: "totp" });
 * const sealed = box.seal("JBSWY3DPEHPK3PXP", userId);
 * box.open(sealed, userId); // "JBSWY3DPEHPK3PXP"
 * box.open(sealed, anotherUserId); // throws SealBroken
 */
export function createSealedBox({ secrets, purpose }: SealedBoxOptions): SealedBox {
  const keys = new Map(secrets.map(({ id, secret }) => [id, keyFrom(secret, purpose)]));
  const [newest] = keys;
  if (newest === undefined) throw new Error("A sealed box needs a secret");
  const [newestId, newestKey] = newest;

  return {
    seal(text, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, newestKey, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(labelOf(newestId, place));
      const bytes = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${newestId}.${bytes.toString("base64url")}`;
    },

    open(sealed, place) {
      const [version, id = "", content = "", ...rest] = sealed.split(".");
      const key = keys.get(id);
      const bytes = Buffer.from(content, "base64url");
      if (version !== VERSION || rest.length > 0 || !key || bytes.length < IV_BYTES + TAG_BYTES) throw new SealBroken();
      // base64 has several encodings of the same bytes. Only the one that `seal` writes is accepted.
      if (bytes.toString("base64url") !== content) throw new SealBroken();
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(labelOf(id, place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString();
      } catch {
        throw new SealBroken();
      }
    },

    isOutdated: (sealed) => !sealed.startsWith(`${VERSION}.${newestId}.`),
  };
}

/** Node prepares a `KeyObject` once, and bytes for each text again. */
function keyFrom(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", `yumroad sealed box: ${purpose}`, KEY_BYTES)));
}

/** The data that is authenticated beside the text. The place comes last, as the only part that may contain a dot. */
function labelOf(id: string, place: string): Buffer {
  return Buffer.from(`${VERSION}.${id}.${place}`);
}
