import type { Request } from "express";
import type { Database, EntityManager } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { clientInfo, type RequestClient } from "./client-info.ts";

/**
 * The context of one request. Its members are created at first use, so that a request without the database does not pay
 * for it. A class, so that TypeScript refuses `{ ...context, em }` as a context, which would lose its getters.
 * `inTransaction` and `extendContext` derive others from it.
 */
export abstract class Context {
  /** The request's unit of work: forked at the first use, and the same from then on. */
  abstract get em(): EntityManager;
  abstract get clock(): Clock;
  /** A logger that adds the request's id to its lines. */
  abstract get log(): Logger;
  /** The client of the request. */
  abstract get client(): RequestClient;
}

/** The part of a handler's context that a room has to be given, beyond the request's own. */
export type NeedsOf<C> = Omit<C, keyof Context>;

/** The parts of the server that contexts are made of. */
export interface ContextParts {
  database: Pick<Database, "fork">;
  clock: Clock;
}

/**
 * Makes the function that gives each request its context, including `needs`. These are on the prototype: copying them
 * for each request would cost more than a small answer does.
 */
export function createContexts<D extends object>(
  { database, clock }: ContextParts,
  needs: D,
): (req: Request) => Context & D {
  class RequestContext extends Context {
    // Not `#private`: contexts that `Object.create` derives of this one could not read it. One object, so that they share
    // what is made first through either.
    private readonly req: Request;
    private readonly made: { em?: EntityManager; client?: RequestClient } = {};

    constructor(req: Request) {
      super();
      this.req = req;
    }

    get em() {
      this.made.em ??= database.fork();
      return this.made.em;
    }

    get clock() {
      return clock;
    }

    get log() {
      return this.req.log;
    }

    get client() {
      this.made.client ??= clientInfo(this.req);
      return this.made.client;
    }
  }
  const { prototype } = RequestContext;
  for (const [name, value] of Object.entries(needs)) {
    // Needs may name members of Context (the clock): its getters win.
    if (!(name in prototype)) Object.defineProperty(prototype, name, { value });
  }
  return (req) => new RequestContext(req) as unknown as Context & D;
}

/**
 * The same context with `parts` added or replaced. The context itself stays as it is.
 *
 * @example
 * const hashing = extendContext(ctx, { hasher: ctx.hasher.forParty(ctx.client.party) });
 */
export function extendContext<C extends object, P extends object>(context: C, parts: P): Omit<C, keyof P> & P {
  return Object.create(context, Object.getOwnPropertyDescriptors(parts)) as Omit<C, keyof P> & P;
}

/** The same context with another unit of work: its writes belong to the transaction of `em`. */
export function withEm<C extends { readonly em: EntityManager }>(context: C, em: EntityManager): C {
  return Object.create(context, { em: { value: em } }) as C;
}

/**
 * Runs `work` in a new transaction, which shares no entities read before. A throw rolls it back.
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
