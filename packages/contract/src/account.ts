import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { Timestamp } from "./timestamp.ts";
import { TokenInput } from "./tokens.ts";
import { PersonName, User } from "./user.ts";

/** The logged-in user's account, as the settings pages show it. */
export const Account = z.strictObject({
  user: User,
  isEmailVerified: z.boolean(),
  /** The email address that will replace the present one once it is confirmed; null: no change is pending. */
  pendingEmail: z.nullable(z.string()),
  createdAt: Timestamp,
  passwordChangedAt: Timestamp,
  /** Time at which the account will be deleted; null: its owner has not requested the deletion. */
  deletionAt: z.nullable(Timestamp),
});
export type Account = z.infer<typeof Account>;

export const ProfileChange = z.strictObject({ name: PersonName });
export type ProfileChange = z.infer<typeof ProfileChange>;

export const accountEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/account",
    access: "user",
    summary: "Your account",
    success: { status: 200, body: Account },
    problems: [],
  }),

  change: endpoint({
    method: "PATCH",
    path: "/api/account",
    access: "user",
    summary: "Change your name",
    body: ProfileChange,
    success: { status: 200, body: Account },
    limits: ["profileChanges"],
    problems: ["rate_limited"],
  }),

  disown: endpoint({
    method: "POST",
    path: "/api/auth/disown",
    access: "anyone",
    summary:
      "“I didn’t create this account”, with the link that confirms an email. Disables the account and frees the email; for an email change, it only cancels the change",
    body: TokenInput,
    success: { status: 200, body: z.strictObject({ isAccountClosed: z.boolean() }) },
    problems: ["link_invalid", "rate_limited"],
  }),
};
