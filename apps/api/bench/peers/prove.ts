import { createClient } from "@yumroad/testkit";
import { PASSWORD } from "../figures.ts";
import { type Peer, type Person, personOf } from "./peers.ts";

export interface Proven {
  person: Person;
  /** The `Cookie` header of a browser in which that person is logged in. */
  cookies: string;
  /** Whether a copy of the cookies from before a log-out still opened the session after it. */
  isOldCookieGood: boolean;
}

interface SessionAnswer {
  user?: { email?: string } | null;
}

/**
 * Throws unless a server does the job that it is measured at: it tells who is logged in, to their own browser alone,
 * from the sign-up or log-in with the right password on, until the log-out.
 */
export async function proveJob({ name, routes, isOldCookieGood = false }: Peer, port: number): Promise<Proven> {
  const browser = createClient({
    url: `http://127.0.0.1:${port}`,
    publicUrl: "https://shop.example",
    behindTlsProxy: true,
    headers: { "X-Forwarded-For": "10.255.0.1" },
  });
  const person = personOf(0);
  const { email } = person;

  async function mustBe(who: string | null, when: string): Promise<void> {
    const { status, json } = await browser.get<SessionAnswer | null>(routes.session.path);
    const found = json?.user?.email ?? null;
    if (status !== routes.session.status || found !== who)
      throw new Error(`${name}: the session ${when} is ${found ?? "nobody"}'s (${status}), not ${who ?? "nobody"}'s`);
  }

  async function mustAnswer(route: { path: string; status: number }, json?: unknown): Promise<void> {
    const answer = await browser.post(route.path, json === undefined ? {} : { json });
    if (answer.status !== route.status)
      throw new Error(`${name}: ${route.path} answered ${answer.status}: ${answer.text}`);
  }

  await mustBe(null, "of a new browser");
  await mustAnswer(routes.signUp, { name: person.name, email, password: PASSWORD });
  await mustBe(email, "after the sign-up");

  browser.cookies.clear();
  await mustAnswer({ ...routes.logIn, status: 401 }, { email, password: "not the password" });
  await mustBe(null, "after a wrong password");
  await mustAnswer(routes.logIn, { email, password: PASSWORD });
  await mustBe(email, "after the log-in");

  const copy = browser.cookies.snapshot();
  browser.cookies.restore(copy.map((cookie) => ({ ...cookie, value: withOneChanged(cookie.value) })));
  await mustBe(null, "of changed cookies");
  browser.cookies.restore(copy);
  await mustAnswer(routes.logOut);
  await mustBe(null, "after the log-out");
  browser.cookies.restore(copy);
  await mustBe(isOldCookieGood ? email : null, "of an old cookie after the log-out");

  browser.cookies.clear();
  await mustAnswer(routes.logIn, { email, password: PASSWORD });
  const cookies = browser.cookies.all().map((cookie) => `${cookie.name}=${cookie.value}`);
  return { person, cookies: cookies.join("; "), isOldCookieGood };
}

const CHANGED_PLACE = 10;

function withOneChanged(value: string): string {
  const changed = value[CHANGED_PLACE] === "A" ? "B" : "A";
  return value.slice(0, CHANGED_PLACE) + changed + value.slice(CHANGED_PLACE + 1);
}
