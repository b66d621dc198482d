import type { Request } from "express";
import type { Database, EntityManager } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { clientInfo, type RequestClient } from "./client-info.ts";

/**
 * One request, for whatever serves it. Nothing of it is made before it is used, so that a request that needs no
 * database costs none. A class, since TypeScript then refuses `{ ...context, em }` as a context: its getters would be
 * lost. `inTransaction` and `extendContext` make others of it.
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

/** The needs of a room: of the context of its handlers, what no request has by itself. */
export type NeedsOf<C> = Omit<C, keyof Context>;

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
 * The same context with `parts` beside what it has, or instead of it. The context itself stays as it is.
 *
 * @example
 * const hashing = extendContext(ctx, { hasher: ctx.hasher.forParty(ctx.client.party) });
 */
export function extendContext<C extends object, P extends object>(context: C, parts: P): Omit<C, keyof P> & P {
  return Object.create(context, Object.getOwnPropertyDescriptors(parts)) as Omit<C, keyof P> & P;
}

/** The same context with another unit of work: what is written through it belongs to the transaction of `em`. */
export function withEm<C extends { readonly em: EntityManager }>(context: C, em: EntityManager): C {
  return Object.create(context, { em: { value: em } }) as C;
}

/**
 * Does `work` in a transaction of its own, which sees nothing that was read before. A throw rolls it back.
 *
 * @example
 * await inTransaction(ctx, async (ctx) => {
 *   await lockUser(ctx.em, userId);
 *   await recordActivity(ctx, { kind: "user_updated", userId });
 * });
 */
export function inTransaction<C extends { readonly em: EntityManager }, Result>(
  context: C,
  work: (context: C) => Promise<Result>,
): Promise<Result> {
  return context.em.fork().transactional((em) => work(withEm(context, em)));
}
