import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { LiveSession, SessionState, StoreRef, User } from "@yumroad/contract";
import type { Answer, Client, StoredCookie } from "@yumroad/testkit";
import { answered } from "./expectations.ts";
import type { VisitorOptions, World } from "./world.ts";

/** A user as a sign-up makes one: with a store. */
type Seller = User & { store: StoreRef };

export interface Person {
  client: Client;
  user: Seller;
  name: string;
  email: string;
  password: string;
}

export const SESSION_COOKIE = "__Host-yumroad";
export const DEVICE_COOKIE = "__Host-yumroad-device";

/** Another one that no rule minds. */
export const OTHER_PASSWORD = "nine herons by the quarry";

/** An address that nobody has. */
export function someAddress(): string {
  return `someone-${randomBytes(6).toString("hex")}@mail.example`;
}

/** Somebody who has just made an account, and was seen to be logged in by it. */
export async function newcomer(
  world: World,
  {
    client = world.visitor(),
    remember,
    ...given
  }: { client?: Client; remember?: boolean; name?: string; email?: string; password?: string } = {},
): Promise<Person> {
  const somebody = { name: "Ada Lovelace", email: someAddress(), password: "plum jam on the windowsill", ...given };
  const json = { ...somebody, ...(remember !== undefined && { remember }) };
  const { user } = (await answered(client.post<LiveSession>("/api/auth/signup", { json }), 201)).json;
  const { store } = user;
  assert.ok(store, "a sign-up makes a store");
  assert.equal(await whoIs(client), somebody.email);
  return { client, user: { ...user, store }, ...somebody };
}

/** The same whose address is proven, as it has to be for another way to log in. */
export async function provenNewcomer(world: World, given: Parameters<typeof newcomer>[1] = {}): Promise<Person> {
  const person = await newcomer(world, given);
  const { token } = linkIn(await world.mail.next(person.email, "Confirm your email"));
  await answered(person.client.post("/api/auth/verify-email", { json: { token } }), 200);
  return person;
}

type Account = Pick<Person, "email" | "password">;

/** Gives password and address, right or wrong. */
export function tryLogIn(client: Client, { email, password }: Account, more: { remember?: boolean } = {}) {
  return client.post<SessionState>("/api/auth/login", { json: { email, password, ...more } });
}

/** Logs somebody in, from a new browser unless one is given, and sees that it worked. Gives the browser. */
export async function logIn(
  world: World,
  person: Account,
  { client = world.visitor(), ...more }: { client?: Client; remember?: boolean } = {},
): Promise<Client> {
  await answered(tryLogIn(client, person, more), 200);
  assert.equal(await whoIs(client), person.email);
  return client;
}

/** The address of whoever is logged in for the shop; null for nobody. Does not keep the session alive. */
export async function whoIs(client: Client): Promise<string | null> {
  const { json } = await answered(client.get<SessionState>("/api/auth/session?passive=1"), 200);
  return json.user?.email ?? null;
}

/** The session's cookie as the browser has it. */
export function sessionCookie(client: Client): StoredCookie {
  const cookie = client.cookies.get(SESSION_COOKIE);
  assert.ok(cookie, "the browser has no session cookie");
  return cookie;
}

/** Another browser with the same cookies, as a thief has it, or a copy from before. */
export function withCookies(world: World, cookies: readonly StoredCookie[], options: VisitorOptions = {}): Client {
  const client = world.visitor(options);
  client.cookies.restore(cookies);
  return client;
}

/** Whether copies of a browser's cookies, taken before, are worth nothing any more. */
export async function areDead(world: World, cookies: readonly StoredCookie[]): Promise<boolean> {
  return (await whoIs(withCookies(world, cookies))) === null;
}

/** Opens a page as somebody who follows a link. Throws unless it is one: that it could not be built is none. */
export async function openPage(client: Client, path: string): Promise<Answer> {
  const answer = await answered(client.get(path, { mode: "navigate" }), 200);
  assert.match(String(answer.headers["content-type"]), /^text\/html/);
  return answer;
}

/** The page and the token of a link in a mail, wherever in it the token is. */
export function linkIn(mail: { link(): string }): { url: URL; token: string } {
  const url = new URL(mail.link());
  const tokenIn = (text: string) => new URLSearchParams(text).get("token");
  return { url, token: tokenIn(url.hash.slice(1)) ?? tokenIn(url.search) ?? "" };
}

/** Asks for a new password as anybody can, and gives the link that was mailed. */
export async function forgottenLink(world: World, email: string, client = world.visitor()) {
  await answered(client.post("/api/auth/forgot-password", { json: { email } }), 202);
  return linkIn(await world.mail.next(email, "Choose a new password"));
}
