import { UserEntity } from "../src/identity/users/user.entity.ts";
import type { Person, TestApp } from "./test-app.ts";

/** Limits that let a suite request any number of mails. */
export const NO_MAIL_LIMITS = {
  askedMails: { max: 100_000, windowMs: 60_000 },
  recoveriesOfAddress: { max: 100_000, windowMs: 60_000 },
  signups: { max: 100_000, windowMs: 60_000 },
};

/** The page and the token of the link in the newest mail; the token is behind the `#`. */
export async function mailedLink(app: TestApp, address: string): Promise<{ url: URL; token: string }> {
  const url = new URL((await app.mailbox.last(address)).link());
  return { url, token: new URLSearchParams(url.hash.slice(1)).get("token") ?? "" };
}

/** Requests a new password without a session and returns the mailed token. */
export async function forgetPassword(app: TestApp, { email }: Pick<Person, "email">, next?: string): Promise<string> {
  const json = { email, ...(next !== undefined && { next }) };
  const answer = await app.visitor().post("/api/auth/forgot-password", { json });
  if (answer.status !== 202) throw new Error(`Forgetting a password answered ${answer.status}`);
  return (await mailedLink(app, email)).token;
}

/**
 * Marks a user's address as verified, as it is for most users. It writes to the database directly, so that no mail,
 * event or session results from it.
 */
export async function proveAddress(app: TestApp, { user }: Pick<Person, "user">): Promise<void> {
  const emailVerifiedAt = new Date(app.clock.now());
  await app.dependencies.database.fork().nativeUpdate(UserEntity, { id: user.id }, { emailVerifiedAt });
}

/** Signs up a user whose address is verified. */
export async function signUpProven(app: TestApp, given?: Parameters<TestApp["signUp"]>[0]): Promise<Person> {
  const person = await app.signUp(given);
  await proveAddress(app, person);
  return person;
}

/** The kinds of an account's activity, oldest first. */
export async function eventsOf(app: TestApp, { user }: Pick<Person, "user">): Promise<string[]> {
  const sql = "select kind from activity where user_id = ? order by id";
  const rows = await app.dependencies.database.fork().execute<{ kind: string }[]>(sql, [user.id]);
  return rows.map(({ kind }) => kind);
}

/** The user ids in the log lines about refused links. */
export function refusedLinks(app: TestApp): unknown[] {
  return app.logs.lines.filter(({ event }) => event === "authn_token_reuse").map(({ userId }) => userId ?? null);
}

/** Requests a change of address as the owner and returns the mailed token. */
export async function askForEmail(app: TestApp, { client }: Pick<Person, "client">, email: string): Promise<string> {
  const answer = await client.post("/api/account/email", { json: { email } });
  if (answer.status !== 202) throw new Error(`Asking for another address answered ${answer.status}: ${answer.text}`);
  return (await mailedLink(app, email)).token;
}

/**
 * Runs something in the middle of a change: after the sessions were ended for the first time, and before the change is
 * stored.
 */
export function duringTheChange(app: TestApp, happen: () => Promise<void>): void {
  const { sessionStore } = app.dependencies;
  const endAllOf = sessionStore.endAllOf.bind(sessionStore);
  sessionStore.endAllOf = async (...given) => {
    sessionStore.endAllOf = endAllOf;
    const ended = await endAllOf(...given);
    await happen();
    return ended;
  };
}
