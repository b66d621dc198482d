import { randomUUID } from "node:crypto";

/** The domain of addresses that can receive no mail (RFC 2606, `.invalid`). */
const UNDELIVERABLE = "@disowned.invalid";

/** An address for an account that was taken off its own. Not the account's id: somebody could sign up with that first. */
export function makeUndeliverableEmail(): string {
  return `${randomUUID()}${UNDELIVERABLE}`;
}

export function isUndeliverableEmail(email: string): boolean {
  return email.endsWith(UNDELIVERABLE);
}
