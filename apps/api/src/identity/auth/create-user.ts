import { randomUUID } from "node:crypto";
import { UniqueConstraintViolationException } from "@mikro-orm/core";
import { SignupInput, type User } from "@yumroad/contract";
import { lockSetting } from "../../platform/db/lock-setting.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import { isEmailTaken } from "../email/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { describeUser } from "../users/describe-user.ts";
import { passwordWeakness } from "../users/password-weakness.ts";
import { hasAccounts } from "../users/queries.ts";
import { emailKeyOf, UserEntity } from "../users/user.entity.ts";

export interface NewUser {
  name: string;
  email: string;
  password: string;
}

export type CreateUserOutcome =
  | { kind: "created"; user: User }
  | { kind: "signup_closed" }
  | { kind: "email_taken" }
  | { kind: "weak_password"; reason: string };

type CreateContext = Pick<Context, "em" | "clock"> & { hasher: PasswordHasher; accountExtension: AccountExtension };

interface CreateUserOptions<C> {
  /** Creates the user only if there is no account yet. */
  isOnlyFirst?: boolean;
  /** Runs in the transaction that creates the user: to enqueue a mail, for example. */
  inTransaction?: (ctx: C, user: User) => Promise<void>;
}

const FIRST_ACCOUNT = "first_account";

/**
 * Creates a user. All users are created here. Validates the input
 * against `SignupInput` for every caller, not only the API, and throws before storing anything if it is invalid. Stores
 * only the hash of the password.
 */
export async function createUser<C extends CreateContext>(
  ctx: C,
  input: NewUser,
  options: CreateUserOptions<C> = {},
): Promise<CreateUserOutcome> {
  const { em, clock, hasher } = ctx;
  const { name, email, password } = SignupInput.parse({
    name: input.name,
    email: input.email,
    password: input.password,
  });
  if (options.isOnlyFirst && (await hasAccounts(em.fork()))) return { kind: "signup_closed" };
  const reason = await passwordWeakness(password, { name, email });
  if (reason !== null) return { kind: "weak_password", reason };
  const isTaken = () => isEmailTaken({ em, clock }, email, { askedBy: null });
  if (await isTaken()) return { kind: "email_taken" };
  const passwordHash = await hasher.hash(password);

  try {
    const row = { name, email, passwordHash, createdAt: new Date(clock.now()) };
    const user = await insertUser(ctx, row, options);
    return user ? { kind: "created", user } : { kind: "signup_closed" };
  } catch (error) {
    // A concurrent signup took the address.
    if (error instanceof UniqueConstraintViolationException && (await isTaken())) return { kind: "email_taken" };
    throw error;
  }
}

/**
 * Tells if there is no account yet. Concurrent first signups write the same row, so each of them waits until the
 * transaction of the previous one has ended.
 */
async function isFirst({ em }: Pick<Context, "em">): Promise<boolean> {
  await lockSetting(em, FIRST_ACCOUNT);
  return !(await hasAccounts(em));
}

interface UserToInsert {
  name: string;
  email: string;
  passwordHash: string;
  createdAt: Date;
}

/** Inserts the user. Null: only the first account may be created, and there is one already. */
function insertUser<C extends CreateContext>(
  ctx: C,
  { name, email, passwordHash, createdAt }: UserToInsert,
  options: CreateUserOptions<C>,
): Promise<User | null> {
  return inTransaction(ctx, async (ctx) => {
    if (options.isOnlyFirst && !(await isFirst(ctx))) return null;
    const id = randomUUID();
    const emailKey = emailKeyOf(email);
    await ctx.em.insert(UserEntity, { id, email, emailKey, name, passwordHash, createdAt, updatedAt: createdAt });
    const user = await describeUser(ctx, { id, email, name, isOperator: false });
    await options.inTransaction?.(ctx, user);
    return user;
  });
}
