import express, { type NextFunction, type Request, type Response } from "express";
import session from "express-session";

interface Member {
  name: string;
  hasCode: boolean;
}

declare module "express-session" {
  interface SessionData {
    member: Member;
  }
}

/**
 * A club that asks for a name and then for a code, and whose steward can expel members. It has the two actors that the
 * diary lacks.
 */
export function createClub({ codes, steward }: { codes: Record<string, string>; steward: string }) {
  const shownOut = new Set<string>();
  const app = express().use(express.json());
  app.use(session({ secret: "x", resave: false, saveUninitialized: false, cookie: { sameSite: "lax" } }));

  app.post("/name", (req, res, next) => {
    const { name } = req.body;
    if (!Object.hasOwn(codes, name) || shownOut.has(name)) return void res.sendStatus(403);
    goOnAs({ name, hasCode: false }, req, res, next);
  });
  app.post("/code", (req, res, next) => {
    const { member } = req.session;
    if (!member || req.body.code !== codes[member.name]) return void res.sendStatus(403);
    goOnAs({ ...member, hasCode: true }, req, res, next);
  });
  app.get("/club", ({ session: { member } }, res) => {
    if (!member || shownOut.has(member.name)) res.sendStatus(401);
    else res.sendStatus(member.hasCode ? 200 : 403);
  });
  app.post("/show-out", ({ session: { member }, body }, res) => {
    if (!member?.hasCode || member.name !== steward) return void res.sendStatus(403);
    shownOut.add(body.name);
    res.sendStatus(204);
  });
  return app;
}

/** Each step continues under a new session id. */
function goOnAs(member: Member, req: Request, res: Response, next: NextFunction): void {
  req.session.regenerate(() => {
    req.session.member = member;
    req.session.save((fault) => (fault ? next(fault) : res.sendStatus(204)));
  });
}
