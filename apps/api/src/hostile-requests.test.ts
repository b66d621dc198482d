import { allEndpoints, endpoints } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HostileRequest, hostileRequests, MARK, type Sender } from "../test/hostile-requests.ts";
import { dumpStoredData } from "../test/stored-data.ts";
import {
  createTestApp,
  describeOnEachStore,
  GOOD_PASSWORD,
  type Person,
  type TestApp,
  whoIs,
} from "../test/test-app.ts";

// The seed is printed and can be given to repeat a run: HOSTILE_SEED=123 pnpm test.
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31);
process.stdout.write(`hostile requests: HOSTILE_SEED=${seed}\n`);

/** Minimum number of requests over all endpoints, on each pair of stores. */
const REQUESTS = 3000;
const AT_LEAST_FOR_EACH = 60;
const AT_MOST_MS_FOR_EACH = 15_000;

const COOKIE = "__Host-yumroad";
const numRuns = Math.max(AT_LEAST_FOR_EACH, Math.ceil(REQUESTS / allEndpoints.length));

describeOnEachStore("hostile requests", (store) => {
  let app: TestApp;
  let owner: Person;
  let stranger: Person;
  let known: string[];
  let storedBefore: string;
  let sent = 0;

  beforeAll(async () => {
    app = await createTestApp({ sessions: store });
    owner = await app.signUp({ name: "Mira Okafor" });
    stranger = await app.signUp({ name: "Eve Elsewhere" });
    const price = { amount: 100, currency: "EUR" };
    for (const status of ["published", "draft"])
      await owner.client.post("/api/products", { json: { name: `The ${status} one`, price, status } });
    known = await wordsOf(owner);
    storedBefore = await dumpStoredData(app);
    app.logs.clear();
  });
  afterAll(() => app.close());

  it.each(allEndpoints)(
    "R80: %s is not broken by any, and takes none for a good one",
    { timeout: 4 * AT_MOST_MS_FOR_EACH },
    async (_, endpoint) => {
      const requests = hostileRequests(
        endpoint,
        allEndpoints.map(([, other]) => other),
        known,
      );
      await fc.assert(
        fc.asyncProperty(requests, async (request) => {
          // The client throws for an answer that is not in the contract.
          const answer = await clientOf(request.sender).request(asSent(request));
          sent += 1;
          expect(answer.status).toBeLessThan(500);
          if (request.method !== "GET" && request.method !== "HEAD") expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.setCookies).toEqual([]);
          if (answer.status >= 400)
            expect(answer.text).not.toMatch(/node_modules|\.ts:\d|sqlite|postgres|mikro|redis/i);
        }),
        { seed, numRuns, interruptAfterTimeLimit: AT_MOST_MS_FOR_EACH },
      );
    },
  );

  it("R52: after all of them nothing was stored, nothing changed and nobody's session ended", async () => {
    expect(sent).toBeGreaterThanOrEqual(REQUESTS);
    expect(await dumpStoredData(app)).toBe(storedBefore);
    for (const { client, email } of [owner, stranger]) expect((await whoIs(client))?.email).toBe(email);
  });

  it("R78: after all of them the log holds no body, query, password or cookie, and no failure of ours", () => {
    expect(app.logs.lines.length).toBeGreaterThanOrEqual(sent);
    const cookies = [owner, stranger].map(({ client }) => String(client.cookies.get(COOKIE)?.value));
    const ids = cookies.map((value) => decodeURIComponent(value).slice(2).split(".")[0] ?? "");
    for (const secret of [MARK, GOOD_PASSWORD, ...cookies, ...ids]) expect(app.logs.text).not.toContain(secret);
    expect(app.logs.lines.filter(({ level, unparsed }) => Number(level) >= 50 || unparsed !== undefined)).toEqual([]);
  });

  function clientOf(sender: Sender): Client {
    if (sender === "owner") return owner.client;
    return sender === "stranger" ? stranger.client : app.visitor();
  }

  function asSent(request: HostileRequest) {
    const { method, path, body } = request;
    return { method, path, headers: headersOf(request), ...(body !== undefined && { body }) };
  }

  /** A visitor with cookies made from the owner's and altered. */
  function headersOf({ sender, headers }: HostileRequest): Record<string, string> {
    const value = String(owner.client.cookies.get(COOKIE)?.value);
    const forged: Partial<Record<Sender, string>> = {
      tampered: `${COOKIE}=${value.slice(0, -4)}AAAA`,
      "cut off": `${COOKIE}=${value.split(".")[0]}`,
      doubled: `${COOKIE}=${value}; ${COOKIE}=${value}`,
      nonsense: `${COOKIE}=s%3A${"x".repeat(3000)}; ${COOKIE}-device=%E0; =; yumroad=${value}`,
    };
    const cookie = forged[sender];
    return cookie === undefined ? headers : { ...headers, Cookie: cookie };
  }
});

/** All texts that callers learn about their own things: the candidates for ids and addresses. */
async function wordsOf({ client }: Person): Promise<string[]> {
  const words = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string" && value.length < 100) words.add(value);
    else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) collect(part);
  };
  for (const [, { method, path }] of allEndpoints) {
    if (method === "GET" && !path.includes(":") && path !== endpoints.openapi.get.path)
      collect((await client.get(path)).json);
  }
  return [...words];
}
