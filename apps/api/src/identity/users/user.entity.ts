import { defineEntity, type InferEntity, p } from "@mikro-orm/core";

/** A person with an account. Ids are random and never reused. */
export const UserEntity = defineEntity({
  name: "User",
  tableName: "users",
  indexes: [{ properties: ["createdAt", "id"] }],
  properties: {
    id: p.string().length(36).primary(),
    /** The address as it was typed, without blanks at its ends. */
    email: p.string().length(254),
    /** The address as `emailKeyOf` returns it; unique, so that the database refuses a second account. */
    emailKey: p.string().length(254).unique(),
    name: p.string().length(240),
    passwordHash: p.string().length(200),
    disabledAt: p.datetime().nullable(),
    /** Time at which the address was verified; null: not yet. */
    emailVerifiedAt: p.datetime().nullable(),
    /** Null: the password has not been changed since the account was created. */
    passwordChangedAt: p.datetime().nullable(),
    /** Time at which the account will be deleted, at its owner's request; null: no deletion was requested. */
    deletionAt: p.datetime().nullable().index(),
    /** Time at which the owner asked for the deletion; null: no deletion was requested. */
    deletionAskedAt: p.datetime().nullable(),
    /** Time since which the user operates the shop; null: the user is no operator. */
    operatorSince: p.datetime().nullable(),
    /** The last number used for a known browser, and the number up to which all are revoked (`BrowserCounts`). */
    knownBrowsers: p.integer().default(0),
    knownBrowsersFrom: p.integer().default(0),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** The ORM raises this number with each change of the row, so that a login in progress notices the change. */
    version: p.integer().version(),
  },
});

export type UserRow = InferEntity<typeof UserEntity>;

/** Returns the form in which addresses are compared: trimmed, in Unicode form NFC and in lower case. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
