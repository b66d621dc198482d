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
  /** True if the user may sell here. Passed in, because the kind of the shop is known above the platform. */
  maySell(user: User): Promise<boolean>;
}

/** The steps in handling a request that depend on its session. Each step throws a refusal if it fails. */
export interface Guards {
  /**
   * Loads the session, and throws unless its user may call the endpoint. Returns the user; null: nobody is logged in.
   */
  identify(endpoint: Endpoint, req: Request, res: Response): Promise<User | null>;
  /**
   * Throws if the session ended after `identify` had loaded it. A session that was moved to another id has not ended.
   */
  confirmSession(req: Request): Promise<void>;
  /** Records that the session was used, so that it does not expire. */
  keepAlive(req: Request): Promise<void>;
  /** Throws if the session has reached its limit of writes, or the user a limit of the endpoint. */
  consumeLimits(endpoint: Endpoint, req: Request): Promise<void>;
}

export function createGuards({ sessions, limits, rateLimiter, maySell }: GuardParts): Guards {
  return {
    async identify(endpoint, req, res) {
      await sessions.load(req, res);
      const user = sessions.current(req)?.user ?? null;
      const reason = checkAccess(endpoint, {
        isUser: user !== null,
        isSeller: endpoint.access === "seller" && user !== null && (await maySell(user)),
        isOperator: user?.isOperator ?? false,
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
      // `passive=1` marks a client's periodic check of its session, which must not count as use.
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
