import type { Request } from "express";
import type { Database, EntityManager } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { clientInfo, type RequestClient } from "./client-info.ts";

/**
 * One request, for whatever serves it. Nothing of it is made before it is used, so that a request that needs no
 * database costs none. A class, since TypeScript then refuses `{ ...context, em }` as a context: its getters would be
 * lost. `withEm` gives a context for a transaction.
 */
export abstract class Context {
  /** The request's unit of work: forked at the first use, and the same from then on. */
  abstract get em(): EntityManager;
  abstract get clock(): Clock;
  /** Its lines carry the request's id. */
  abstract get log(): Logger;
  /** Who asks. */
  abstract get client(): RequestClient;
}

/** The parts of the server that contexts are made of. */
export interface ContextParts {
  database: Pick<Database, "fork">;
  clock: Clock;
}

/**
 * Makes the function that gives each request its context, with `needs` beside it. They stand on the prototype: to copy
 * them for each request would cost more than a small answer does.
 */
export function createContexts<D extends object>(
  { database, clock }: ContextParts,
  needs: D,
): (req: Request) => Context & D {
  class RequestContext extends Context {
    // Not `#private`: a context of `withEm` could not read it.
    private readonly req: Request;
    private ownEm: EntityManager | null = null;
    private ownClient: RequestClient | null = null;

    constructor(req: Request) {
      super();
      this.req = req;
    }

    get em() {
      this.ownEm ??= database.fork();
      return this.ownEm;
    }

    get clock() {
      return clock;
    }

    get log() {
      return this.req.log;
    }

    get client() {
      this.ownClient ??= clientInfo(this.req);
      return this.ownClient;
    }
  }
  const { prototype } = RequestContext;
  for (const [name, value] of Object.entries(needs)) {
    if (!(name in prototype)) Object.defineProperty(prototype, name, { value });
  }
  return (req) => new RequestContext(req) as unknown as Context & D;
}

/**
 * The same context, with another unit of work: what is written through it is part of the transaction of `em`.
 *
 * @example
 * await ctx.em.transactional((em) => recordActivity(withEm(ctx, em), event));
 */
export function withEm<C extends { readonly em: EntityManager }>(context: C, em: EntityManager): C {
  return Object.create(context, { em: { value: em } }) as C;
}
