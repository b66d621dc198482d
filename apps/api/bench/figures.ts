import { mkdirSync } from "node:fs";
import { median } from "@yumroad/testkit";
import { Redis } from "ioredis";
import { runToEnd, type Server, startServer } from "./child.ts";
import { measureEnumerationTiming } from "./enumeration-timing.ts";
import { ask, load, type Request, timesOf } from "./load.ts";

/** One row of the report. */
export interface Figure {
  what: string;
  target: string;
  measured: string;
  isReached: boolean;
}

const ROUNDS = 5;
/** A server gets faster during the first seconds, while its code is compiled. */
const WARM_UPS = 2;
const CONNECTIONS = 32;
const ROUND_SECONDS = 2;
export const SECRET = "a secret of the benchmark that is long enough for the server";
export const PASSWORD = "plum jam on the windowsill";

export interface Place {
  folder: string;
  databaseUrl: string | null;
}

interface StartOptions {
  redisUrl?: string;
  prefix?: string;
  onOneCore?: boolean;
  /** Mails are stored in the outbox; no mail server accepts them. */
  sendsMail?: boolean;
  /** Node's options for the server. */
  nodeOptions?: string;
}

/** Starts the product as in production, behind a proxy that speaks https. */
export function startProduct(
  { folder, databaseUrl }: Place,
  { redisUrl, prefix, onOneCore = true, sendsMail = false, nodeOptions }: StartOptions = {},
): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  const env = {
    PUBLIC_URL: "https://shop.example",
    TRUST_PROXY: "1",
    DATA_DIR: folder,
    SHOP_KIND: "marketplace",
    SESSION_SECRET: SECRET,
    PASSWORD_PEPPER: SECRET,
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    ...(sendsMail && { SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "shop@shop.example" }),
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl, REDIS_PREFIX: prefix ?? "" }),
    ...(nodeOptions !== undefined && { NODE_OPTIONS: nodeOptions }),
  };
  return startServer("../src/main.ts", { env, onOneCore });
}

/** Headers that the proxy adds, with a separate IP address for each person. */
export function proxyHeaders(number = 0): Record<string, string> {
  return {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
    Origin: "https://shop.example",
  };
}

export async function signUp(port: number, number: number, person: { email: string; name: string }): Promise<string> {
  const answer = await ask({
    port,
    path: "/api/auth/signup",
    method: "POST",
    headers: proxyHeaders(number),
    body: { ...person, password: PASSWORD },
  });
  if (answer.status !== 201) throw new Error(`A sign-up answered ${answer.status}: ${answer.text}`);
  return (
    answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith("__Host-yumroad="))
      ?.split(";")[0] ?? ""
  );
}

/** The throughput of one server relative to another, measured alternately in several rounds. */
async function ratioOf(one: Request, other: Request): Promise<{ ratio: number; perSecond: [number, number] }> {
  const options = { connections: CONNECTIONS, seconds: ROUND_SECONDS };
  const rounds: [number, number][] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const measured: [number, number] = [
      (await load(() => one, options)).perSecond,
      (await load(() => other, options)).perSecond,
    ];
    if (round >= WARM_UPS) rounds.push(measured);
  }
  return {
    ratio: median(rounds.map(([mine, theirs]) => mine / theirs)),
    perSecond: [median(rounds.map(([mine]) => mine)), median(rounds.map(([, theirs]) => theirs))],
  };
}

function ratioFigure(what: string, target: number, { ratio, perSecond }: Awaited<ReturnType<typeof ratioOf>>): Figure {
  const [mine, theirs] = perSecond.map((number) => Math.round(number).toLocaleString("en"));
  return {
    what,
    target: `≥ ${target}`,
    measured: `${ratio.toFixed(2)} (${mine}/s of ${theirs}/s)`,
    isReached: ratio >= target,
  };
}

function boundFigure(what: string, bound: number, measured: number, unit: string, digits = 0): Figure {
  return {
    what,
    target: `≤ ${bound} ${unit}`,
    measured: `${measured.toFixed(digits)} ${unit}`,
    isReached: measured <= bound,
  };
}

/** Throughput of the session probe, and the size of a session's value. */
export async function measureSessions(folder: string, redisUrl: string, prefix: string): Promise<Figure[]> {
  const product = await startProduct({ folder, databaseUrl: null }, { redisUrl, prefix });
  const cookie = await signUp(product.port, 1, { email: "somebody@example.com", name: "Some Body Jr" });
  const path = "/api/auth/session";
  const probe: Request = { port: product.port, path, headers: { ...proxyHeaders(1), Cookie: cookie } };
  const redis = new Redis(redisUrl);
  const [key = ""] = await redis.keys(`${prefix}session:*`);
  const env = { REDIS_URL: redisUrl, KEY: key, ANSWER: (await ask(probe)).text };
  const bare = await startServer("bare-session.ts", { env });
  const ratio = await ratioOf(probe, { port: bare.port, path });
  await bare.stop();

  await redis.del(key);
  await signUp(product.port, 2, { email: `${"e".repeat(12)}@example.com`, name: "Twelve Chars" });
  const usual = await longestSession(redis, prefix);
  await signUp(product.port, 3, {
    email: `${"e".repeat(64)}@${"d".repeat(60)}.${"d".repeat(60)}.${"d".repeat(60)}.com`,
    name: "名".repeat(60),
  });
  const longest = await longestSession(redis, prefix);
  redis.disconnect();
  await product.stop();
  return [
    ratioFigure(
      "`GET /api/auth/session` with a live session in Redis, of a bare Express app with one Redis GET",
      0.42,
      ratio,
    ),
    boundFigure("a session's value in Redis, e-mail of 24 and name of 12 characters", 450, usual, "bytes"),
    boundFigure("a session's value in Redis, the longest e-mail and name", 1500, longest, "bytes"),
  ];
}

async function longestSession(redis: Redis, prefix: string): Promise<number> {
  const lengths = await Promise.all((await redis.keys(`${prefix}session:*`)).map((key) => redis.strlen(key)));
  return Math.max(...lengths);
}

const LIST_SQL = `select p.id as "id", p.slug as "slug", p.name as "name", p.price_amount as "priceAmount",
  p.price_currency as "priceCurrency", p.pricing as "pricing", p.status as "status", s.handle as "storeHandle",
  s.name as "storeName" from products p join stores s on s.id = p.store_id where p.status = 'published' order by p.id desc limit ?`;

/** The first page of the catalogue against a bare app with the same SQL and driver. */
export async function measureList(kind: string, place: Place): Promise<Figure> {
  const path = "/api/products";
  const product = await startProduct(place);
  const bare = await startServer("bare-products.ts", {
    env: { FOLDER: place.folder, DATABASE_URL: place.databaseUrl ?? "", SQL: LIST_SQL },
  });
  const listed: Request = { port: product.port, path, headers: proxyHeaders() };
  const ratio = await ratioOf(listed, { port: bare.port, path });
  await bare.stop();
  await product.stop();
  return ratioFigure(
    `\`GET /api/products\`, 24 of 100,000, of a bare Express app with the same SQL and driver (${kind})`,
    0.5,
    ratio,
  );
}

const REQUESTS = 400;
const SEARCHES = {
  "a common word": "watercolour",
  "a middling word (1 %)": "middling",
  "a rare word": "zanzibar",
  "a word that nothing has": "xylophone",
  "two words": "procreate+watercolour",
  "a common and a rare word": "watercolour+zanzibar",
  "the beginning of a common word": "wat",
  "the beginning of a middling word": "middl",
};

/** The list at two catalogue sizes, and searches in the larger one, one request at a time. */
export async function measureSizes(kind: string, { small, large }: { small: Place; large: Place }): Promise<Figure[]> {
  const [few, many] = [await startProduct(small), await startProduct(large)];
  const medianOf = async (server: Server, query: string, count = REQUESTS) =>
    median(await timesOf({ port: server.port, path: `/api/products${query}`, headers: proxyHeaders() }, count));
  const rounds: [number, number][] = [];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const measured: [number, number] = [await medianOf(few, ""), await medianOf(many, "")];
    if (round >= WARM_UPS) rounds.push(measured);
  }
  const ratio = median(rounds.map(([one, other]) => other / one));
  const figures: Figure[] = [
    {
      what: `the list's median at 1,000,000 products, of that at 1,000 (${kind})`,
      target: "≤ 1.5",
      measured: `${ratio.toFixed(2)} (${median(rounds.map(([, other]) => other)).toFixed(2)} ms)`,
      isReached: ratio <= 1.5,
    },
  ];
  for (const [name, words] of Object.entries(SEARCHES)) {
    await medianOf(many, `?q=${words}`, 3);
    figures.push(
      boundFigure(`search for ${name} at 1,000,000 (${kind})`, 50, await medianOf(many, `?q=${words}`, 25), "ms", 1),
    );
  }
  await few.stop();
  await many.stop();
  return figures;
}

const PEOPLE = 100;
/** First number of the IP addresses for questions about accounts, apart from the people's own. */
const STRANGER = 1000;
const LOGIN_ROUNDS = 5;
const LOGIN_SECONDS = 6;

/** Measures memory after many signups and logins, then the login rate and the catalogue's latency under that load. */
export async function measureLogins(place: Place, redisUrl: string, prefix: string): Promise<Figure[]> {
  const product = await startProduct(place, { redisUrl, prefix, onOneCore: false });
  const { port } = product;
  const emailOf = (number: number) => `person-${number}@example.com`;
  for (let number = 0; number < PEOPLE; number += 1) {
    await signUp(port, number, { email: emailOf(number), name: `Person ${number}` });
  }
  let turn = 0;
  const logIn = (): Request => {
    const number = turn++ % PEOPLE;
    return {
      port,
      path: "/api/auth/login",
      method: "POST",
      headers: proxyHeaders(number),
      body: { email: emailOf(number), password: PASSWORD },
    };
  };
  for (let number = 0; number < PEOPLE; number += 1) {
    const { status, text } = await ask(logIn());
    if (status !== 200) throw new Error(`A log-in answered ${status}: ${text}`);
  }
  const memory = product.memory() / 1024 ** 2;

  const rounds: { ratio: number; perSecond: number; catalogueMs: number }[] = [];
  for (let round = 0; round < LOGIN_ROUNDS; round += 1) {
    const bare = Number(await runToEnd("bare-hash.ts", { SECONDS: String(LOGIN_SECONDS) }));
    const { perSecond } = await load(logIn, { connections: 8, seconds: LOGIN_SECONDS });
    // The catalogue is measured in a separate run, because its requests would take processor time from the logins.
    const [, catalogueTimes] = await Promise.all([
      load(logIn, { connections: 8, seconds: 3 }),
      timesOf({ port, path: "/api/products", headers: proxyHeaders() }, 200),
    ]);
    rounds.push({ ratio: perSecond / bare, perSecond, catalogueMs: median(catalogueTimes) });
  }
  await product.stop();
  const withMail = await startProduct(place, { redisUrl, prefix, onOneCore: false, sendsMail: true });
  const emails = Array.from({ length: PEOPLE }, (_, number) => emailOf(number));
  const enumerationTimings = await measureEnumerationTimings(withMail.port, emails);
  await withMail.stop();
  const ratio = median(rounds.map((round) => round.ratio));
  return [
    {
      what: "log-ins a second, of bare `bcrypt.compare` at the same cost on the same cores",
      target: "≥ 0.9",
      measured: `${ratio.toFixed(2)} (${median(rounds.map((round) => round.perSecond)).toFixed(1)}/s)`,
      isReached: ratio >= 0.9,
    },
    boundFigure(
      "the catalogue's median while all cores hash",
      20,
      median(rounds.map((round) => round.catalogueMs)),
      "ms",
      1,
    ),
    boundFigure(`memory after ${PEOPLE} sign-ups and log-ins`, 170, memory, "MiB"),
    ...enumerationTimings,
  ];
}

/** Measures whether the time of an answer reveals that an account exists. */
async function measureEnumerationTimings(port: number, emails: readonly string[]): Promise<Figure[]> {
  const questions = [
    { what: "a forgotten password", path: "/api/auth/forgot-password", status: 202, given: {} },
    { what: "a wrong password", path: "/api/auth/login", status: 401, given: { password: "not the password" } },
  ];
  const figures: Figure[] = [];
  for (const { what, path, status, given } of questions) {
    const request = (email: string, number: number): Request => ({
      port,
      path,
      method: "POST",
      headers: proxyHeaders(STRANGER + number),
      body: { email, ...given },
    });
    const { known, unknown } = await measureEnumerationTiming(emails, { ask: request, status });
    const [difference, allowed] = [Math.abs(known - unknown), Math.max(1, 0.1 * Math.min(known, unknown))];
    figures.push({
      what: `${what}: medians of a known and an unknown address, ${2 * emails.length} in turn`,
      target: "< 10 % or 1 ms apart",
      measured: `${known.toFixed(2)} and ${unknown.toFixed(2)} ms`,
      isReached: difference < allowed,
    });
  }
  return figures;
}
