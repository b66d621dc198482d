import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFaults, type Faults } from "./faults.ts";

// A store that records each word it receives, behind the fault proxy.
let stored: string[];
let store: Server;
let faults: Faults<{ sessions: { url: string; flush: () => Promise<void> }; mail: { url: string } }>;

beforeEach(async () => {
  stored = [];
  store = createServer((socket) =>
    socket
      .on("error", () => {})
      .on("data", (word) => {
        stored.push(word.toString());
        socket.write(word);
      }),
  );
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  const { port } = store.address() as AddressInfo;
  faults = await createFaults({
    sessions: {
      url: `redis://user:secret@127.0.0.1:${port}/2`,
      flush: async () => {
        stored = [];
      },
    },
    mail: { url: `smtp://127.0.0.1:${port}` },
  });
});

afterEach(async () => {
  await faults.closeAll();
  store.close();
});

/** The reply to a word sent through a service's URL: the word, `null` when nothing comes, or the error. */
function ask(url: string, word: string): Promise<string | null> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(word));
    const settle = (answer: string | null) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", (bytes) => settle(bytes.toString()));
    socket.once("error", ({ code }: NodeJS.ErrnoException) => settle(String(code)));
    socket.setTimeout(150, () => settle(null));
  });
}

test("the app is told another address, and nothing else of the URL changes", async () => {
  const { port } = faults.sessions;
  expect(faults.sessions.url).toBe(`redis://user:secret@127.0.0.1:${port}/2`);
  expect(await ask(faults.sessions.url, "hello")).toBe("hello");
});

test("each fails by itself, and all are well again at once", async () => {
  await faults.sessions.kill();
  faults.mail.stall();
  expect(await ask(faults.sessions.url, "hello")).toBe("ECONNREFUSED");
  expect(await ask(faults.mail.url, "hello")).toBeNull();
  await faults.restoreAll();
  expect(await ask(faults.sessions.url, "hello")).toBe("hello");
  expect(await ask(faults.mail.url, "hello")).toBe("hello");
  faults.sessions.slow(40);
  const startedAt = performance.now();
  await ask(faults.mail.url, "hello");
  expect(performance.now() - startedAt).toBeLessThan(75);
});

test("what a store holds can be taken away, where it was said how", async () => {
  await ask(faults.sessions.url, "hello");
  await faults.sessions.flush();
  expect(stored).toEqual([]);
  expect("flush" in faults.mail).toBe(false);
});

test("closed, nothing listens any more", async () => {
  await faults.closeAll();
  expect(await ask(faults.sessions.url, "hello")).toBe("ECONNREFUSED");
});
