// better-auth on Express, set up as its documents say: the database is better-sqlite3; with REDIS_URL sessions are in
// its own Redis storage, with COOKIE_CACHE they are in a signed cookie as well, for five minutes.
import { join } from "node:path";
import { redisStorage } from "@better-auth/redis-storage";
import bcrypt from "bcrypt";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import BetterSqlite from "better-sqlite3";
import express from "express";
import { Redis } from "ioredis";
import { dress } from "../dressing.ts";

const { PORT, HOST = "127.0.0.1", FOLDER = "", REDIS_URL, PREFIX = "", SECRET = "", COST, ...env } = process.env;

const database = new BetterSqlite(join(FOLDER, "better-auth.db"));
// As the product's own, which is also what is quickest without losing a commit.
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
  // All requests come from one machine. The product's limits stay on.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  // One query for a session and its user: recommended for speed.
  advanced: { database: { joins: true } },
});
await (await getMigrations(auth.options)).runMigrations();

const app = express();
if (env.DRESSED) dress(app);
app.all("/api/auth/*splat", toNodeHandler(auth));
app.listen(Number(PORT), HOST);
