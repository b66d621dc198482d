import { randomUUID } from "node:crypto";

/** A domain that can't receive mail (RFC 2606, `.invalid`). */
const UNDELIVERABLE = "@disowned.invalid";

/**
 * Makes a placeholder address for an account whose own address was taken away. It is random: if it contained the
 * account's id, somebody could sign up with it first.
 */
export function makeUndeliverableEmail(): string {
  return `${randomUUID()}${UNDELIVERABLE}`;
}

export function isUndeliverableEmail(email: string): boolean {
  return email.endsWith(UNDELIVERABLE);
}
