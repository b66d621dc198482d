import { UserEntity } from "../src/identity/users/user.entity.ts";
import type { Person, TestApp } from "./test-app.ts";

/** Limits under which a suite can ask for as many mails as it likes. */
export const NO_MAIL_LIMITS = {
  askedMails: { max: 100_000, windowMs: 60_000 },
  recoveriesOfAddress: { max: 100_000, windowMs: 60_000 },
  signups: { max: 100_000, windowMs: 60_000 },
};

/** What stands in the newest mail's link: the token behind the `#`, and the page. */
export async function mailedLink(app: TestApp, address: string): Promise<{ url: URL; token: string }> {
  const url = new URL((await app.mailbox.last(address)).link());
  return { url, token: new URLSearchParams(url.hash.slice(1)).get("token") ?? "" };
}

/** Asks for a new password as anybody can, and hands over the token that was mailed. */
export async function forgetPassword(app: TestApp, { email }: Pick<Person, "email">, next?: string): Promise<string> {
  const json = { email, ...(next !== undefined && { next }) };
  const answer = await app.visitor().post("/api/auth/forgot-password", { json });
  if (answer.status !== 202) throw new Error(`Forgetting a password answered ${answer.status}`);
  return (await mailedLink(app, email)).token;
}

/**
 * Makes somebody one whose address is proven, as it is of whoever has been here for a while. Behind the server's back, so
 * that no mail, event or session of theirs tells of it.
 */
export async function proveAddress(app: TestApp, { user }: Pick<Person, "user">): Promise<void> {
  const emailVerifiedAt = new Date(app.clock.now());
  await app.dependencies.database.fork().nativeUpdate(UserEntity, { id: user.id }, { emailVerifiedAt });
}

/** Somebody new whose address is proven. */
export async function signUpProven(app: TestApp, given?: Parameters<TestApp["signUp"]>[0]): Promise<Person> {
  const person = await app.signUp(given);
  await proveAddress(app, person);
  return person;
}

/** The kinds of events on an account's list, the oldest first. */
export async function eventsOf(app: TestApp, { user }: Pick<Person, "user">): Promise<string[]> {
  const sql = "select kind from activity where user_id = ? order by id";
  const rows = await app.dependencies.database.fork().execute<{ kind: string }[]>(sql, [user.id]);
  return rows.map(({ kind }) => kind);
}

/** The log's lines about links that were no good. */
export function refusedLinks(app: TestApp): unknown[] {
  return app.logs.lines.filter(({ event }) => event === "authn_token_reuse").map(({ userId }) => userId ?? null);
}

/** Asks for another address as its owner can, and hands over the token that was mailed there. */
export async function askForEmail(app: TestApp, { client }: Pick<Person, "client">, email: string): Promise<string> {
  const answer = await client.post("/api/account/email", { json: { email } });
  if (answer.status !== 202) throw new Error(`Asking for another address answered ${answer.status}: ${answer.text}`);
  return (await mailedLink(app, email)).token;
}

/**
 * Lets something happen in the middle of a change: after the sessions were ended for the first time, and before what is
 * changed is stored.
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
