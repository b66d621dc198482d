import type { Endpoint, User } from "@yumroad/contract";
import type { Request, Response } from "express";
import type { Limits } from "../../config/limits.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import { checkAccess } from "./access.ts";
import { limitsFor } from "./account-limits.ts";
import { Refusal, tooManyTries } from "./problem.ts";
import type { Sessions } from "./session.ts";

interface GuardParts {
  sessions: Sessions;
  limits: Limits;
  rateLimiter: RateLimiter;
}

/** The steps of a request that depend on its session. Each throws its refusal. */
export interface Guards {
  /** Loads the session, and throws unless it may call the endpoint. Returns its user; null without one. */
  identify(endpoint: Endpoint, req: Request, res: Response): Promise<User | null>;
  /** Throws when the session of an identified request has ended meanwhile, under any id. */
  confirmSession(req: Request): Promise<void>;
  /** Renews the session, since it was used. */
  keepAlive(req: Request): Promise<void>;
  /** Throws when the session has written too much, or its user has reached a limit of the endpoint. */
  consumeLimits(endpoint: Endpoint, req: Request): Promise<void>;
}

export function createGuards({ sessions, limits, rateLimiter }: GuardParts): Guards {
  return {
    async identify(endpoint, req, res) {
      await sessions.load(req, res);
      const user = sessions.current(req)?.user ?? null;
      const reason = checkAccess(endpoint, {
        isUser: user !== null,
        isPending: sessions.pending(req) !== null,
        isFresh: sessions.isFresh(req),
      });
      if (reason) throw new Refusal(reason);
      return user;
    },

    async confirmSession(req) {
      const record = sessions.current(req);
      if (record !== null && !(await sessions.isAlive(record))) throw new Refusal("unauthenticated");
    },

    async keepAlive(req) {
      // Only an explicit parameter keeps the probe from counting as use.
      if (req.query.passive !== "1") await sessions.renew(req);
    },

    async consumeLimits(endpoint, req) {
      const record = sessions.current(req);
      const limitKeys = record === null ? [] : limitsFor(endpoint, record, limits);
      if (limitKeys.length === 0) return;
      const consumed = await rateLimiter.consume(limitKeys);
      if (!consumed.isAllowed) throw tooManyTries(consumed.retryAfterMs);
    },
  };
}
