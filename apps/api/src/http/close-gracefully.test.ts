import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { closeGracefully } from "./close-gracefully.ts";

/** Asks one thing after the other over one connection, until it is told that this was the last one. */
async function askWithoutEnd(port: number, onAnswer: () => void): Promise<{ answers: number; fault: string | null }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let answers = 0;
  try {
    for (;;) {
      const isLast = await new Promise<boolean>((resolve, reject) => {
        get({ port, host: "127.0.0.1", agent }, (response) => {
          response.resume();
          response.on("end", () => resolve(response.headers.connection === "close"));
        }).on("error", reject);
      });
      answers += 1;
      onAnswer();
      if (isLast) return { answers, fault: null };
    }
  } catch (error) {
    return { answers, fault: (error as NodeJS.ErrnoException).code ?? String(error) };
  } finally {
    agent.destroy();
  }
}

it("a connection that is in use is told that it ends, and none is reset", async () => {
  const server = createServer((_req, res) => {
    // Busy for a moment, as a process under load is: what arrives meanwhile waits unread.
    const until = performance.now() + 2;
    while (performance.now() < until);
    res.end("x".repeat(2000));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const connected = new Set<number>();
  const clients = Array.from({ length: 40 }, (_, number) => askWithoutEnd(port, () => connected.add(number)));
  // One that the system has and Node has not accepted yet is reset with the listener: nobody can help that.
  await expect.poll(() => connected.size, { timeout: 15_000 }).toBe(40);
  await closeGracefully(server, 10_000);
  const outcomes = await Promise.all(clients);
  expect([...new Set(outcomes.map(({ fault }) => fault))]).toEqual([null]);
  expect(outcomes.every(({ answers }) => answers > 1)).toBe(true);
});

it("a connection that asks for nothing is closed unasked, and one that never ends is cut off", async () => {
  const server = createServer((req, res) => {
    if (req.url !== "/never") res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve) =>
    get({ port, host: "127.0.0.1", agent }, (response) => response.resume().on("end", resolve)),
  );
  const cutOff = new Promise<string>((resolve) =>
    get({ port, host: "127.0.0.1", path: "/never" }).on("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code ?? ""),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  const startedAt = performance.now();
  await closeGracefully(server, 1500);
  expect(performance.now() - startedAt).toBeGreaterThan(1400);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(await cutOff).toBe("ECONNRESET");
  agent.destroy();
});
