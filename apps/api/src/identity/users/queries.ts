import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { BrowserCounts } from "./known-browsers.ts";
import { emailKeyOf } from "./user.entity.ts";

/** A user without the store, which `describeUser` adds. */
export interface AccountUser {
  id: string;
  email: string;
  name: string;
  isOperator: boolean;
}

/** The data of an account that a login needs. */
export interface AccountForLogin {
  user: AccountUser;
  passwordHash: string;
  isDisabled: boolean;
  /** True once a link that was mailed to the account's address was used. */
  isEmailVerified: boolean;
  /** The numbers that decide which browsers the account knows. */
  browsers: BrowserCounts;
  version: number;
}

interface LoginRow extends Omit<AccountUser, "isOperator"> {
  operatorAt: Date | null;
  passwordHash: string;
  disabledAt: Date | null;
  emailVerifiedAt: Date | null;
  made: number;
  revoked: number;
  version: number;
}

const SELECT_ACCOUNT = `
  select id, email, name, operator_since as "operatorAt", password_hash as "passwordHash", disabled_at as "disabledAt",
    email_verified_at as "emailVerifiedAt", known_browsers as "made", known_browsers_from as "revoked", version
  from users`;

export function findAccountByEmail(em: EntityManager, email: string): Promise<AccountForLogin | null> {
  return findAccount(em, "email_key = ?", emailKeyOf(email));
}

export function findAccountById(em: EntityManager, id: string): Promise<AccountForLogin | null> {
  return findAccount(em, "id = ?", id);
}

async function findAccount(em: EntityManager, condition: string, value: string): Promise<AccountForLogin | null> {
  const [row] = await readRows<LoginRow>(em, `${SELECT_ACCOUNT} where ${condition}`, [value]);
  if (!row) return null;
  const { id, email, name, operatorAt, passwordHash, disabledAt, emailVerifiedAt, made, revoked, version } = row;
  const user = { id, email, name, isOperator: operatorAt !== null };
  const state = { isDisabled: disabledAt !== null, isEmailVerified: emailVerifiedAt !== null };
  return { user, passwordHash, ...state, browsers: { made, revoked }, version };
}

interface AccountTimes {
  emailVerifiedAt: Date | null;
  createdAt: Date;
  passwordChangedAt: Date | null;
  deletionAt: Date | null;
}

/** The data of an account that its owner may see. */
export interface AccountInFull extends AccountTimes {
  user: AccountUser;
}

export async function findAccountInFull(em: EntityManager, id: string): Promise<AccountInFull | null> {
  const [row] = await readRows<Omit<AccountUser, "isOperator"> & { operatorAt: Date | null } & AccountTimes>(
    em,
    `select id, email, name, operator_since as "operatorAt", email_verified_at as "emailVerifiedAt", created_at as "createdAt",
       password_changed_at as "passwordChangedAt", deletion_at as "deletionAt"
     from users where id = ?`,
    [id],
  );
  if (!row) return null;
  const { email, name, operatorAt, ...times } = row;
  return { user: { id, email, name, isOperator: operatorAt !== null }, ...times };
}

export async function hasAccounts(em: EntityManager): Promise<boolean> {
  return (await readRows(em, "select 1 from users limit 1", [])).length > 0;
}
