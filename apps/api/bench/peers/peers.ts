// The measured servers: the product, the libraries that others build on, and two bare servers as baselines.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { HASH_COST } from "../../src/dependencies.ts";
import { type Server, startServer } from "../child.ts";
import { PASSWORD, proxyHeaders, SECRET, startProduct } from "../figures.ts";
import type { Request } from "../load.ts";

export interface Peer {
  name: string;
  /** Storage of its sessions. */
  sessions: string;
  /** Name of the product's own row with sessions in the same storage, for comparison. */
  heldAgainst: string;
  routes: Routes;
  /** Its documentation says that an old cookie may stay valid for a while after the logout. */
  isOldCookieGood?: boolean;
  /** It differs from the previous peer in session checks alone, so accounts are measured there. */
  isVariant?: boolean;
  start(hasMiddleware: boolean): Promise<Server>;
}

/** Paths and statuses of success. */
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

const STRIP_MIDDLEWARE = `--import=${new URL("strip-middleware.ts", import.meta.url).href}`;

interface Place {
  folder: string;
  redisUrl: string;
  prefix: string;
}

export function createPeers({ folder, redisUrl, prefix }: Place): Peer[] {
  let started = 0;

  /** An empty folder and an unused prefix for one server. */
  function newPlace() {
    started += 1;
    const own = `server-${started}`;
    mkdirSync(join(folder, own), { recursive: true });
    return { folder: join(folder, own), prefix: `${prefix}${own}:` };
  }

  function ours(options: { redisUrl?: string }) {
    return (hasMiddleware: boolean) => {
      const place = newPlace();
      const middleware = hasMiddleware ? {} : { nodeOptions: STRIP_MIDDLEWARE };
      return startProduct(
        { folder: place.folder, databaseUrl: null },
        { ...options, prefix: place.prefix, ...middleware },
      );
    };
  }

  function stock(file: string, options: Record<string, string>) {
    return (hasMiddleware: boolean) => {
      const place = newPlace();
      const common = { FOLDER: place.folder, PREFIX: place.prefix, SECRET, COST: String(HASH_COST) };
      return startServer(`peers/stock/${file}`, {
        env: { ...common, MIDDLEWARE: hasMiddleware ? "1" : "", ...options },
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

/** The bare servers: both fetch a key from Redis, answer the same JSON, and ignore cookies. */
export const BASELINES = [
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

export function signupRequest({ port, routes }: Asked, { number, name, email }: Person): Request {
  return {
    port,
    path: routes.signUp.path,
    method: "POST",
    headers: proxyHeaders(number),
    body: { name, email, password: PASSWORD },
  };
}

export function loginRequest({ port, routes }: Asked, { number, email }: Person): Request {
  return {
    port,
    path: routes.logIn.path,
    method: "POST",
    headers: proxyHeaders(number),
    body: { email, password: PASSWORD },
  };
}

export function logoutRequest({ port, routes }: Asked, { number }: Person, cookies: string): Request {
  return { port, path: routes.logOut.path, method: "POST", headers: { ...proxyHeaders(number), Cookie: cookies } };
}

export function sessionRequest({ port, routes }: Asked, { number }: Person, cookies: string): Request {
  return { port, path: routes.session.path, headers: { ...proxyHeaders(number), Cookie: cookies } };
}
