import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** The single purpose of a mailed link. */
export type TokenPurpose =
  | "reset_password"
  /**
   * A new password as well, for an owner who has just found an intruder in the account: a change of password ends none.
   */
  | "recover_account"
  | "verify_email"
  | "change_email"
  | "undo_email_change"
  | "not_me"
  | "unlock";

/** The token of a mailed link, which authorises its bearer; only its hash is stored. */
export const MailedTokenEntity = defineEntity({
  name: "MailedToken",
  tableName: "mailed_tokens",
  indexes: [{ properties: ["user", "purpose"] }],
  properties: {
    /** UUID version 7: sorting by id sorts by time of issue. */
    id: p.string().length(36).primary(),
    /** SHA-256. A token is 256 random bits, which can't be guessed, so it needs no slow hash. */
    hash: p.string().length(43).unique(),
    purpose: p.string().length(20).$type<TokenPurpose>(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade"),
    /** The address that it concerns, as it was typed, and in the form in which addresses are compared. */
    email: p.string().length(254).nullable(),
    emailKey: p.string().length(254).nullable().index(),
    /**
     * Login time of the session that it concerns: stays the same when the session rotates, and is no secret.
     * Milliseconds since 1970.
     */
    loggedInAt: p.bigint("number").nullable(),
    /** The page to return to after its use; null for none. */
    next: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** Time at which it was used, or ended otherwise. */
    endedAt: p.datetime().nullable(),
  },
});

export type MailedTokenRow = InferEntity<typeof MailedTokenEntity>;
