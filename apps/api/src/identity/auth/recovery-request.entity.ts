import { defineEntity, p } from "@mikro-orm/core";

/** The limit of an account that is used up: wrong passwords, right ones, or wrong codes. */
export type LockoutKind = "passwords" | "log_ins" | "codes";

/** The reason that keeps somebody out of an account. */
export type RecoveryKind = "forgotten_password" | `too_many_${LockoutKind}`;

/**
 * Somebody needs a mail to get back in: they have asked for it, or strangers have used all tries up. Nobody has looked
 * yet whether there is such an account.
 */
export const RecoveryRequestEntity = defineEntity({
  name: "RecoveryRequest",
  tableName: "recovery_requests",
  properties: {
    /** UUID version 7: the first comes first. */
    id: p.string().length(36).primary(),
    kind: p.string().length(20).$type<RecoveryKind>().default("forgotten_password"),
    /** As it was typed. */
    email: p.string().length(254),
    /** The page to come back to; null for none. */
    next: p.text().nullable(),
    /** From where it was asked, in words and shortened, for the account's owner. */
    device: p.string().length(40),
    address: p.string().length(40),
    createdAt: p.datetime(),
  },
});
