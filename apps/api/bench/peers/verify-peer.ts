import { createClient } from "@yumroad/testkit";
import { PASSWORD } from "../figures.ts";
import { type Peer, type Person, personOf } from "./peers.ts";

export interface VerifiedPeer {
  person: Person;
  /** The `Cookie` header of a browser in which the person is logged in. */
  cookies: string;
  /** True if cookies copied before a logout still opened the session after it. */
  isOldCookieGood: boolean;
}

interface SessionAnswer {
  user?: { email?: string } | null;
}

/**
 * Throws unless a server does the measured job: it tells the logged-in user, to that user's browser alone, from a
 * sign-up or a login with the right password until the logout.
 */
export async function verifyPeer({ name, routes, isOldCookieGood = false }: Peer, port: number): Promise<VerifiedPeer> {
  const browser = createClient({
    url: `http://127.0.0.1:${port}`,
    publicUrl: "https://shop.example",
    behindTlsProxy: true,
    headers: { "X-Forwarded-For": "10.255.0.1" },
  });
  const person = personOf(0);
  const { email } = person;

  async function assertUser(who: string | null, when: string): Promise<void> {
    const { status, json } = await browser.get<SessionAnswer | null>(routes.session.path);
    const found = json?.user?.email ?? null;
    if (status !== routes.session.status || found !== who)
      throw new Error(`${name}: the session ${when} is ${found ?? "nobody"}'s (${status}), not ${who ?? "nobody"}'s`);
  }

  async function assertStatus(route: { path: string; status: number }, json?: unknown): Promise<void> {
    const answer = await browser.post(route.path, json === undefined ? {} : { json });
    if (answer.status !== route.status)
      throw new Error(`${name}: ${route.path} answered ${answer.status}: ${answer.text}`);
  }

  await assertUser(null, "of a new browser");
  await assertStatus(routes.signUp, { name: person.name, email, password: PASSWORD });
  await assertUser(email, "after the sign-up");

  browser.cookies.clear();
  await assertStatus({ ...routes.logIn, status: 401 }, { email, password: "not the password" });
  await assertUser(null, "after a wrong password");
  await assertStatus(routes.logIn, { email, password: PASSWORD });
  await assertUser(email, "after the log-in");

  const copy = browser.cookies.snapshot();
  browser.cookies.restore(copy.map((cookie) => ({ ...cookie, value: withOneChanged(cookie.value) })));
  await assertUser(null, "of changed cookies");
  browser.cookies.restore(copy);
  await assertStatus(routes.logOut);
  await assertUser(null, "after the log-out");
  browser.cookies.restore(copy);
  await assertUser(isOldCookieGood ? email : null, "of an old cookie after the log-out");

  browser.cookies.clear();
  await assertStatus(routes.logIn, { email, password: PASSWORD });
  const cookies = browser.cookies.all().map((cookie) => `${cookie.name}=${cookie.value}`);
  return { person, cookies: cookies.join("; "), isOldCookieGood };
}

const CHANGED_PLACE = 10;

function withOneChanged(value: string): string {
  const changed = value[CHANGED_PLACE] === "A" ? "B" : "A";
  return value.slice(0, CHANGED_PLACE) + changed + value.slice(CHANGED_PLACE + 1);
}
