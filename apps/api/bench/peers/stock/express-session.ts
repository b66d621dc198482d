// express-session with connect-redis and node-redis, set up as their documentation says, with minimal accounts. With
// DISABLE_TOUCH a request does not renew the session's expiry in Redis.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import bcrypt from "bcrypt";
import BetterSqlite from "better-sqlite3";
import { RedisStore } from "connect-redis";
import express, { type Request } from "express";
import session from "express-session";
import { createClient } from "redis";
import { addProductMiddleware } from "../product-middleware.ts";

declare module "express-session" {
  interface SessionData {
    user: User;
  }
}

interface User {
  id: string;
  email: string;
  name: string;
}

const { PORT, HOST = "127.0.0.1", FOLDER = "", REDIS_URL = "", PREFIX = "", SECRET = "", COST, ...env } = process.env;

const database = new BetterSqlite(join(FOLDER, "express-session.db"));
for (const pragma of ["journal_mode = WAL", "synchronous = FULL"]) database.pragma(pragma);
database.exec("create table users (id text primary key, email text unique, name text, hash text)");
const insert = database.prepare("insert into users values (:id, :email, :name, :hash)");
const find = database.prepare<string, User & { hash: string }>("select * from users where email = ?");

const client = createClient({ url: REDIS_URL });
await client.connect();

const app = express();
if (env.MIDDLEWARE) addProductMiddleware(app);
app.set("trust proxy", 1);
app.use(
  session({
    store: new RedisStore({ client, prefix: PREFIX, disableTouch: Boolean(env.DISABLE_TOUCH) }),
    secret: SECRET,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, secure: true, sameSite: "lax" },
  }),
);
app.use(express.json());

app.post("/api/auth/signup", async (req, res) => {
  const { email, name, password } = req.body;
  const user = { id: randomUUID(), email, name };
  insert.run({ ...user, hash: await bcrypt.hash(password, Number(COST)) });
  await logIn(req, user);
  res.status(201).json({ user });
});

app.post("/api/auth/login", async (req, res) => {
  const { email, password } = req.body;
  const found = find.get(email);
  if (!found || !(await bcrypt.compare(password, found.hash))) return void res.status(401).json({ user: null });
  const { hash: _hash, ...user } = found;
  await logIn(req, user);
  res.json({ user });
});

app.get("/api/auth/session", (req, res) => void res.json({ user: req.session.user ?? null }));

app.post("/api/auth/logout", (req, res, next) => {
  req.session.destroy((error) => (error ? next(error) : res.status(204).end()));
});

app.listen(Number(PORT), HOST);

/** A new id at each login, and the answer after the save: both as in the library's own example. */
function logIn(req: Request, user: User): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((failed) => {
      if (failed) return reject(failed);
      req.session.user = user;
      req.session.save((error) => (error ? reject(error) : resolve()));
    });
  });
}
