import { randomUUID } from "node:crypto";
import express from "express";
import session, { type Store } from "express-session";
import { createTransport } from "nodemailer";

declare module "express-session" {
  interface SessionData {
    visit: { email: string; since: number };
  }
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const COOKIE = { path: "/", secure: true, httpOnly: true, sameSite: "lax" } as const;

/** A diary for each address, opened by a mailed link: the smallest app on which the guide can show the kit. */
export function createApp({ store, now, smtpUrl }: { store: Store; now: () => number; smtpUrl: string }) {
  const tokens = new Map<string, string>();
  const mailer = createTransport(smtpUrl);
  const app = express().set("trust proxy", 1).use(express.json());
  app.use(({ method, headers }, res, next) => {
    if (method === "GET" || headers["sec-fetch-site"] === "same-origin") next();
    else res.sendStatus(403);
  });
  app.use(
    session({ store, name: "__Host-diary", secret: "x", resave: false, saveUninitialized: false, cookie: COOKIE }),
  );

  app.post("/login", async ({ body: { email } }, res) => {
    const token = randomUUID();
    tokens.set(token, email);
    await mailer.sendMail({ from: "me@diary.example", to: email, text: `https://diary.example/enter#${token}` });
    res.sendStatus(202);
  });
  app.post("/enter", (req, res, next) => {
    const email = tokens.get(req.body.token);
    if (!email || !tokens.delete(req.body.token)) return void res.sendStatus(410);
    req.session.regenerate(() => {
      req.session.visit = { email, since: now() };
      req.session.save((fault) => (fault ? next(fault) : res.sendStatus(204)));
    });
  });
  app.get("/diary", ({ session: { visit } }, res) => {
    const age = now() - (visit?.since ?? Number.NEGATIVE_INFINITY);
    if (!visit || age >= DAY) return void res.sendStatus(401);
    res.json({ of: visit.email, isFresh: age < 10 * MINUTE });
  });
  app.post("/logout", (req, res, next) => {
    req.session.destroy((fault) => (fault ? next(fault) : res.clearCookie("__Host-diary", COOKIE).sendStatus(204)));
  });
  return app;
}
