// better-auth on Express, set up as its documentation says, on better-sqlite3. With REDIS_URL the sessions are in its own
// Redis storage; with COOKIE_CACHE they are also in a signed cookie for five minutes.
import { join } from "node:path";
import { redisStorage } from "@better-auth/redis-storage";
import bcrypt from "bcrypt";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import BetterSqlite from "better-sqlite3";
import express from "express";
import { Redis } from "ioredis";
import { addProductMiddleware } from "../product-middleware.ts";

const { PORT, HOST = "127.0.0.1", FOLDER = "", REDIS_URL, PREFIX = "", SECRET = "", COST, ...env } = process.env;

const database = new BetterSqlite(join(FOLDER, "better-auth.db"));
// The product's own settings, which are also the fastest without losing a commit.
for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]) database.pragma(pragma);

const auth = betterAuth({
  baseURL: "https://shop.example",
  secret: SECRET,
  database,
  ...(REDIS_URL && { secondaryStorage: redisStorage({ client: new Redis(REDIS_URL), keyPrefix: PREFIX }) }),
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => bcrypt.hash(password, Number(COST)),
      verify: ({ hash, password }) => bcrypt.compare(password, hash),
    },
  },
  session: { cookieCache: { enabled: Boolean(env.COOKIE_CACHE), maxAge: 5 * 60 } },
  // All requests come from one machine, so its rate limiter is off. The product's limits stay on.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  // One query for a session and its user: recommended for speed.
  advanced: { database: { joins: true } },
});
await (await getMigrations(auth.options)).runMigrations();

const app = express();
if (env.MIDDLEWARE) addProductMiddleware(app);
app.all("/api/auth/*splat", toNodeHandler(auth));
app.listen(Number(PORT), HOST);
