import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { LiveSession, Product, SessionState, StoreRef, User } from "@yumroad/contract";
import type { Answer, Client, StoredCookie } from "@yumroad/testkit";
import { answered } from "./expectations.ts";
import type { TestEnvironment, VisitorOptions } from "./test-environment.ts";

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
export const KNOWN_BROWSER_COOKIE = "__Host-yumroad-device";

/** Another password that passes every rule. */
export const OTHER_PASSWORD = "nine herons by the quarry";

/** An e-mail address that is used nowhere else. */
export function uniqueEmail(): string {
  return `someone-${randomBytes(6).toString("hex")}@mail.example`;
}

/** Opens the store of a seller, by a first product that is deleted again. */
async function openStore(client: Client): Promise<Product["store"]> {
  const json = { name: "A first product", price: { amount: 100, currency: "EUR" }, status: "draft" };
  const { slug, store } = (await answered(client.post<Product>("/api/products", { json }), 201)).json;
  await answered(client.delete(`/api/products/${slug}`), 204);
  return store;
}

/** A person with a new account and a store. The sign-up's session is checked. */
export async function newcomer(
  env: TestEnvironment,
  {
    client = env.visitor(),
    remember,
    ...given
  }: { client?: Client; remember?: boolean; name?: string; email?: string; password?: string } = {},
): Promise<Person> {
  const somebody = { name: "Ada Lovelace", email: uniqueEmail(), password: "plum jam on the windowsill", ...given };
  const json = { ...somebody, ...(remember !== undefined && { remember }) };
  const { user } = (await answered(client.post<LiveSession>("/api/auth/signup", { json }), 201)).json;
  assert.equal(await whoIs(client), somebody.email);
  return { client, user: { ...user, store: await openStore(client) }, ...somebody };
}

/** A person with a new account whose address is verified, as other login methods require. */
export async function provenNewcomer(
  env: TestEnvironment,
  given: Parameters<typeof newcomer>[1] = {},
): Promise<Person> {
  const person = await newcomer(env, given);
  const { token } = linkIn(await env.mail.next(person.email, "Confirm your email"));
  await answered(person.client.post("/api/auth/verify-email", { json: { token } }), 200);
  return person;
}

type Account = Pick<Person, "email" | "password">;

/** Submits address and password, right or wrong. */
export function tryLogIn(client: Client, { email, password }: Account, more: { remember?: boolean } = {}) {
  return client.post<SessionState>("/api/auth/login", { json: { email, password, ...more } });
}

/** Logs a person in, in a new browser unless one is given, checks that it worked, and returns the browser. */
export async function logIn(
  env: TestEnvironment,
  person: Account,
  { client = env.visitor(), ...more }: { client?: Client; remember?: boolean } = {},
): Promise<Client> {
  await answered(tryLogIn(client, person, more), 200);
  assert.equal(await whoIs(client), person.email);
  return client;
}

/** The address of the logged-in user, or null. Does not renew the session. */
export async function whoIs(client: Client): Promise<string | null> {
  const { json } = await answered(client.get<SessionState>("/api/auth/session?passive=1"), 200);
  return json.user?.email ?? null;
}

/** The session cookie in the browser. */
export function sessionCookie(client: Client): StoredCookie {
  const cookie = client.cookies.get(SESSION_COOKIE);
  assert.ok(cookie, "the browser has no session cookie");
  return cookie;
}

/** Another browser with the same cookies, as a thief would have it, or with saved ones. */
export function withCookies(
  env: TestEnvironment,
  cookies: readonly StoredCookie[],
  options: VisitorOptions = {},
): Client {
  const client = env.visitor(options);
  client.cookies.restore(cookies);
  return client;
}

/** True if copied cookies no longer log anyone in. */
export async function areInvalid(env: TestEnvironment, cookies: readonly StoredCookie[]): Promise<boolean> {
  return (await whoIs(withCookies(env, cookies))) === null;
}

/**
 * Opens a page by following a link. Throws unless the answer is a page; an answer that the pages are not built fails
 * too.
 */
export async function openPage(client: Client, path: string): Promise<Answer> {
  const answer = await answered(client.get(path, { mode: "navigate" }), 200);
  assert.match(String(answer.headers["content-type"]), /^text\/html/);
  return answer;
}

/** The page and the token of a mailed link, with the token in the fragment or the query. */
export function linkIn(mail: { link(): string }): { url: URL; token: string } {
  const url = new URL(mail.link());
  const tokenIn = (text: string) => new URLSearchParams(text).get("token");
  return { url, token: tokenIn(url.hash.slice(1)) ?? tokenIn(url.search) ?? "" };
}

/** Requests a new password without a session and returns the mailed link. */
export async function passwordResetLink(env: TestEnvironment, email: string, client = env.visitor()) {
  await answered(client.post("/api/auth/forgot-password", { json: { email } }), 202);
  return linkIn(await env.mail.next(email, "Choose a new password"));
}
