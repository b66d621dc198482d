import { execFile } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askRedis } from "../test/ask-redis.ts";
import { createThrowawayRedis, missingPrograms, type ThrowawayServer } from "./throwaway-servers.ts";

const isThere = !process.env.HIDE_SERVICES && missingPrograms() === null;

describe.skipIf(!isThere)("a server of one's own [needs redis-server and Postgres installed]", () => {
  let server: ThrowawayServer;
  beforeEach(async () => {
    server = await createThrowawayRedis();
    await server.start({ folder: "data" });
  });
  afterEach(() => server.end());

  const ask = <T>(what: (redis: Redis) => Promise<T>) => askRedis(server.url, what);

  it("is back with what it had after it was killed, and with nothing on another folder", async () => {
    await ask((redis) => redis.set("kept", "yes"));
    await server.kill();
    expect(server.isRunning()).toBe(false);
    await server.start();
    expect(await ask((redis) => redis.get("kept"))).toBe("yes");
    await server.kill();
    await server.start({ folder: "empty" });
    expect(await ask((redis) => redis.dbsize())).toBe(0);
  });

  it("answers nobody while it stalls, and then whoever has waited", async () => {
    server.stall();
    let answer = "none";
    const asked = ask((redis) => redis.ping()).then((word) => (answer = word));
    await sleep(200);
    expect(answer).toBe("none");
    server.resume();
    expect(await asked).toBe("PONG");
  });

  it("starts no more once it was ended, even while it stalled", async () => {
    server.stall();
    await server.end();
    expect(server.isRunning()).toBe(false);
    await expect(server.start()).rejects.toThrow("ended for good");
  });

  it.each(["an error that nobody caught", "an end in the middle"])("goes with the process, by %s", async (end) => {
    const lastWords = end.startsWith("an error") ? 'throw new Error("nobody caught it")' : "process.exit(1)";
    const module = new URL("throwaway-servers.ts", import.meta.url).href;
    const program = `
      const { createThrowawayRedis } = await import(${JSON.stringify(module)});
      const server = await createThrowawayRedis();
      await server.start();
      server.stall();
      console.log(server.url);
      ${lastWords}`;
    const child = execFile(process.execPath, ["--input-type=module", "--eval", program]);
    let url = "";
    child.stdout?.on("data", (text) => (url += text));
    await once(child, "close");
    const redis = new Redis(url.trim(), { retryStrategy: null, lazyConnect: true });
    redis.on("error", () => {});
    await expect(redis.connect()).rejects.toThrow();
  });
});
