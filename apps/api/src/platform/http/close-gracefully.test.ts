import { Agent, createServer, get } from "node:http";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import { listen } from "@yumroad/testkit";
import { expect, it } from "vitest";
import { closeGracefully } from "./close-gracefully.ts";

/** Sends one request after the other over one connection, until an answer closes it. */
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
    // Busy for a moment, like a process under load: new data waits unread.
    const until = performance.now() + 2;
    while (performance.now() < until);
    res.end("x".repeat(2000));
  });
  const { port } = await listen(server);
  const connected = new Set<number>();
  const clients = Array.from({ length: 40 }, (_, number) => askWithoutEnd(port, () => connected.add(number)));
  await expect.poll(() => connected.size, { timeout: 15_000 }).toBe(40);
  await closeGracefully(server, 10_000);
  const outcomes = await Promise.all(clients);
  expect([...new Set(outcomes.map(({ fault }) => fault))]).toEqual([null]);
  expect(outcomes.every(({ answers }) => answers > 1)).toBe(true);
});

/** In a separate thread: opens connections, sends a request on each, and only then reports. */
const ASK_ON_MANY = `
  const { connect } = require("node:net");
  const { workerData: { port, count, sent }, parentPort } = require("node:worker_threads");
  const waiting = new Int32Array(sent);
  const answers = Array.from({ length: count }, () => new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () =>
      socket.write("POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 0\\r\\n\\r\\n", () => {
        Atomics.add(waiting, 0, 1);
        Atomics.notify(waiting, 0);
      }));
    socket.on("data", (bytes) => resolve(bytes.toString("latin1", 9, 12)));
    socket.on("error", ({ code }) => resolve(code));
    socket.on("close", () => resolve("closed"));
  }));
  Promise.all(answers).then((all) => parentPort.postMessage(all));
`;

it("a connection that was made, and that nobody has taken yet, is served", async () => {
  const server = createServer((_req, res) => res.end());
  const { port } = await listen(server);
  const sent = new SharedArrayBuffer(4);
  const waiting = new Int32Array(sent);
  const worker = new Worker(ASK_ON_MANY, { eval: true, workerData: { port, count: 20, sent } });
  const answers = new Promise<string[]>((resolve) => worker.once("message", resolve));
  await new Promise((resolve) => worker.once("online", resolve));
  // This thread is blocked during the wait, so all arriving data waits.
  while (Atomics.load(waiting, 0) < 20) Atomics.wait(waiting, 0, Atomics.load(waiting, 0), 5000);
  await closeGracefully(server, 5000);
  expect(new Set(await answers)).toEqual(new Set(["200"]));
});

it("one that is made late in a long turn, when the last seemed to have been taken, is served", async () => {
  const server = createServer((_req, res) => res.end());
  const { port } = await listen(server);
  const sent = new SharedArrayBuffer(4);
  const waiting = new Int32Array(sent);
  let answers = Promise.resolve<string[]>([]);
  let turns = 0;
  // Runs before the server checks each turn: a connection made now arrives after Node has accepted others in it.
  const otherWork = () => {
    turns += 1;
    if (turns < 3) {
      setImmediate(otherWork);
      return;
    }
    const worker = new Worker(ASK_ON_MANY, { eval: true, workerData: { port, count: 1, sent } });
    answers = new Promise((resolve) => worker.once("message", resolve));
    while (Atomics.load(waiting, 0) < 1) Atomics.wait(waiting, 0, 0, 5000);
  };
  setImmediate(otherWork);
  await closeGracefully(server, 5000);
  expect(await answers).toEqual(["200"]);
});

/** In a separate thread: opens a connection and sends a request on it, each time it is told to. */
const ASK_WHEN_TOLD = `
  const { connect } = require("node:net");
  const { workerData: { port, done }, parentPort } = require("node:worker_threads");
  const answers = new Int32Array(done);
  const isSent = () => {
    Atomics.add(answers, 0, 1);
    Atomics.notify(answers, 0);
  };
  parentPort.on("message", () => {
    let heard = null;
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      socket.write("POST / HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Length: 0\\r\\n\\r\\n", isSent);
    });
    socket.on("data", (bytes) => { heard ??= bytes.toString("latin1", 9, 12); });
    socket.on("error", ({ code }) => {
      if (code === "ECONNREFUSED") isSent();
      heard ??= code;
    });
    socket.on("close", () => parentPort.postMessage(heard ?? "closed"));
  });
`;

it("under load that does not end, where the answer to one is the beginning of another, none is reset", async () => {
  const done = new SharedArrayBuffer(4);
  const sent = new Int32Array(done);
  let worker: Worker | undefined;
  const askOneMore = () => {
    const before = Atomics.load(sent, 0);
    worker?.postMessage("ask");
    Atomics.wait(sent, 0, before, 5000);
  };
  const server = createServer((_req, res) => {
    askOneMore();
    res.end();
  });
  const { port } = await listen(server);
  worker = new Worker(ASK_WHEN_TOLD, { eval: true, workerData: { port, done } });
  const heard: string[] = [];
  worker.on("message", (outcome: string) => heard.push(outcome));
  await new Promise((resolve) => worker.once("online", resolve));
  askOneMore();
  await expect.poll(() => heard.length).toBeGreaterThan(20);
  await closeGracefully(server, 5000);
  await expect.poll(() => heard).toEqual(expect.arrayContaining([expect.not.stringMatching("200")]));
  await worker.terminate();
  expect(new Set(heard)).toEqual(new Set(["200", "ECONNREFUSED"]));
});

it("whoever waits no longer while the last are taken brings nothing down", async () => {
  const server = createServer((_req, res) => res.end());
  const { port } = await listen(server);
  const impatient = connect({ port, host: "127.0.0.1" });
  const closed = closeGracefully(server, 5000);
  const isTaken = new Promise((resolve) => server.once("connection", resolve));
  await isTaken;
  impatient.resetAndDestroy();
  await closed;
});

it("one who has hung up without a word while the last are taken is not waited for", async () => {
  const server = createServer((_req, res) => res.end());
  const { port } = await listen(server);
  const silent = connect({ port, host: "127.0.0.1" });
  const startedAt = performance.now();
  const closed = closeGracefully(server, 5000);
  await new Promise((resolve) => server.once("connection", resolve));
  silent.end();
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(4000);
});

it("a connection that asks for nothing is closed unasked, and one that never ends is cut off", async () => {
  const server = createServer((req, res) => {
    if (req.url !== "/never") res.end();
  });
  const { port } = await listen(server);
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
