import type { Request } from "express";
import type { Database, EntityManager } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { clientInfo, type RequestClient } from "./client-info.ts";

/**
 * The context of one request. Its members are created at first use, so that a request which does not use the database
 * does not pay for it. `inTransaction` and `extendContext` derive further contexts. This is a class so that TypeScript
 * refuses `{ ...context, em }` as a context: the copy would lose the getters.
 */
export abstract class Context {
  /** The request's unit of work: created at first use, and the same from then on. */
  abstract get em(): EntityManager;
  abstract get clock(): Clock;
  /** Logger that adds the request's id to each line. */
  abstract get log(): Logger;
  /** The client of the request. */
  abstract get client(): RequestClient;
}

/**
 * The members of a handler's context that a request's context does not have by itself: the caller has to pass them to
 * the feature.
 */
export type NeedsOf<C> = Omit<C, keyof Context>;

/** The parts of the server of which contexts are made. */
export interface ContextParts {
  database: Pick<Database, "fork">;
  clock: Clock;
}

/**
 * Makes the function that returns a request's context, which includes `needs`. The members of `needs` are on the
 * prototype: copying them for each request would cost more than a small answer does.
 */
export function createContexts<D extends object>(
  { database, clock }: ContextParts,
  needs: D,
): (req: Request) => Context & D {
  class RequestContext extends Context {
    // TypeScript's `private`, since a context derived by `Object.create` could not read a `#private` field. `made` is
    // an object, so that a context and those derived from it share what either of them creates first.
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
    // `needs` may contain a member of Context (for example `clock`): the getter of Context is kept.
    if (!(name in prototype)) Object.defineProperty(prototype, name, { value });
  }
  return (req) => new RequestContext(req) as unknown as Context & D;
}

/**
 * Returns a new context: the given one with `parts` added or replaced. The given context stays unchanged.
 *
 * @example
 * const hashing = extendContext(ctx, { hasher: ctx.hasher.forParty(ctx.client.party) });
 */
export function extendContext<C extends object, P extends object>(context: C, parts: P): Omit<C, keyof P> & P {
  return Object.create(context, Object.getOwnPropertyDescriptors(parts)) as Omit<C, keyof P> & P;
}

/** Returns a new context with another unit of work: writes through it belong to the transaction of `em`. */
export function withEm<C extends { readonly em: EntityManager }>(context: C, em: EntityManager): C {
  return Object.create(context, { em: { value: em } }) as C;
}

/**
 * Runs `work` in a new transaction, which reads entities afresh. If `work` throws, the transaction is rolled back.
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
