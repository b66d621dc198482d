import { median } from "@yumroad/testkit";
import { Redis } from "ioredis";
import { type Server, startServer } from "../child.ts";
import { ask, load, type Request, timesOf } from "../load.ts";
import {
  BASELINES,
  loginRequest,
  logoutRequest,
  OURS_ON_REDIS,
  type Peer,
  type Person,
  personOf,
  sessionRequest,
  signupRequest,
} from "./peers.ts";
import { verifyPeer } from "./verify-peer.ts";

/** Duration and number of the rounds. */
export interface Plan {
  sessions: Rounds;
  /** Sign-ups and logins each take this long. */
  accounts: Rounds;
}

interface Rounds {
  /** A server gets faster during the first seconds, while its code is compiled. */
  warmUps: number;
  rounds: number;
  seconds: number;
}

/** The results of one server, one number for each round. */
export interface SessionChecks {
  name: string;
  perSecond: number[];
  /** Null for a baseline, which has no logout. */
  isOldCookieGood: boolean | null;
}

export interface AccountWork {
  signupsPerSecond: number;
  loginsPerSecond: number;
  logoutMs: number;
}

const CONNECTIONS = 32;
/** Enough to keep a core hashing, and few enough for a round to end soon. */
const HASHING_CONNECTIONS = 3;
const LOGOUTS = 12;

interface RedisPlace {
  url: string;
  prefix: string;
}

interface RunningPeer {
  name: string;
  server: Server;
  probe: Request;
  isOldCookieGood: boolean | null;
}

/** Session checks per second. Each server has a core to itself, and all are measured alternately. */
export async function measureSessionChecks(
  peers: Peer[],
  { hasMiddleware, plan, redis }: { hasMiddleware: boolean; plan: Rounds; redis: RedisPlace },
): Promise<SessionChecks[]> {
  const running: RunningPeer[] = [];
  try {
    for (const peer of peers) running.push(await startPeer(peer, hasMiddleware));
    running.push(...(await startBaselines(running, hasMiddleware, redis)));
    const options = { connections: CONNECTIONS, seconds: plan.seconds };
    const measured = await run(running, plan, async ({ probe }) => (await load(() => probe, options, 200)).perSecond);
    return running.map((one, place) => ({
      name: one.name,
      perSecond: measured[place] ?? [],
      isOldCookieGood: one.isOldCookieGood,
    }));
  } finally {
    for (const { server } of running) await server.stop();
  }
}

async function startPeer(peer: Peer, hasMiddleware: boolean): Promise<RunningPeer> {
  const server = await peer.start(hasMiddleware);
  const { person, cookies, isOldCookieGood } = await verifyPeer(peer, server.port);
  const probe = sessionRequest({ port: server.port, routes: peer.routes }, person, cookies);
  await assertMiddleware(probe, hasMiddleware, peer.name);
  return { name: peer.name, server, probe, isOldCookieGood };
}

/** Baselines answer with the product's own answer, which is stored in Redis for them. */
async function startBaselines(
  running: RunningPeer[],
  hasMiddleware: boolean,
  place: RedisPlace,
): Promise<RunningPeer[]> {
  const ours = running.find(({ name }) => name === OURS_ON_REDIS);
  if (!ours) throw new Error("The product has to be started before the baselines");
  const redis = new Redis(place.url);
  const KEY = `${place.prefix}limits`;
  const ANSWER = (await ask(ours.probe)).text;
  await redis.set(KEY, ANSWER);
  redis.disconnect();
  const baselines: RunningPeer[] = [];
  for (const { name, file } of BASELINES) {
    const env = { REDIS_URL: place.url, KEY, ANSWER, MIDDLEWARE: hasMiddleware ? "1" : "" };
    const server = await startServer(file, { env });
    const probe = { ...ours.probe, port: server.port };
    await assertMiddleware(probe, hasMiddleware, name);
    baselines.push({ name, server, probe, isOldCookieGood: null });
  }
  return baselines;
}

const MIDDLEWARE_HEADERS = [
  "cache-control",
  "content-security-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "origin-agent-cluster",
  "referrer-policy",
  "strict-transport-security",
  "x-content-type-options",
  "x-dns-prefetch-control",
  "x-download-options",
  "x-frame-options",
  "x-permitted-cross-domain-policies",
  "x-request-id",
  "x-xss-protection",
];

/**
 * Throws unless an answer has all headers of the middleware and none that it removes; or, without middleware, has no
 * request id.
 */
async function assertMiddleware(probe: Request, hasMiddleware: boolean, name: string): Promise<void> {
  const { headers } = await ask(probe);
  const missing = MIDDLEWARE_HEADERS.filter((header) => !headers.has(header));
  const extra = ["x-powered-by", "etag"].filter((header) => headers.has(header));
  if (hasMiddleware && missing.length + extra.length > 0)
    throw new Error(`${name} does not have the middleware: it lacks ${missing.join(", ")}; it has ${extra.join(", ")}`);
  if (!hasMiddleware && (headers.has("x-request-id") || headers.has("content-security-policy")))
    throw new Error(`${name} has the middleware`);
}

/** Sign-ups and logins per second, dominated by the hash, and the duration of a logout. */
export async function measureAccountWork(
  peers: Peer[],
  { hasMiddleware, plan }: { hasMiddleware: boolean; plan: Rounds },
): Promise<AccountWork[][]> {
  const running: { server: Server; peer: Peer; people: number }[] = [];
  try {
    for (const peer of peers) {
      const server = await peer.start(hasMiddleware);
      running.push({ server, peer, people: 0 });
      await verifyPeer(peer, server.port);
    }
    return await run(running, plan, async (one) => {
      const asked = { port: one.server.port, routes: one.peer.routes };
      const options = { connections: HASHING_CONNECTIONS, seconds: plan.seconds };
      const signedUp: Person[] = [];
      const logins: { person: Person; cookies: string }[] = [];

      const signups = await load(
        () => {
          one.people += 1;
          return signupRequest(asked, personOf(one.people));
        },
        { ...options, onAnswer: (_head, request) => signedUp.push(personIn(request)) },
        asked.routes.signUp.status,
      );
      let turn = 0;
      const loginsDone = await load(
        () => loginRequest(asked, signedUp[turn++ % signedUp.length] as Person),
        {
          ...options,
          onAnswer: (head, request) => logins.push({ person: personIn(request), cookies: cookiesIn(head) }),
        },
        asked.routes.logIn.status,
      );
      const logoutTimes: number[] = [];
      for (const { person, cookies } of logins.slice(0, LOGOUTS)) {
        const request = logoutRequest(asked, person, cookies);
        logoutTimes.push(...(await timesOf(request, 1, asked.routes.logOut.status)));
      }
      return {
        signupsPerSecond: signups.perSecond,
        loginsPerSecond: loginsDone.perSecond,
        logoutMs: median(logoutTimes),
      };
    });
  } finally {
    for (const { server } of running) await server.stop();
  }
}

/**
 * Alternates the order, so that no server always follows the same one. Returns the results of each, round by round,
 * without the warm-ups.
 */
async function run<One, Result>(
  all: One[],
  { warmUps, rounds }: Rounds,
  measure: (one: One) => Promise<Result>,
): Promise<Result[][]> {
  const measured: Result[][] = all.map(() => []);
  const places = all.map((_, place) => place);
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const place of round % 2 === 0 ? places : places.toReversed()) {
      const result = await measure(all[place] as One);
      if (round >= warmUps) measured[place]?.push(result);
    }
  }
  return measured;
}

function personIn({ body }: Request): Person {
  return personOf(Number(/\d+/.exec((body as { email: string }).email)?.[0]));
}

/** All cookies that an answer sets, as a `Cookie` header. */
function cookiesIn(head: string): string {
  return [...head.matchAll(/^set-cookie: ([^;\r\n]+)/gim)].map(([, pair]) => pair).join("; ");
}
