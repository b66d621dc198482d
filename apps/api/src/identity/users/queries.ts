import type { EntityManager } from "../../platform/db/database.ts";
import type { BrowserCounts } from "./known-browsers.ts";
import { emailKeyOf } from "./user.entity.ts";

/** Who a user is, without the store that sessions show beside it (`describeUser`). */
export interface AccountUser {
  id: string;
  email: string;
  name: string;
}

/** What a log-in needs to know of an account. */
export interface AccountForLogin {
  user: AccountUser;
  passwordHash: string;
  isDisabled: boolean;
  /** Whether somebody has proven to read what is mailed there. */
  isEmailVerified: boolean;
  /** Which browsers it knows. */
  browsers: BrowserCounts;
  version: number;
}

interface AccountRow {
  id: string;
  email: string;
  name: string;
  password_hash: string;
  disabled_at: unknown;
  email_verified_at: unknown;
  known_browsers: number;
  known_browsers_from: number;
  version: number;
}

const SELECT_ACCOUNT = `
  select id, email, name, password_hash, disabled_at, email_verified_at, version, known_browsers, known_browsers_from
  from users`;

export function findAccountByEmail(em: EntityManager, email: string): Promise<AccountForLogin | null> {
  return findAccount(em, "email_key = ?", emailKeyOf(email));
}

export function findAccountById(em: EntityManager, id: string): Promise<AccountForLogin | null> {
  return findAccount(em, "id = ?", id);
}

async function findAccount(em: EntityManager, condition: string, value: string): Promise<AccountForLogin | null> {
  const [row] = await em.execute<AccountRow[]>(`${SELECT_ACCOUNT} where ${condition}`, [value]);
  if (!row) return null;
  return {
    user: { id: row.id, email: row.email, name: row.name },
    passwordHash: row.password_hash,
    isDisabled: row.disabled_at !== null,
    isEmailVerified: row.email_verified_at !== null,
    browsers: { made: row.known_browsers, revoked: row.known_browsers_from },
    version: row.version,
  };
}

/** What the owner of an account sees of it. Times as the driver gives them: milliseconds or a Date. */
export interface AccountInFull {
  user: AccountUser;
  emailVerifiedAt: number | Date | null;
  createdAt: number | Date;
  passwordChangedAt: number | Date | null;
  deletionAt: number | Date | null;
}

interface AccountInFullRow {
  id: string;
  email: string;
  name: string;
  emailVerifiedAt: number | Date | null;
  createdAt: number | Date;
  passwordChangedAt: number | Date | null;
  deletionAt: number | Date | null;
}

export async function findAccountInFull(em: EntityManager, id: string): Promise<AccountInFull | null> {
  const [row] = await em.execute<AccountInFullRow[]>(
    `select id as "id", email as "email", name as "name", email_verified_at as "emailVerifiedAt",
       created_at as "createdAt", password_changed_at as "passwordChangedAt", deletion_at as "deletionAt"
     from users where id = ?`,
    [id],
  );
  if (!row) return null;
  const { email, name, ...times } = row;
  return { user: { id, email, name }, ...times };
}

/** Whether anybody has an account here. */
export async function hasAccounts(em: EntityManager): Promise<boolean> {
  return (await em.execute<unknown[]>("select 1 from users limit 1")).length > 0;
}
