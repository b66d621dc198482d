import { defineEntity, p } from "@mikro-orm/core";

/** The used-up limit of an account: wrong passwords, right ones, or wrong codes. */
export type LockoutKind = "passwords" | "log_ins" | "codes";

/** The reason why a person can't get into an account. */
export type RecoveryKind = "forgotten_password" | `too_many_${LockoutKind}`;

/**
 * A request for a mail by which to get back in: made by a person, or because strangers have used up a limit. The
 * existence of the account has not been checked yet.
 */
export const RecoveryRequestEntity = defineEntity({
  name: "RecoveryRequest",
  tableName: "recovery_requests",
  properties: {
    /** UUID version 7: requests are answered in order. */
    id: p.string().length(36).primary(),
    kind: p.string().length(20).$type<RecoveryKind>().default("forgotten_password"),
    /** The address as it was typed. */
    email: p.string().length(254),
    /** The page to return to; null for none. */
    next: p.text().nullable(),
    /** The requesting browser in words and its shortened address, for the account's owner. */
    device: p.string().length(40),
    address: p.string().length(40),
    createdAt: p.datetime(),
  },
});
