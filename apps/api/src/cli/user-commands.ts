import type { ActivityKind } from "@yumroad/contract";
import type { Dependencies } from "../dependencies.ts";
import { type ActivityContext, recordActivity } from "../identity/activity/record-activity.ts";
import { issueToken } from "../identity/tokens/issue-token.ts";
import { removeTotp } from "../identity/two-factor/remove-totp.ts";
import { disableUser } from "../identity/users/disable-user.ts";
import { enableUser } from "../identity/users/enable-user.ts";
import { type AccountForLogin, findAccountByEmail } from "../identity/users/queries.ts";
import { UserEntity } from "../identity/users/user.entity.ts";
import { backgroundContext } from "../platform/http/background-context.ts";
import { inTransaction } from "../platform/http/context.ts";

/** Thrown when a command can't be executed; the message tells the operator why. */
export class CommandRefused extends Error {
  override name = "CommandRefused";
}

export const LAST_OPERATOR = "This is the shop's only operator: add another one first.";

/** Changes one account and returns the message for the operator. */
export type UserCommand = (dependencies: Dependencies, account: AccountForLogin) => Promise<string>;

/**
 * The operator's commands for one account, by name. Each change is recorded in the log and on the owner's activity
 * page.
 */
export const userCommands: Record<string, UserCommand> = {
  async disable(dependencies, { user, isDisabled }) {
    const { sessionStore } = dependencies;
    if (isDisabled) {
      // Continues for a disabled account, because an earlier run may have disabled it but failed to end its sessions.
      await sessionStore.endAllOf(user.id);
      return `${user.email} is disabled already, and every session is over.`;
    }
    const outcome = await disableUser(backgroundContext(dependencies), user.id, noting("user_disabled", user.id));
    if (outcome === "last_operator") throw new CommandRefused(LAST_OPERATOR);
    return `${user.email} is disabled: no log-in any more, and every session is over.`;
  },

  async enable(dependencies, { user, isDisabled }) {
    if (!isDisabled) return `${user.email} is not disabled.`;
    await enableUser(backgroundContext(dependencies), user.id, noting("user_enabled", user.id));
    return `${user.email} can log in again.`;
  },

  async "end-sessions"(dependencies, { user }) {
    await dependencies.sessionStore.endAllOf(user.id);
    await note(dependencies, "sessions_ended_by_operator", user.id);
    return `Every session of ${user.email} is over.`;
  },

  async "reset-link"(dependencies, { user, isDisabled }) {
    if (isDisabled)
      throw new CommandRefused(`${user.email} is disabled, and the link would not work: enable it first.`);
    const { config } = dependencies;
    const { id: userId } = user;
    // `email: null`: the link is not mailed, so using it does not prove that the user can read the mail of an address.
    const token = await inTransaction(backgroundContext(dependencies), (ctx) =>
      issueToken(ctx, { purpose: "reset_password", userId, email: null }),
    );
    await note(dependencies, "authn_password_reset_asked", userId);
    return new URL(`/reset-password#token=${token}`, config.publicUrl).href;
  },

  async "remove-app"(dependencies, { user }) {
    const isRemoved = await removeTotp(backgroundContext(dependencies), { userId: user.id, isByOperator: true });
    if (!isRemoved) return `${user.email} has no authenticator app.`;
    const told = dependencies.mailer.way === "none" ? " No mail can be sent: tell them yourself." : "";
    return `${user.email} logs in without an authenticator app from now on. Its recovery codes are gone as well.${told}`;
  },
};

/** Returns the account with the email that a command names. Throws CommandRefused if there is no such account. */
export async function accountNamed({ database }: Dependencies, email: string): Promise<AccountForLogin> {
  const account = await findAccountByEmail(database.fork(), email);
  if (!account) throw new CommandRefused(`There is no account with the email ${email}.`);
  return account;
}

/** Yields one line per user, oldest user first; fields are separated by tabs. */
export async function* listUsers({ database }: Dependencies): AsyncGenerator<string> {
  const limit = 1000;
  for (let lastId = ""; ; ) {
    const rows = await database.fork().find(UserEntity, { id: { $gt: lastId } }, { orderBy: { id: "asc" }, limit });
    for (const { email, name, createdAt, disabledAt, deletionAt } of rows) {
      const state = disabledAt ? "disabled" : deletionAt ? `deleted on ${day(deletionAt)}` : "active";
      yield [email, name, state, `since ${day(createdAt)}`].join("\t");
    }
    if (rows.length < limit) return;
    lastId = rows.at(-1)?.id ?? "";
  }
}

/** Formats a date for a list: "2026-12-02", in UTC. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Makes the function that records a change of an account, in the transaction of that change. */
function noting(kind: ActivityKind, userId: string) {
  return (ctx: ActivityContext) => recordActivity(ctx, { kind, userId });
}

async function note(dependencies: Dependencies, kind: ActivityKind, userId: string): Promise<void> {
  await recordActivity(backgroundContext(dependencies), { kind, userId });
}
