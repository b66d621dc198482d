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
