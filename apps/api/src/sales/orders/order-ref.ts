import { randomBytes } from "node:crypto";

/** Crockford's alphabet: no letters that look like digits, so that a ref can be read out on the phone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;

/** A new public name of an order: 50 random bits, so that orders can neither be counted nor guessed. */
export function orderRef(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
