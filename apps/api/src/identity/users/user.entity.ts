import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** A person with an account. Ids are random and never reused. */
export const UserEntity = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    id: p.string().length(36).primary(),
    /** As it was typed, trimmed. */
    email: p.string().length(254),
    /** The form in which addresses are compared; unique, so that the database refuses duplicates. */
    emailKey: p.string().length(254).unique(),
    name: p.string().length(240),
    passwordHash: p.string().length(200),
    disabledAt: p.datetime().nullable(),
    /** Time at which the address was verified; null until then. */
    emailVerifiedAt: p.datetime().nullable(),
    /** Null: not since the account was created. */
    passwordChangedAt: p.datetime().nullable(),
    /** Time at which the account is to be deleted, on its owner's request. */
    deletionAt: p.datetime().nullable().index(),
    /** Number of browsers made known, and number up to which they are revoked: see `known-browsers.ts`. */
    knownBrowsers: p.integer().default(0),
    knownBrowsersFrom: p.integer().default(0),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** Grows with each change, so that a login in progress notices one. */
    version: p.integer().version(),
  },
});

export type UserRow = InferEntity<typeof UserEntity>;

/** The form in which addresses are compared: without regard to case. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
