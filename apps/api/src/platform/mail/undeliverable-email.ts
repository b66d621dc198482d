import { randomUUID } from "node:crypto";

/** A domain that can receive no mail (RFC 2606, `.invalid`). */
const UNDELIVERABLE = "@disowned.invalid";

/**
 * An address for an account that lost its own. It does not contain the account's id, which somebody could sign up with
 * first.
 */
export function makeUndeliverableEmail(): string {
  return `${randomUUID()}${UNDELIVERABLE}`;
}

export function isUndeliverableEmail(email: string): boolean {
  return email.endsWith(UNDELIVERABLE);
}
