import { defineEntity, type InferEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** What a mailed link is good for: exactly one of these. */
export type TokenPurpose =
  | "reset_password"
  /** A new password as well, for an owner who has just found somebody else in the account: a change of it ends none. */
  | "recover_account"
  | "verify_email"
  | "change_email"
  | "undo_email_change"
  | "not_me"
  | "unlock";

/** A token in a link that was mailed. Whoever has the token may do what it is for; here is only its hash. */
export const MailedTokenEntity = defineEntity({
  name: "MailedToken",
  tableName: "mailed_tokens",
  indexes: [{ properties: ["user", "purpose"] }],
  properties: {
    /** UUID version 7: ids in order are tokens in the order in which they were issued. */
    id: p.string().length(36).primary(),
    /** SHA-256. A token is 256 bits from the system's source: there is nothing to guess, so nothing to slow down. */
    hash: p.string().length(43).unique(),
    purpose: p.string().length(20).$type<TokenPurpose>(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade"),
    /** The address that it is about, as it was typed, and in the form in which addresses are compared. */
    email: p.string().length(254).nullable(),
    emailKey: p.string().length(254).nullable().index(),
    /** When the session began that it is about: the same under each id of it, and no secret. Milliseconds since 1970. */
    loggedInAt: p.bigint("number").nullable(),
    /** The page to come back to once it is used; null for none. */
    next: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** When it was used, or something else ended it. */
    endedAt: p.datetime().nullable(),
  },
});

export type MailedTokenRow = InferEntity<typeof MailedTokenEntity>;
