import type { Account, User } from "@yumroad/contract";
import type { AccountInFull } from "../users/queries.ts";

export function presentAccount(user: User, account: AccountInFull, pendingEmail: string | null): Account {
  const { emailVerifiedAt, createdAt, passwordChangedAt, deletionAt } = account;
  return {
    user,
    isEmailVerified: emailVerifiedAt !== null,
    pendingEmail,
    createdAt: createdAt.toISOString(),
    passwordChangedAt: (passwordChangedAt ?? createdAt).toISOString(),
    deletionAt: deletionAt?.toISOString() ?? null,
  };
}
