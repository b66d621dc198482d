import type { Request } from "express";
import { describe, expect, it, vi } from "vitest";
import type { EntityManager } from "../db/database.ts";
import { createContexts, extendContext, withEm } from "./context.ts";

const clock = { now: () => 0 };

function setUp() {
  const fork = vi.fn(() => ({}) as EntityManager);
  const log = { info: vi.fn() };
  const req = { log, ip: "203.0.113.9", headers: {}, session: {}, sessionID: "first" };
  const contextOf = createContexts({ database: { fork }, clock }, { mailer: { way: "none" } });
  return { fork, log, req, ctx: contextOf(req as unknown as Request) };
}

describe("a request's context", () => {
  it("forks no unit of work before it is asked for one, and one from then on", () => {
    const { ctx, fork } = setUp();
    expect(fork).not.toHaveBeenCalled();
    expect(ctx.em).toBe(ctx.em);
    expect(fork).toHaveBeenCalledTimes(1);
  });

  it("has what its room needs beside the request's own", () => {
    const { ctx, log } = setUp();
    expect([ctx.mailer.way, ctx.clock, ctx.log]).toEqual(["none", clock, log]);
  });

  it("knows the client by its address as it was, and by the session that the request has now", () => {
    const { ctx, req } = setUp();
    const { client } = ctx;
    const { sessionHash } = client;
    Object.assign(req, { ip: undefined, sessionID: "second" });
    expect(client).toMatchObject({ address: "203.0.113.x", fullAddress: "203.0.113.9", ipKey: "203.0.113.9" });
    expect(client.sessionHash).not.toBe(sessionHash);
  });

  it("shares its unit of work with contexts that are derived of it, whichever is asked first", () => {
    const { ctx, fork } = setUp();
    const extended = extendContext(ctx, { hasher: "for this client" });
    expect(extended.em).toBe(ctx.em);
    expect(extended.client).toBe(ctx.client);
    expect(fork).toHaveBeenCalledTimes(1);
  });

  it("is the same for a transaction, but for the unit of work", () => {
    const { ctx, fork, log } = setUp();
    const em = {} as EntityManager;
    const within = withEm(ctx, em);
    expect([within.em, within.mailer, within.log, within.client.ipKey]).toEqual([em, ctx.mailer, log, "203.0.113.9"]);
    expect(within.em).toBe(em);
    expect(fork).not.toHaveBeenCalled();
  });
});
