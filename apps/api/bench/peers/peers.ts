// Who is measured: the product, what others build on, and two bare servers as limits.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { HASH_COST } from "../../src/dependencies.ts";
import { type Server, startServer } from "../child.ts";
import { fromSomebody, PASSWORD, SECRET, startProduct } from "../figures.ts";
import type { Request } from "../load.ts";

export interface Peer {
  name: string;
  /** Where its sessions are. */
  sessions: string;
  /** The name of the product's own row that it is held against: with sessions in the same place. */
  heldAgainst: string;
  routes: Routes;
  /** It says of itself that an old cookie may be good for a while after the log-out. */
  isOldCookieGood?: boolean;
  /** It differs from the one before it in session checks alone: accounts are measured there. */
  isVariant?: boolean;
  start(isDressed: boolean): Promise<Server>;
}

/** Where to ask, and the status of success. */
export interface Routes {
  signUp: Route;
  logIn: Route;
  logOut: Route;
  session: Route;
}

interface Route {
  path: string;
  status: number;
}

export const OURS_ON_REDIS = "Yumroad, sessions in Redis";
export const OURS_EMBEDDED = "Yumroad, sessions in SQLite";
export const BETTER_AUTH_ON_REDIS = "better-auth, Redis as secondary storage";
export const EXPRESS_SESSION = "express-session with connect-redis";

const OUR_ROUTES: Routes = {
  signUp: { path: "/api/auth/signup", status: 201 },
  logIn: { path: "/api/auth/login", status: 200 },
  logOut: { path: "/api/auth/logout", status: 204 },
  session: { path: "/api/auth/session", status: 200 },
};

const BETTER_AUTH_ROUTES: Routes = {
  signUp: { path: "/api/auth/sign-up/email", status: 200 },
  logIn: { path: "/api/auth/sign-in/email", status: 200 },
  logOut: { path: "/api/auth/sign-out", status: 200 },
  session: { path: "/api/auth/get-session", status: 200 },
};

const UNDRESS = `--import=${new URL("undress.ts", import.meta.url).href}`;

interface Place {
  folder: string;
  redisUrl: string;
  prefix: string;
}

export function createPeers({ folder, redisUrl, prefix }: Place): Peer[] {
  let started = 0;

  /** A folder and a prefix for one server, in which nothing is yet. */
  function newPlace() {
    started += 1;
    const own = `server-${started}`;
    mkdirSync(join(folder, own), { recursive: true });
    return { folder: join(folder, own), prefix: `${prefix}${own}:` };
  }

  function ours(options: { redisUrl?: string }) {
    return (isDressed: boolean) => {
      const place = newPlace();
      const dress = isDressed ? {} : { nodeOptions: UNDRESS };
      return startProduct({ folder: place.folder, databaseUrl: null }, { ...options, prefix: place.prefix, ...dress });
    };
  }

  function stock(file: string, options: Record<string, string>) {
    return (isDressed: boolean) => {
      const place = newPlace();
      const common = { FOLDER: place.folder, PREFIX: place.prefix, SECRET, COST: String(HASH_COST) };
      return startServer(`peers/stock/${file}`, {
        env: { ...common, DRESSED: isDressed ? "1" : "", ...options },
      });
    };
  }

  const redis = { REDIS_URL: redisUrl };
  return [
    {
      name: OURS_ON_REDIS,
      sessions: "Redis",
      heldAgainst: OURS_ON_REDIS,
      routes: OUR_ROUTES,
      start: ours({ redisUrl }),
    },
    {
      name: BETTER_AUTH_ON_REDIS,
      sessions: "Redis",
      heldAgainst: OURS_ON_REDIS,
      routes: BETTER_AUTH_ROUTES,
      start: stock("better-auth.ts", redis),
    },
    {
      name: "better-auth, the same with its cookie cache",
      sessions: "Redis and a signed cookie",
      heldAgainst: OURS_ON_REDIS,
      routes: BETTER_AUTH_ROUTES,
      isOldCookieGood: true,
      isVariant: true,
      start: stock("better-auth.ts", { ...redis, COOKIE_CACHE: "1" }),
    },
    {
      name: EXPRESS_SESSION,
      sessions: "Redis",
      heldAgainst: OURS_ON_REDIS,
      routes: OUR_ROUTES,
      start: stock("express-session.ts", redis),
    },
    {
      name: `${EXPRESS_SESSION}, \`disableTouch\``,
      sessions: "Redis",
      heldAgainst: OURS_ON_REDIS,
      routes: OUR_ROUTES,
      isVariant: true,
      start: stock("express-session.ts", { ...redis, DISABLE_TOUCH: "1" }),
    },
    {
      name: OURS_EMBEDDED,
      sessions: "SQLite",
      heldAgainst: OURS_EMBEDDED,
      routes: OUR_ROUTES,
      start: ours({}),
    },
    {
      name: "better-auth, SQLite",
      sessions: "SQLite",
      heldAgainst: OURS_EMBEDDED,
      routes: BETTER_AUTH_ROUTES,
      start: stock("better-auth.ts", {}),
    },
  ];
}

/** The bare servers: both fetch a key from Redis and answer the same JSON, and look at no cookie. */
export const LIMITS = [
  { name: "bare Express, one `GET` of Redis", file: "bare-session.ts" },
  { name: "bare `node:http`, one `GET` of Redis", file: "bare-http.ts" },
];

export interface Person {
  number: number;
  name: string;
  email: string;
}

export function personOf(number: number): Person {
  return { number, name: `Person ${number}`, email: `person-${number}@example.com` };
}

type Asked = { port: number; routes: Routes };

export function signUpRequest({ port, routes }: Asked, { number, name, email }: Person): Request {
  return {
    port,
    path: routes.signUp.path,
    method: "POST",
    headers: fromSomebody(number),
    body: { name, email, password: PASSWORD },
  };
}

export function logInRequest({ port, routes }: Asked, { number, email }: Person): Request {
  return {
    port,
    path: routes.logIn.path,
    method: "POST",
    headers: fromSomebody(number),
    body: { email, password: PASSWORD },
  };
}

export function logOutRequest({ port, routes }: Asked, { number }: Person, cookies: string): Request {
  return { port, path: routes.logOut.path, method: "POST", headers: { ...fromSomebody(number), Cookie: cookies } };
}

export function sessionRequest({ port, routes }: Asked, { number }: Person, cookies: string): Request {
  return { port, path: routes.session.path, headers: { ...fromSomebody(number), Cookie: cookies } };
}
