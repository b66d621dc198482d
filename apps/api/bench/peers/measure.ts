import { median } from "@yumroad/testkit";
import { Redis } from "ioredis";
import { type Server, startServer } from "../child.ts";
import { ask, load, type Request, timesOf } from "../load.ts";
import {
  LIMITS,
  logInRequest,
  logOutRequest,
  OURS_ON_REDIS,
  type Peer,
  type Person,
  personOf,
  sessionRequest,
  signUpRequest,
} from "./peers.ts";
import { proveJob } from "./prove.ts";

/** How long is measured, and how often. */
export interface Plan {
  sessions: Rounds;
  /** Sign-ups and log-ins are each measured so long. */
  accounts: Rounds;
}

interface Rounds {
  /** A server gets faster for some seconds, while its code is being compiled. */
  warmUps: number;
  rounds: number;
  seconds: number;
}

/** What came out for one server, a number for each round. */
export interface SessionChecks {
  name: string;
  perSecond: number[];
  /** Null for a limit, which has no log-out. */
  isOldCookieGood: boolean | null;
}

export interface AccountWork {
  signUpsPerSecond: number;
  logInsPerSecond: number;
  logOutMs: number;
}

const CONNECTIONS = 32;
/** Enough to keep a core hashing, and few enough that a round ends soon. */
const HASHING_CONNECTIONS = 3;
const LOG_OUTS = 12;

interface RedisPlace {
  url: string;
  prefix: string;
}

interface Standing {
  name: string;
  server: Server;
  probe: Request;
  isOldCookieGood: boolean | null;
}

/** Session checks a second: each server has a core to itself while it is asked, and all are asked in turn. */
export async function measureSessionChecks(
  peers: Peer[],
  { isDressed, plan, redis }: { isDressed: boolean; plan: Rounds; redis: RedisPlace },
): Promise<SessionChecks[]> {
  const standing: Standing[] = [];
  try {
    for (const peer of peers) standing.push(await stand(peer, isDressed));
    standing.push(...(await standLimits(standing, isDressed, redis)));
    const options = { connections: CONNECTIONS, seconds: plan.seconds };
    const measured = await run(standing, plan, async ({ probe }) => (await load(() => probe, options, 200)).perSecond);
    return standing.map((one, place) => ({
      name: one.name,
      perSecond: measured[place] ?? [],
      isOldCookieGood: one.isOldCookieGood,
    }));
  } finally {
    for (const { server } of standing) await server.stop();
  }
}

async function stand(peer: Peer, isDressed: boolean): Promise<Standing> {
  const server = await peer.start(isDressed);
  const { person, cookies, isOldCookieGood } = await proveJob(peer, server.port);
  const probe = sessionRequest({ port: server.port, routes: peer.routes }, person, cookies);
  await mustBeDressed(probe, isDressed, peer.name);
  return { name: peer.name, server, probe, isOldCookieGood };
}

/** They fetch what the product answers, and answer it. */
async function standLimits(standing: Standing[], isDressed: boolean, place: RedisPlace): Promise<Standing[]> {
  const ours = standing.find(({ name }) => name === OURS_ON_REDIS);
  if (!ours) throw new Error("The product has to stand before the limits");
  const redis = new Redis(place.url);
  const KEY = `${place.prefix}limits`;
  const ANSWER = (await ask(ours.probe)).text;
  await redis.set(KEY, ANSWER);
  redis.disconnect();
  const limits: Standing[] = [];
  for (const { name, file } of LIMITS) {
    const env = { REDIS_URL: place.url, KEY, ANSWER, DRESSED: isDressed ? "1" : "" };
    const server = await startServer(file, { env });
    const probe = { ...ours.probe, port: server.port };
    await mustBeDressed(probe, isDressed, name);
    limits.push({ name, server, probe, isOldCookieGood: null });
  }
  return limits;
}

const DRESS = [
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

/** Throws unless an answer has all of the dress and nothing that it leaves out; or, undressed, no request id. */
async function mustBeDressed(probe: Request, isDressed: boolean, name: string): Promise<void> {
  const { headers } = await ask(probe);
  const missing = DRESS.filter((header) => !headers.has(header));
  const extra = ["x-powered-by", "etag"].filter((header) => headers.has(header));
  if (isDressed && missing.length + extra.length > 0)
    throw new Error(`${name} is not dressed: it lacks ${missing.join(", ")}; it has ${extra.join(", ")}`);
  if (!isDressed && (headers.has("x-request-id") || headers.has("content-security-policy")))
    throw new Error(`${name} is dressed`);
}

/** Sign-ups and log-ins a second, nearly all of which is the hash, and the time of a log-out. */
export async function measureAccountWork(
  peers: Peer[],
  { isDressed, plan }: { isDressed: boolean; plan: Rounds },
): Promise<AccountWork[][]> {
  const standing: { server: Server; peer: Peer; people: number }[] = [];
  try {
    for (const peer of peers) {
      const server = await peer.start(isDressed);
      standing.push({ server, peer, people: 0 });
      await proveJob(peer, server.port);
    }
    return await run(standing, plan, async (one) => {
      const asked = { port: one.server.port, routes: one.peer.routes };
      const options = { connections: HASHING_CONNECTIONS, seconds: plan.seconds };
      const signedUp: Person[] = [];
      const logIns: { person: Person; cookies: string }[] = [];

      const signUps = await load(
        () => {
          one.people += 1;
          return signUpRequest(asked, personOf(one.people));
        },
        { ...options, onAnswer: (_head, request) => signedUp.push(personIn(request)) },
        asked.routes.signUp.status,
      );
      let turn = 0;
      const logInsDone = await load(
        () => logInRequest(asked, signedUp[turn++ % signedUp.length] as Person),
        {
          ...options,
          onAnswer: (head, request) => logIns.push({ person: personIn(request), cookies: cookiesIn(head) }),
        },
        asked.routes.logIn.status,
      );
      const logOutTimes: number[] = [];
      for (const { person, cookies } of logIns.slice(0, LOG_OUTS)) {
        const request = logOutRequest(asked, person, cookies);
        logOutTimes.push(...(await timesOf(request, 1, asked.routes.logOut.status)));
      }
      return {
        signUpsPerSecond: signUps.perSecond,
        logInsPerSecond: logInsDone.perSecond,
        logOutMs: median(logOutTimes),
      };
    });
  } finally {
    for (const { server } of standing) await server.stop();
  }
}

/** To and fro, so that nobody always comes after the same one. What each measured, round by round, warm-ups left out. */
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

/** All cookies that an answer sets, as a browser sends them. */
function cookiesIn(head: string): string {
  return [...head.matchAll(/^set-cookie: ([^;\r\n]+)/gim)].map(([, pair]) => pair).join("; ");
}
