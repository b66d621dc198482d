import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTcpFaults, type TcpFaults } from "./tcp-faults.ts";

let store: Server;
let faults: TcpFaults;

beforeEach(async () => {
  store = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => store.listen(0, "127.0.0.1", resolve));
  faults = await createTcpFaults({ host: "127.0.0.1", port: (store.address() as AddressInfo).port });
});

afterEach(async () => {
  await faults.close();
  store.close();
});

/** An open connection; rejects when it is refused. */
function dial(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(faults.port, "127.0.0.1", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends a word and waits for its echo; `null` when there is no echo in time. */
function echo(socket: Socket, word: string, patience = 100): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), patience);
    socket.once("data", (bytes) => {
      clearTimeout(timer);
      resolve(bytes.toString());
    });
    socket.write(word);
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

test("lets everything through when all is well", async () => {
  expect(await echo(await dial(), "hello")).toBe("hello");
});

test("a store that is named by its URL is reached by the same one, at another address", async () => {
  const { port } = store.address() as AddressInfo;
  const named = await createTcpFaults(`redis://me:secret@127.0.0.1:${port}/2`);
  expect(named.url).toBe(`redis://me:secret@127.0.0.1:${named.port}/2`);
  expect(faults.url).toBe(`tcp://127.0.0.1:${faults.port}`);
  await named.close();
});

test("killed: connections drop, new ones are refused; restored on the same port", async () => {
  const socket = await dial();
  expect(await echo(socket, "hello")).toBe("hello");
  const dropped = closed(socket);
  await faults.kill();
  await dropped;
  await expect(dial()).rejects.toThrow("ECONNREFUSED");

  await faults.restore();
  expect(await echo(await dial(), "again")).toBe("again");
});

test("stalled: connections open and nothing comes back; what lost bytes is dropped at the end", async () => {
  const [asked, silent] = [await dial(), await dial()];
  faults.stall();
  expect(await echo(asked, "hello")).toBeNull();
  expect(await echo(await dial(), "hello")).toBeNull();

  const dropped = closed(asked);
  await faults.restore();
  await dropped;
  expect(await echo(silent, "again")).toBe("again");
});

test("stranded: what is open carries nothing any more, what is opened anew works", async () => {
  const old = await dial();
  expect(await echo(old, "hello")).toBe("hello");
  faults.strand();
  expect(await echo(old, "hello")).toBeNull();
  expect(old.destroyed).toBe(false);
  expect(await echo(await dial(), "hello")).toBe("hello");

  const dropped = closed(old);
  await faults.restore();
  await dropped;
});

test("slow: every byte is late in each direction, and in order", async () => {
  const socket = await dial();
  faults.slow(40);
  const startedAt = performance.now();
  expect(await echo(socket, "a", 1000)).toBe("a");
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75);

  let received = "";
  socket.on("data", (bytes) => {
    received += bytes.toString();
  });
  socket.write("b");
  await new Promise((resolve) => setTimeout(resolve, 10));
  faults.slow(0);
  socket.write("c");
  await expect.poll(() => received).toBe("bc");
});
