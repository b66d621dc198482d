import { randomUUID } from "node:crypto";
import { UniqueConstraintViolationException } from "@mikro-orm/core";
import { SignupInput, type User } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import { isEmailTaken } from "../email/queries.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { describeUser } from "../users/describe-user.ts";
import { passwordWeakness } from "../users/password-rules.ts";
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

interface Parts {
  em: EntityManager;
  hasher: PasswordHasher;
  clock: Clock;
  accountExtension: AccountExtension;
}

interface CreateUserOptions {
  /** Only if nobody has an account here yet. */
  isOnlyFirst?: boolean;
  /** What else has to happen in the transaction that makes the user: a mail that is sent, say. */
  inTransaction?: (transaction: EntityManager, user: User) => Promise<void>;
}

const FIRST_ACCOUNT = "first_account";

/** Times that a sign-up is tried again because another one took the handle at the same instant. */
const TRIES = 5;

/**
 * Makes a user, with what the rooms above give a new one: the only function that does. The password is stored as a hash and nothing else.
 * An empty or malformed name, address or password throws (the contract's rules, whoever calls) and stores nothing.
 */
export async function createUser(
  { em, hasher, clock, accountExtension }: Parts,
  input: NewUser,
  { isOnlyFirst = false, inTransaction = async () => {} }: CreateUserOptions = {},
): Promise<CreateUserOutcome> {
  const { name, email, password } = SignupInput.parse({
    name: input.name,
    email: input.email,
    password: input.password,
  });
  if (isOnlyFirst && (await hasAccounts(em.fork()))) return { kind: "signup_closed" };
  const reason = await passwordWeakness(password, { name, email });
  if (reason !== null) return { kind: "weak_password", reason };
  const isTaken = () => isEmailTaken({ em, clock }, email, { askedBy: null });
  if (await isTaken()) return { kind: "email_taken" };
  const passwordHash = await hasher.hash(password);

  for (let tries = 1; ; tries += 1) {
    try {
      const row = { name, email, passwordHash, createdAt: new Date(clock.now()) };
      const user = await insertUser({ em: em.fork(), accountExtension }, row, { isOnlyFirst, inTransaction });
      return user ? { kind: "created", user } : { kind: "signup_closed" };
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      // Two at once: the address went to the other one, or only the handle did and another is tried.
      if (await isTaken()) return { kind: "email_taken" };
      if (tries === TRIES) throw error;
    }
  }
}

/** Of several at once, each waits for the one before to be stored or given up: writing the same row is their queue. */
async function isFirst(transaction: EntityManager): Promise<boolean> {
  await transaction.execute(
    "insert into settings (key, value) values (?, '') on conflict (key) do update set value = excluded.value",
    [FIRST_ACCOUNT],
  );
  return !(await hasAccounts(transaction));
}

async function insertUser(
  { em, accountExtension }: Pick<Parts, "em" | "accountExtension">,
  { name, email, passwordHash, createdAt }: { name: string; email: string; passwordHash: string; createdAt: Date },
  { isOnlyFirst, inTransaction }: Required<CreateUserOptions>,
): Promise<User | null> {
  return em.transactional(async (transaction) => {
    if (isOnlyFirst && !(await isFirst(transaction))) return null;
    const user = transaction.create(UserEntity, {
      id: randomUUID(),
      email,
      emailKey: emailKeyOf(email),
      name,
      passwordHash,
      createdAt,
      updatedAt: createdAt,
    });
    transaction.persist(user);
    await transaction.flush();
    await accountExtension.created(transaction, user, createdAt);
    const made = await describeUser({ em: transaction, accountExtension }, user);
    await inTransaction(transaction, made);
    return made;
  });
}
