import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** The purpose of a mailed link; each link has exactly one. */
export type TokenPurpose =
  | "reset_password"
  /**
   * Allows a new password, as `reset_password` does, to an owner who has just found an intruder in the account. A
   * change of password does not end such a link.
   */
  | "recover_account"
  | "verify_email"
  | "change_email"
  | "undo_email_change"
  | "not_me"
  | "unlock";

/** The token of a mailed link. Every person who has the token may use it. Only its hash is stored. */
export const MailedTokenEntity = defineEntity({
  name: "MailedToken",
  tableName: "mailed_tokens",
  indexes: [{ properties: ["user", "purpose"] }],
  properties: {
    /** UUID version 7: sorting by id sorts by time of issue. */
    id: p.string().length(36).primary(),
    /** SHA-256 of the token. A token has 256 random bits and can't be guessed, so a fast hash is enough. */
    hash: p.string().length(43).unique(),
    purpose: p.string().length(20).$type<TokenPurpose>(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade"),
    /** The address that the link concerns, as typed and as `emailKeyOf` returns it; both null: none. */
    email: p.string().length(254).nullable(),
    emailKey: p.string().length(254).nullable().index(),
    /**
     * Login time, in milliseconds since 1970, of the session that the link concerns; null: none. It identifies the
     * session, since it stays the same when the session rotates, and it is no secret.
     */
    loggedInAt: p.bigint("number").nullable(),
    /** The page to return to after the link was used; null: none. */
    next: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** Time at which the token was used or ended for another reason; null: not yet. */
    endedAt: p.datetime().nullable(),
  },
});

export type MailedTokenRow = InferEntity<typeof MailedTokenEntity>;
