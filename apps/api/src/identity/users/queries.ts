import type { User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { BrowserCounts } from "./known-browsers.ts";
import { emailKeyOf } from "./user.entity.ts";

/** What a log-in needs to know of an account. */
export interface AccountForLogin {
  user: User;
  passwordHash: string;
  isDisabled: boolean;
  /** Whether somebody has proven to read what is mailed there. */
  isEmailVerified: boolean;
  /** Whether the password alone logs nobody in: an authenticator app is set up. */
  hasSecondFactor: boolean;
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
  totp_since: unknown;
  known_browsers: number;
  known_browsers_from: number;
  version: number;
  handle: string;
  store_name: string;
}

const SELECT_ACCOUNT = `
  select u.id, u.email, u.name, u.password_hash, u.disabled_at, u.email_verified_at, u.version, u.known_browsers,
    u.known_browsers_from, s.handle, s.name as store_name, t.confirmed_at as totp_since
  from users u join stores s on s.owner_id = u.id left join totp_factors t on t.user_id = u.id`;

export function findAccountByEmail(em: EntityManager, email: string): Promise<AccountForLogin | null> {
  return findAccount(em, "u.email_key = ?", emailKeyOf(email));
}

export function findAccountById(em: EntityManager, id: string): Promise<AccountForLogin | null> {
  return findAccount(em, "u.id = ?", id);
}

async function findAccount(em: EntityManager, condition: string, value: string): Promise<AccountForLogin | null> {
  const [row] = await em.execute<AccountRow[]>(`${SELECT_ACCOUNT} where ${condition}`, [value]);
  if (!row) return null;
  return {
    user: { id: row.id, email: row.email, name: row.name, store: { handle: row.handle, name: row.store_name } },
    passwordHash: row.password_hash,
    isDisabled: row.disabled_at !== null,
    isEmailVerified: row.email_verified_at !== null,
    hasSecondFactor: row.totp_since !== null,
    browsers: { made: row.known_browsers, revoked: row.known_browsers_from },
    version: row.version,
  };
}

/** What the owner of an account sees of it. Times as the driver gives them: milliseconds or a Date. */
export interface AccountInFull {
  user: User;
  emailVerifiedAt: number | Date | null;
  createdAt: number | Date;
  passwordChangedAt: number | Date | null;
  deletionAt: number | Date | null;
}

interface AccountInFullRow {
  id: string;
  email: string;
  name: string;
  handle: string;
  storeName: string;
  emailVerifiedAt: number | Date | null;
  createdAt: number | Date;
  passwordChangedAt: number | Date | null;
  deletionAt: number | Date | null;
}

export async function findAccountInFull(em: EntityManager, id: string): Promise<AccountInFull | null> {
  const [row] = await em.execute<AccountInFullRow[]>(
    `select u.id as "id", u.email as "email", u.name as "name", s.handle as "handle", s.name as "storeName",
       u.email_verified_at as "emailVerifiedAt", u.created_at as "createdAt",
       u.password_changed_at as "passwordChangedAt", u.deletion_at as "deletionAt"
     from users u join stores s on s.owner_id = u.id where u.id = ?`,
    [id],
  );
  if (!row) return null;
  const { email, name, handle, storeName, ...times } = row;
  return { user: { id, email, name, store: { handle, name: storeName } }, ...times };
}

/** Whether anybody has an account here. */
export async function hasAccounts(em: EntityManager): Promise<boolean> {
  return (await em.execute<unknown[]>("select 1 from users limit 1")).length > 0;
}
