import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** A person with an account. Ids are random and so never used twice. */
export const UserEntity = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    id: p.string().length(36).primary(),
    /** As it was typed, trimmed. */
    email: p.string().length(254),
    /** How addresses are compared; unique, so that the database itself refuses the second of two. */
    emailKey: p.string().length(254).unique(),
    name: p.string().length(240),
    passwordHash: p.string().length(200),
    disabledAt: p.datetime().nullable(),
    /** When it was proven that the address is theirs; null until then. */
    emailVerifiedAt: p.datetime().nullable(),
    /** Null: never since the account was made. */
    passwordChangedAt: p.datetime().nullable(),
    /** When the account is to be deleted, at its owner's wish. */
    deletionAt: p.datetime().nullable().index(),
    /** How many browsers were made known, and up to which of them none is any more: see `known-browsers.ts`. */
    knownBrowsers: p.integer().default(0),
    knownBrowsersFrom: p.integer().default(0),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** Grows with each change, so that a log-in under way notices one. */
    version: p.integer().version(),
  },
});

export type UserRow = InferEntity<typeof UserEntity>;

/** The form in which two addresses are the same one: without regard to case. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
