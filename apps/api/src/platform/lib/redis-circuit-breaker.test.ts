import { type AddressInfo, createServer } from "node:net";
import { createLogCapture, createTcpFaults, type LogCapture, type TcpFaults } from "@yumroad/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { redisUrl } from "../../../test/services.ts";
import { canRunOn, named } from "../../../test/store-kinds.ts";
import { withDeadline } from "./deadline.ts";
import { createLogger } from "./logger.ts";
import { RedisCircuitBreaker, RedisUnavailable } from "./redis-circuit-breaker.ts";

const PATIENCE_MS = 300;

function beBusy(): void {
  const until = performance.now() + PATIENCE_MS + 100;
  while (performance.now() < until);
}

describe("a gate to a Redis that is not there", () => {
  it("lets the server start, and refuses each command at once", async () => {
    const faults = await createTcpFaults("redis://127.0.0.1:1");
    await faults.kill();
    const gate = new RedisCircuitBreaker(faults.url, {
      patienceMs: PATIENCE_MS,
      logger: createLogger("info", createLogCapture()),
    });
    await gate.untilConnected(100);
    const start = performance.now();
    await expect(gate.run((redis) => redis.ping())).rejects.toBeInstanceOf(RedisUnavailable);
    expect(performance.now() - start).toBeLessThan(100);
    await gate.close();
  });
});

describe("a gate to a Redis that has come back and still reads what it kept", () => {
  /** A server that answers INFO like a Redis that expects to load for another minute, and is done after `loadsMs`. */
  function createLoadingRedis(loadsMs: number) {
    const doneAt = performance.now() + loadsMs;
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("data", (bytes) => {
        const isLoading = performance.now() < doneAt;
        const info = isLoading ? "loading:1\r\nloading_eta_seconds:60\r\n" : "loading:0\r\n";
        for (const [, command] of String(bytes).matchAll(/\r\n(hello|client|info|ping)\r\n/g)) {
          const answers: Record<string, string> = {
            hello: "%0",
            client: "+OK",
            info: `$${info.length}\r\n${info}`,
            ping: isLoading ? "-LOADING Redis is loading the dataset in memory" : "+PONG",
          };
          socket.write(`${answers[command ?? ""]}\r\n`);
        }
      });
    });
    return new Promise<{ url: string; close(): void }>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const close = () => {
          for (const socket of sockets) socket.destroy();
          server.close();
        };
        resolve({ url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
      });
    });
  }

  it("R75: refuses while it reads, and uses it soon after, however long Redis thought it would take", async () => {
    const loading = await createLoadingRedis(500);
    const logger = createLogger("info", createLogCapture());
    const gate = new RedisCircuitBreaker(loading.url, { patienceMs: PATIENCE_MS, logger });
    try {
      await gate.untilConnected(200);
      const ping = () => gate.run((redis) => redis.ping());
      await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
      await expect.poll(() => ping().catch(() => "no answer"), { timeout: 3000 }).toBe("PONG");
    } finally {
      await gate.close();
      loading.close();
    }
  });
});

describe.skipIf(!canRunOn("redis"))(named("a gate to Redis", "redis"), () => {
  let faults: TcpFaults;
  let gate: RedisCircuitBreaker;
  let logs: LogCapture;
  beforeEach(async () => {
    faults = await createTcpFaults(redisUrl ?? "");
    logs = createLogCapture();
    gate = new RedisCircuitBreaker(faults.url, {
      patienceMs: PATIENCE_MS,
      logger: createLogger("info", logs),
    });
    await gate.untilConnected(2000);
  });
  afterEach(async () => {
    await gate.close();
    await faults.close();
  });

  const ping = () => gate.run((redis) => redis.ping());
  const answers = () => expect.poll(() => ping().catch(() => "no answer"), { timeout: 8000 }).toBe("PONG");

  it("passes commands and their answers on", async () => {
    expect(await ping()).toBe("PONG");
  });

  it("R75: gives up on a stalled Redis after its patience, then fails at once, and recovers by itself", async () => {
    faults.stall();
    const start = performance.now();
    await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
    const first = performance.now() - start;
    expect(first).toBeGreaterThan(PATIENCE_MS - 50);
    expect(first).toBeLessThan(PATIENCE_MS + 250);

    const next = performance.now();
    for (let tries = 0; tries < 20; tries += 1) await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
    expect(performance.now() - next).toBeLessThan(100);

    await faults.restore();
    await answers();
    expect(logs.text).toContain("failing fast");
    expect(logs.text).toContain("redis answers again");
  });

  it("R75: a killed Redis is refused quickly, and used again once it is back, without a restart", async () => {
    await faults.kill();
    const start = performance.now();
    await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
    expect(performance.now() - start).toBeLessThan(PATIENCE_MS + 250);
    await faults.restore();
    await answers();
  });

  it("R75: a connection that nobody hears any more is given up, and made anew", async () => {
    expect(await ping()).toBe("PONG");
    faults.strand();
    await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
    await expect.poll(() => ping().catch(() => "no answer"), { timeout: 15_000, interval: 200 }).toBe("PONG");
  });

  it.each([
    ["to send what is asked", beBusy],
    ["to read the answer", () => setImmediate(beBusy)],
  ])("takes an answer that came in time, however late this process gets %s", async (_, beBusyWhen) => {
    // Directly to Redis: the tests' proxy runs in this process and would be busy as well.
    const direct = new RedisCircuitBreaker(redisUrl ?? "", {
      patienceMs: PATIENCE_MS,
      logger: createLogger("info", logs),
    });
    await direct.untilConnected(2000);
    const someMilliseconds = "for i = 1, 3000000 do end return 'done'";
    const answer = direct.run((redis) => redis.eval(someMilliseconds, 0));
    beBusyWhen();
    expect(await answer).toBe("done");
    await direct.close();
  });

  it("sends what is asked at once in one piece", async () => {
    const one = vi.spyOn(gate.redis.stream, "_write");
    const several = vi.spyOn(gate.redis.stream, "_writev" as "_write");
    expect(await Promise.all([ping(), ping(), ping()])).toEqual(["PONG", "PONG", "PONG"]);
    expect([one.mock.calls.length, several.mock.calls.length]).toEqual([0, 1]);
  });

  it("tells a fault of ours from Redis' own, and says in the log what it was, once", async () => {
    const wrong = gate.run((redis) => redis.call("NO-SUCH-COMMAND"));
    await expect(wrong).rejects.not.toBeInstanceOf(RedisUnavailable);
    await expect(wrong).rejects.toThrow(/unknown command/);
    expect(logs.text).not.toContain("unknown command");

    const full = () => gate.run((redis) => redis.eval("return redis.error_reply('OOM command not allowed')", 0));
    await expect(full()).rejects.toBeInstanceOf(RedisUnavailable);
    await expect(full()).rejects.toBeInstanceOf(RedisUnavailable);
    expect(logs.lines.filter(({ error }) => String(error).startsWith("OOM"))).toHaveLength(1);
  });

  it("R75: a slow Redis is waited for", async () => {
    faults.slow(60);
    expect(await ping()).toBe("PONG");
  });

  it("R75: commands of one request share one deadline", async () => {
    faults.slow(60);
    const start = performance.now();
    const work = withDeadline(200, async () => {
      for (let commands = 0; commands < 10; commands += 1) await ping();
    });
    await expect(work).rejects.toBeInstanceOf(RedisUnavailable);
    expect(performance.now() - start).toBeLessThan(450);
  });

  it("R75: a request that had used up its own time stops nobody else's way to Redis", async () => {
    faults.slow(40);
    const work = withDeadline(100, async () => {
      for (let commands = 0; commands < 10; commands += 1) await ping();
    });
    await expect(work).rejects.toBeInstanceOf(RedisUnavailable);
    expect(await ping()).toBe("PONG");
    expect(logs.text).not.toContain("failing fast");
  });

  it("R75: one that had a good part of its time left tells that Redis has stalled", async () => {
    faults.stall();
    await withDeadline(PATIENCE_MS * 0.6, () => expect(ping()).rejects.toBeInstanceOf(RedisUnavailable));
    const start = performance.now();
    await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
    expect(performance.now() - start).toBeLessThan(50);
  });

  it("says no more and does no more once it is closed", async () => {
    await gate.close();
    await expect(ping()).rejects.toBeInstanceOf(RedisUnavailable);
  });
});
