import { defineEntity, p } from "@mikro-orm/core";

/** The limit of an account that is used up: of wrong passwords, of right passwords (`log_ins`), or of wrong codes. */
export type LockoutKind = "passwords" | "log_ins" | "codes";

/** The reason why a person can't get into an account. */
export type RecoveryKind = "forgotten_password" | `too_many_${LockoutKind}`;

/**
 * A request to mail a person a way back into their account. A person made it, or strangers have used up a limit of the
 * account. The account may not exist; the server checks this when it answers the request.
 */
export const RecoveryRequestEntity = defineEntity({
  name: "RecoveryRequest",
  tableName: "recovery_requests",
  properties: {
    /** UUID version 7: sorting by id sorts by time, so requests are answered in order. */
    id: p.string().length(36).primary(),
    kind: p.string().length(20).$type<RecoveryKind>().default("forgotten_password"),
    /** The address as it was typed. */
    email: p.string().length(254),
    /** The page to return to after the reset; null: none. */
    next: p.text().nullable(),
    /**
     * Label and shortened IP address of the requesting browser, for the account's owner; both empty for a used-up
     * limit.
     */
    device: p.string().length(40),
    address: p.string().length(40),
    createdAt: p.datetime(),
  },
});
